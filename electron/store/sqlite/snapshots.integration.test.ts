import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { attemptsRun, ended, load, submitted } from '../test-facts';
import { listSnapshots } from './snapshot-files';
import type { SqliteStore } from './store';
import { newFile, openStore, overwrite, snapshotPath } from './test-stores';

/** Appends and snapshots: fact 1, snapshot 1, fact 2, snapshot 2, and so on, then one fact. */
async function withSnapshots(file: string, count: number): Promise<void> {
  const store = openStore(file);
  for (let number = 1; number <= count; number++) {
    await store.append([{ ...submitted, id: `b${number}` }]);
    await store.saveSnapshot(Uint8Array.of(number, number));
  }
  await store.append([ended]);
  await store.close();
}

/** Changes the last byte of the state. */
function damage(path: string): void {
  overwrite(path, statSync(path).size - 1, Uint8Array.of(250));
}

async function reopened(file: string): Promise<SqliteStore> {
  const store = openStore(file);
  await load(store);
  return store;
}

describe('snapshots', () => {
  test('are for the user alone, and the newest two are kept', async () => {
    const file = newFile();
    await withSnapshots(file, 4);
    expect(listSnapshots(file).map(({ last }) => last)).toEqual([4, 3]);
    if (process.platform !== 'win32') expect(statSync(snapshotPath(file)).mode & 0o777).toBe(0o600);
  });

  test('a damaged one is told, and the one before is used', async () => {
    const file = newFile();
    await withSnapshots(file, 4);
    damage(snapshotPath(file));
    const { snapshot, facts, warnings } = await load(openStore(file));
    expect(snapshot).toEqual([3, 3]);
    expect(facts).toEqual([{ ...submitted, id: 'b4' }, ended]);
    expect(warnings).toEqual([expect.stringContaining(`${snapshotPath(file)} is damaged`)]);
  });

  test('a damaged one is never kept in place of a good one', async () => {
    const file = newFile();
    await withSnapshots(file, 4);
    damage(snapshotPath(file));
    const store = await reopened(file);
    await store.saveSnapshot(Uint8Array.of(9));
    expect(listSnapshots(file).map(({ last }) => last)).toEqual([5, 3]);
  });

  test.each(['empty', 'cut', 'header'] as const)(
    'one that is damaged otherwise is noticed: %s',
    async (how) => {
      const file = newFile();
      await withSnapshots(file, 2);
      const path = snapshotPath(file);
      const content = readFileSync(path);
      if (how === 'empty') writeFileSync(path, '');
      if (how === 'cut') writeFileSync(path, content.subarray(0, -1));
      if (how === 'header') overwrite(path, 0, Buffer.from('['));
      expect((await load(openStore(file))).snapshot).toEqual([1, 1]);
    },
  );

  test('when none is good, everything is rebuilt from all facts', async () => {
    const file = newFile();
    await withSnapshots(file, 2);
    damage(snapshotPath(file));
    damage(snapshotPath(file, 1));
    const { snapshot, facts, warnings } = await load(openStore(file));
    expect(snapshot).toBeNull();
    expect(facts).toHaveLength(3);
    expect(warnings).toHaveLength(2);
  });

  test('when none is good and facts were forgotten, that is told', async () => {
    const file = newFile();
    const store = openStore(file, 100);
    for (let round = 0; round < 20; round++) {
      await store.append(attemptsRun(round * 100, 100));
      await store.saveSnapshot(Uint8Array.of(round));
    }
    await store.close();
    damage(snapshotPath(file));
    rmSync(snapshotPath(file, 1));
    await expect(load(openStore(file))).rejects.toMatchObject({
      kind: 'damaged',
      message: expect.stringMatching(/no good snapshot is left.*backup/),
    });
  });

  test('a database that was put back, older than its snapshots, is noticed', async () => {
    const file = newFile();
    await withSnapshots(file, 1);
    const older = readFileSync(file);
    const store = await reopened(file);
    await store.append(attemptsRun(0, 3));
    await store.saveSnapshot(Uint8Array.of(7));
    await store.close();
    writeFileSync(file, older);
    await expect(load(openStore(file))).rejects.toThrow(/ends with fact 2, but .* goes up to 8/);
  });

  test('those of another store are left alone', async () => {
    const [file, other] = [newFile(), newFile()];
    await withSnapshots(file, 2);
    await withSnapshots(other, 3);
    writeFileSync(file, readFileSync(other));
    const store = openStore(file);
    expect(await load(store)).toMatchObject({ snapshot: null, warnings: [] });
    await store.saveSnapshot(Uint8Array.of(8));
    expect(listSnapshots(file)).toHaveLength(3);
  });

  test('what a killed program left of one is cleared away', async () => {
    const file = newFile();
    await withSnapshots(file, 1);
    writeFileSync(`${snapshotPath(file)}0.part`, 'half');
    const store = await reopened(file);
    await store.saveSnapshot(Uint8Array.of(1));
    expect(readdirSync(dirname(file)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('closing waits for one that is being written', async () => {
    const file = newFile();
    const store = openStore(file);
    await store.append([submitted]);
    const saved = store.saveSnapshot(new Uint8Array(5_000_000));
    await store.close();
    await saved;
    expect((await load(openStore(file))).snapshot).toHaveLength(5_000_000);
  });
});
