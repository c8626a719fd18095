import { readFileSync } from 'node:fs';
import SQLite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { factVersion } from '../../engine/facts';
import { factsOf, submitted } from '../test-facts';
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
