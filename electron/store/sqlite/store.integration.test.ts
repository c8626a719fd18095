import { copyFileSync, statSync } from 'node:fs';
import SQLite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { storeContract } from '../contract';
import { assigned, attemptsRun, ended, factsOf, finished, load, submitted } from '../test-facts';
import { newFile, openStore } from './test-stores';

function count(file: string, table: string): number {
  const database = new SQLite(file, { readonly: true });
  const rows = database.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get();
  database.close();
  return rows ?? 0;
}

describe('the store in SQLite', () => {
  storeContract(async () => {
    const file = newFile();
    const store = openStore(file);
    return {
      store,
      reopen: async () => {
        await store.close();
        return openStore(file);
      },
    };
  });

  test('lets others have their turn while it loads', async () => {
    const store = openStore(newFile());
    await store.append(attemptsRun(0, 100_000));
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    expect(await factsOf(store)).toHaveLength(200_000);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(2);
  });

  test('keeps each block of attempts in one page of the file', async () => {
    const file = newFile();
    const store = openStore(file);
    await store.append(attemptsRun(2 ** 40, 64_000));
    await store.close();
    const database = new SQLite(file, { readonly: true });
    const overflowing = database
      .prepare("SELECT count(*) FROM dbstat WHERE name = 'attempt_blocks' AND pagetype = 'overflow'")
      .pluck()
      .get();
    database.close();
    expect(overflowing).toBe(0);
    expect(count(file, 'attempt_blocks')).toBe(1000);
  });

  test('its write-ahead log stays small, also after large appends', async () => {
    const file = newFile();
    const store = openStore(file);
    let largest = 0;
    const text = 'x'.repeat(9_000_000);
    for (let round = 0; round < 12; round++) {
      await store.append([{ ...submitted, output: text }]);
      largest = Math.max(largest, statSync(`${file}-wal`).size);
    }
    expect(largest).toBeLessThan(64 << 20);
  });
});

describe('the history', () => {
  const rounds = (from: number, to: number): readonly number[] =>
    Array.from({ length: to - from }, (_, index) => from + index);

  test('without snapshots is never forgotten, but ended attempts are', async () => {
    const file = newFile();
    const store = openStore(file, 2000);
    for (const round of rounds(0, 100)) await store.append(attemptsRun(round * 100, 100));
    expect(await factsOf(store)).toHaveLength(20_000);
    const attempts = await store.attempts('b1.render', 0, 0, 10_000);
    expect(attempts.length).toBeGreaterThanOrEqual(1000);
    expect(attempts.length).toBeLessThan(1500);
    expect(attempts.at(-1)?.id).toBe('a-x-9999');
  });

  test('that two snapshots hold is forgotten when there is enough of it', async () => {
    const file = newFile();
    let store = openStore(file, 2000);
    for (const round of rounds(0, 100)) {
      await store.append(attemptsRun(round * 100, 100));
      if (round % 10 === 9) await store.saveSnapshot(Uint8Array.of(round));
    }
    await store.close();
    expect(count(file, 'log')).toBeLessThanOrEqual(25);
    expect(count(file, 'blocks_of_steps')).toBeLessThanOrEqual(25);
    store = openStore(file, 2000);
    const { snapshot, facts } = await load(store);
    expect({ snapshot, facts }).toEqual({ snapshot: [99], facts: [] });
  });

  test('knows after a crash of attempts that it had not got round to looking at', async () => {
    const file = newFile();
    const store = openStore(file);
    await store.append([submitted, ...attemptsRun(0, 10)]);
    const copy = newFile();
    for (const suffix of ['', '-wal']) copyFileSync(file + suffix, copy + suffix);
    const after = openStore(copy);
    await after.append(attemptsRun(10, 10));
    const attempts = await after.attempts('b1.render', 0, 0, 100);
    expect(attempts.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, n) => `a-x-${n}`));
    expect(attempts.every(({ end }) => end !== null)).toBe(true);
  });

  test('keeps attempts that have not ended, however old', async () => {
    const file = newFile();
    const store = openStore(file, 500);
    await store.append([submitted, assigned('a-old-1', 100_000)]);
    for (const round of rounds(0, 30)) await store.append(attemptsRun(round * 100, 100));
    expect(await store.attempts('b1.render', 0, 100_000, 1)).toMatchObject([{ id: 'a-old-1', end: null }]);
    await store.append([finished('a-old-1', { kind: 'lost', proof: 'gone' })]);
    for (const round of rounds(30, 34)) await store.append(attemptsRun(round * 100, 100));
    expect(await store.attempts('b1.render', 0, 100_000, 1)).toEqual([]);
    await store.close();
    expect(count(file, 'odd_ends')).toBe(0);
  });

  test('forgets steps of which nothing is left', async () => {
    const file = newFile();
    const store = openStore(file, 100);
    for (const round of rounds(0, 50)) {
      const facts = attemptsRun(round * 64, 64).map((fact) =>
        fact.kind === 'taskAssigned' ? { ...fact, job: `b${round}.x` as const } : fact,
      );
      await store.append([...facts, ended]);
    }
    await store.close();
    expect(count(file, 'steps')).toBeLessThan(6);
  });
});
