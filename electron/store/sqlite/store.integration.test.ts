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

describe('what ran when', () => {
  const window = { from: 0, to: 1000, grain: 1, nodes: ['local'], lanes: 20, focus: null };

  test('is found by nodes and time, also by who opens the store later', async () => {
    const file = newFile();
    const store = openStore(file);
    // They begin at 10 and on, and end at 99; one still runs.
    await store.append([submitted, assigned('a-1', 0), assigned('a-2', 1), assigned('a-3', 2, 500)]);
    await store.append([finished('a-1'), finished('a-2', { kind: 'timedOut' })]);
    await store.close();
    const again = openStore(file);
    const [row] = await again.ran(window, 600);
    expect(row?.bars.map(({ lane, from, to, ends }) => ({ lane, from, to, ends }))).toEqual([
      { lane: 0, from: 10, to: 99, ends: { running: 0, completed: 1, failed: 0, stopped: 0 } },
      { lane: 1, from: 11, to: 99, ends: { running: 0, completed: 0, failed: 1, stopped: 0 } },
      { lane: 0, from: 500, to: null, ends: { running: 1, completed: 0, failed: 0, stopped: 0 } },
    ]);
    const bars = async (from: number, to: number): Promise<number> =>
      (await again.ran({ ...window, from, to }, 600)).flatMap((one) => one.bars).length;
    expect([await bars(0, 11), await bars(99, 500), await bars(99, 501)]).toEqual([1, 0, 1]);
    expect(await again.ran({ ...window, nodes: ['other'] }, 600)).toEqual([]);
  });

  test('is counted for a moment: what ran then, and what had ended', async () => {
    const store = openStore(newFile());
    await store.append([submitted, assigned('a-1', 0), assigned('a-2', 1), assigned('a-3', 2, 500)]);
    await store.append([finished('a-1'), finished('a-2', { kind: 'timedOut' })]);
    const job = 'b1.render';
    expect(await store.tally(0, 50)).toEqual({
      jobs: [{ job, running: 2, completed: 0, failed: 0 }],
      nodes: 1,
    });
    expect(await store.tally(0, 99)).toEqual({
      jobs: [{ job, running: 0, completed: 1, failed: 1 }],
      nodes: 0,
    });
    expect(await store.tally(0, 600)).toMatchObject({ jobs: [{ running: 1, completed: 1 }], nodes: 1 });
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
