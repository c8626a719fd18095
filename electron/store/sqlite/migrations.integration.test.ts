import { readFileSync } from 'node:fs';
import SQLite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { factVersion } from '../../engine/facts';
import { factsOf, finished, submitted } from '../test-facts';
import { migrate, newestSchema, schemaOf } from './migrations';
import { newFile, openStore } from './test-stores';

const shape = (database: SQLite.Database): readonly unknown[] =>
  database.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name').all();

describe('the schema of the store', () => {
  test.each([0, ...Array.from({ length: newestSchema - 1 }, (_, version) => version + 2)])(
    'version %d becomes the newest, and works',
    async (version) => {
      const file = newFile();
      const old = new SQLite(file);
      migrate(old, version);
      expect(schemaOf(old)).toBe(version);
      old.close();
      const store = openStore(file);
      await store.append([submitted]);
      expect(await factsOf(store)).toEqual([submitted]);
      await store.close();

      const migrated = new SQLite(file);
      const fresh = new SQLite(':memory:');
      migrate(fresh);
      expect(schemaOf(migrated)).toBe(newestSchema);
      expect(shape(migrated)).toEqual(shape(fresh));
      migrated.close();
      fresh.close();
    },
  );

  test('of before attempts told what they used keeps the attempts', async () => {
    const file = newFile();
    const old = new SQLite(file);
    migrate(old, 2);
    const floats = new Float64Array(64 * 7);
    const ends = [0, NaN, Infinity, -7, 2 ** 32];
    ends.forEach((end, slot) =>
      floats.set([1001 + slot, 10.5, end === 0 ? 99 : 0, 5, slot, 4, end], slot * 7),
    );
    old.exec(
      `INSERT INTO names VALUES (3, 'a-x-'), (4, 'node-1'); INSERT INTO steps VALUES (5, 'b1.render', 0)`,
    );
    old.prepare('INSERT INTO attempt_blocks VALUES (9, 3, 0, 1005, 1, ?)').run(new Uint8Array(floats.buffer));
    old.exec(
      `INSERT INTO blocks_of_steps VALUES (5, 9, 0, 4); INSERT INTO odd_ends VALUES (1003, '{"kind":"stopped"}')`,
    );
    old.close();

    const store = openStore(file);
    const usage = { peakMemoryMiB: 3, cpuMs: 4, wallMs: 5 };
    const before = { job: 'b1.render', step: 0, node: 'node-1', assignedAt: 10.5, endedAt: 0, usage: null };
    const after = [
      { ...before, id: 'a-x-0', task: 0, endedAt: 99, end: { kind: 'exited', code: 0 } },
      { ...before, id: 'a-x-1', task: 1, endedAt: null, end: null },
      { ...before, id: 'a-x-2', task: 2, end: { kind: 'stopped' } },
      { ...before, id: 'a-x-3', task: 3, end: { kind: 'exited', code: -7 } },
      { ...before, id: 'a-x-4', task: 4, end: { kind: 'exited', code: 2 ** 32 } },
    ];
    expect(await store.attempts('b1.render', 0, 0, 9)).toEqual(after);
    await store.append([finished('a-x-1', { kind: 'exited', code: 2 }, usage)]);
    expect(await store.attempts('b1.render', 0, 1, 1)).toEqual([
      { ...after[1], endedAt: 99, end: { kind: 'exited', code: 2 }, usage },
    ]);
  });

  test('of the first trials is set aside, which is told', async () => {
    const file = newFile();
    const old = new SQLite(file);
    old.exec('CREATE TABLE facts (seq INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT');
    old.pragma('user_version = 1');
    old.close();
    const before = readFileSync(file);
    const store = openStore(file);
    const [warning, ...others] = await store.load(
      () => {},
      () => {},
    );
    expect(others).toEqual([]);
    const aside = /is now (\S+)\. /.exec(warning ?? '')?.[1] ?? '';
    expect(aside).toContain(`${file}.old-`);
    expect(readFileSync(aside)).toEqual(before);
    await store.append([submitted]);
    expect(await factsOf(store)).toEqual([submitted]);
  });

  test('of a newer Drover is refused, and left as it is', async () => {
    const file = newFile();
    const newer = new SQLite(file);
    newer.pragma(`user_version = ${newestSchema + 1}`);
    newer.close();
    const before = readFileSync(file);
    await expect(factsOf(openStore(file))).rejects.toMatchObject({
      kind: 'newer',
      message: expect.stringMatching(/written by a newer Drover.*choose another data folder/),
    });
    expect(readFileSync(file)).toEqual(before);
  });

  test('facts of a newer Drover are refused too', async () => {
    const file = newFile();
    const store = openStore(file);
    await store.append([submitted]);
    await store.close();
    const newer = new SQLite(file);
    newer.prepare('UPDATE log SET version = ?').run(factVersion + 1);
    newer.close();
    await expect(factsOf(openStore(file))).rejects.toMatchObject({
      kind: 'newer',
      message: expect.stringContaining('facts 1 to 1 have version'),
    });
  });
});
