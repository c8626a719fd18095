import SQLite from 'better-sqlite3';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { storeContract } from '../contract';
import { lockFolder } from './lock';
import { newestSchema } from './migrations';
import { SqliteStore } from './store';

const worker = resolve(import.meta.dirname, '../../../out/main/store-worker.js');
const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'drover-store-'));
  cleanups.push(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

function openStore(file: string): SqliteStore {
  const store = new SqliteStore(file, worker);
  cleanups.push(() => store.close().catch(() => {}));
  return store;
}

describe('the store in SQLite', () => {
  storeContract(async () => {
    const file = join(folder(), 'drover.sqlite');
    const store = openStore(file);
    return {
      store,
      reopen: async () => {
        await store.close();
        return openStore(file);
      },
    };
  });

  test('an append is all or nothing', async () => {
    const store = openStore(join(folder(), 'drover.sqlite'));
    const fact = {
      kind: 'taskAssigned',
      at: 1,
      attempt: 'a-1',
      job: 'b1.render',
      step: 0,
      task: 0,
      node: 'local',
    } as const;
    await expect(
      store.append([{ kind: 'batchEnded', at: 1, id: 'b1', state: 'COMPLETED' }, fact, fact]),
    ).rejects.toThrow('UNIQUE');
    const facts: unknown[] = [];
    await store.load((each) => facts.push(each));
    expect(facts).toEqual([]);
  });

  test('refuses a database of a newer Drover, and says so', async () => {
    const file = join(folder(), 'drover.sqlite');
    const newer = new SQLite(file);
    newer.pragma(`user_version = ${newestSchema + 1}`);
    newer.close();
    const before = readFileSync(file);
    await expect(openStore(file).load(() => {})).rejects.toThrow(
      /written by a newer Drover.*choose another data folder/,
    );
    expect(readFileSync(file)).toEqual(before);
  });

  test('refuses a damaged file without touching it', async () => {
    const file = join(folder(), 'drover.sqlite');
    writeFileSync(file, 'this is no database, but it may be precious '.repeat(100));
    const before = readFileSync(file);
    await expect(openStore(file).load(() => {})).rejects.toThrow('not a database');
    expect(readFileSync(file)).toEqual(before);
  });

  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'a read-only folder is told, not hidden',
    async () => {
      const place = folder();
      chmodSync(place, 0o500);
      cleanups.push(() => chmodSync(place, 0o700));
      await expect(openStore(join(place, 'drover.sqlite')).load(() => {})).rejects.toThrow('unable to open');
    },
  );
});

describe('the lock of a data folder', () => {
  test('is for one at a time', () => {
    const place = folder();
    const lock = lockFolder(place);
    expect(lockFolder(place)).toBeNull();
    lock?.release();
    const again = lockFolder(place);
    expect(again).not.toBeNull();
    again?.release();
  });

  test('is free again at once when its holder was killed', () => {
    const place = folder();
    const hold = `const SQLite = require('better-sqlite3'); const d = new SQLite(process.argv[1]);
      d.pragma('locking_mode = EXCLUSIVE'); d.exec('BEGIN EXCLUSIVE'); process.kill(process.pid, 'SIGKILL');`;
    expect(() =>
      execFileSync(process.execPath, ['-e', hold, join(place, 'host.lock')], { cwd: import.meta.dirname }),
    ).toThrow();
    const lock = lockFolder(place);
    expect(lock).not.toBeNull();
    lock?.release();
  });
});
