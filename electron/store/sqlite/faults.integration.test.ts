import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { encodeFacts } from '../codec/encode';
import { assigned, attemptsRun, ended, factsOf, finished, load, submitted } from '../test-facts';
import { FactDatabase } from './database';
import { explainTrouble } from './explain-trouble';
import { openDatabase } from './open';
import { restore, salvage, setAside } from './salvage';
import { canMount, newFile, newFolder, openStore, overwrite, smallDisk, snapshotPath } from './test-stores';

const damaged = (why: RegExp): unknown =>
  expect.objectContaining({ kind: 'damaged', message: expect.stringMatching(why) });

describe('a full disk', () => {
  test('keeps nothing of an append, and the next one works when there is room', () => {
    const file = newFile();
    const connection = openDatabase(file);
    const database = new FactDatabase(connection, file, 1_000_000);
    database.append(encodeFacts(attemptsRun(0, 10)), 0);
    connection.pragma(`max_page_count = ${Number(connection.pragma('page_count', { simple: true })) + 3}`);
    const large = encodeFacts(attemptsRun(10, 5000));
    let told: unknown = null;
    try {
      database.append(large, 0);
    } catch (error) {
      told = explainTrouble(error, file);
    }
    expect(told).toMatchObject({ kind: 'diskFull', message: expect.stringMatching(/is full.*Make room/) });
    expect(database.isBehind).toBe(true);
    expect(database.last).toBe(20);
    expect(database.attempts('b1.render', 0, 0, 9999)).toHaveLength(10);
    connection.pragma('max_page_count = 1000000');
    database.append(large, 1);
    expect(database.last).toBe(10_020);
    expect(database.attempts('b1.render', 0, 0, 9999)).toHaveLength(5010);
    database.close();
  });

  test.runIf(canMount)('is told for appends and snapshots, and both work again afterwards', async () => {
    const { folder } = smallDisk('3m');
    const file = join(folder, 'drover.sqlite');
    const filler = join(folder, 'filler');
    const store = openStore(file);
    await store.append([submitted]);
    expect(() => writeFileSync(filler, Buffer.alloc(8 << 20))).toThrow('ENOSPC');
    for (let round = 0; round < 3; round++)
      await expect(store.append(attemptsRun(0, 2000))).rejects.toMatchObject({ kind: 'diskFull' });
    await expect(store.saveSnapshot(Uint8Array.of(1))).rejects.toThrow('could not be saved');
    // What was sent after it, before anybody knew, is not saved either: the order would be wrong.
    const sent = await Promise.allSettled([store.append(attemptsRun(0, 2000)), store.append([ended])]);
    expect(sent.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await factsOf(store)).toEqual([submitted]);
    rmSync(filler);
    await store.append(attemptsRun(0, 2000));
    await expect(store.saveSnapshot(new Uint8Array(3 << 20))).rejects.toMatchObject({ kind: 'diskFull' });
    await store.append([ended]);
    await store.saveSnapshot(Uint8Array.of(5));
    await store.close();
    expect(await load(openStore(file))).toEqual({ snapshot: [5], facts: [], warnings: [] });
  });
});

describe('the first snapshot of an empty store', () => {
  test.runIf(canMount)('that could not be saved is not missed', async () => {
    const { folder } = smallDisk('1m');
    const file = join(folder, 'drover.sqlite');
    const store = openStore(file);
    await expect(store.saveSnapshot(new Uint8Array(2 << 20))).rejects.toMatchObject({ kind: 'diskFull' });
    await store.append([submitted]);
    await store.close();
    expect(await load(openStore(file))).toEqual({ snapshot: null, facts: [submitted], warnings: [] });
  });

  test('is never left out, when it is damaged or when the program ended just after it was saved', async () => {
    const file = newFile();
    const store = openStore(file);
    await store.saveSnapshot(Uint8Array.of(1));
    await store.append([submitted]);
    await store.close();
    change(file, 'UPDATE store SET begins_with_snapshot = 0');
    overwrite(snapshotPath(file), statSync(snapshotPath(file)).size - 1, Uint8Array.of(2));
    await expect(load(openStore(file))).rejects.toEqual(damaged(/no good snapshot is left/));
  });
});

describe('a folder that cannot be written', () => {
  const told = {
    kind: 'notWritable',
    message: expect.stringMatching(/cannot be written.*choose another data folder/),
  };

  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('is told', async () => {
    const place = newFolder();
    chmodSync(place, 0o500);
    await expect(factsOf(openStore(join(place, 'drover.sqlite')))).rejects.toMatchObject(told);
    chmodSync(place, 0o700);
  });

  test.runIf(canMount)('is told, with a database and without', async () => {
    const { folder, remount } = smallDisk('9m');
    const file = join(folder, 'drover.sqlite');
    const store = openStore(file);
    await store.append([submitted]);
    await store.close();
    remount('ro');
    await expect(factsOf(openStore(file))).rejects.toMatchObject(told);
    await expect(factsOf(openStore(join(folder, 'other.sqlite')))).rejects.toMatchObject(told);
    remount('rw');
    expect(await factsOf(openStore(file))).toEqual([submitted]);
  });
});

/** 20 appends of 100 facts each, with a snapshot after the tenth if one is wanted. */
async function filled(snapshot: boolean): Promise<string> {
  const file = newFile();
  const store = openStore(file);
  for (let round = 0; round < 20; round++) {
    await store.append(attemptsRun(round * 50, 50));
    if (snapshot && round === 9) await store.saveSnapshot(Uint8Array.of(1, 0));
  }
  await store.close();
  return file;
}

function change(file: string, sql: string): void {
  const database = new SQLite(file);
  database.exec(sql);
  database.close();
}

const breakRow = (seq: number): string =>
  `UPDATE log SET body = CAST(substr(body, 1, 20) || x'00ff' || substr(body, 23) AS BLOB) WHERE seq = ${seq}`;

describe('a damaged database', () => {
  test('that is none at all is told, and not touched', async () => {
    const file = newFile();
    writeFileSync(file, 'this is no database, but it may be precious '.repeat(100));
    const before = readFileSync(file);
    await expect(factsOf(openStore(file))).rejects.toEqual(
      damaged(/is damaged .*not a database.*set it aside/),
    );
    expect(readFileSync(file)).toEqual(before);
  });

  test('whose header is broken still has its snapshots', async () => {
    const file = await filled(true);
    overwrite(file, 0, Buffer.alloc(100, 7));
    await expect(factsOf(openStore(file))).rejects.toEqual(damaged(/not a database/));
    const found = salvage(file);
    expect(found).toMatchObject({ snapshot: { state: Uint8Array.of(1, 0) }, facts: 0 });
    expect(found.loss).toContain('not a database');
  });

  test('with a broken row gives what comes before it, and says which facts are lost', async () => {
    const file = await filled(true);
    change(file, breakRow(1501));
    const store = openStore(file);
    await expect(factsOf(store)).rejects.toEqual(damaged(/facts 1501 to 1600: its checksum is wrong/));
    await store.close();
    const found = salvage(file);
    expect(found).toMatchObject({ snapshot: { state: Uint8Array.of(1, 0) }, facts: 500 });
    expect(found.loss).toMatch(/facts 1501 to 1600/);
  });

  test('with a broken row that a snapshot makes up for is none', async () => {
    const file = await filled(true);
    change(file, breakRow(401));
    expect((await load(openStore(file))).facts).toHaveLength(1000);
  });

  test('with a missing row is told', async () => {
    const file = await filled(false);
    change(file, 'DELETE FROM log WHERE seq = 301');
    await expect(factsOf(openStore(file))).rejects.toEqual(damaged(/facts 301 to 400 are missing/));
    expect(salvage(file)).toMatchObject({ snapshot: null, facts: 300 });
  });

  test('with a page broken anywhere is read right, or told: never read wrong', async () => {
    const whole = await filled(false);
    const facts = await factsOf(openStore(whole));
    const pages = statSync(whole).size / 4096;
    for (let page = 1; page < pages; page += 3) {
      const file = newFile();
      writeFileSync(file, readFileSync(whole));
      overwrite(file, page * 4096, Buffer.alloc(4096, 0xa5));
      const store = openStore(file);
      const seen = await factsOf(store).catch((error: unknown) => error);
      if (Array.isArray(seen)) expect(seen).toEqual(facts);
      else expect(seen).toEqual(damaged(/is damaged/));
      await store.close();
      const { bodies } = salvage(file);
      expect(bodies.length).toBeLessThanOrEqual(20);
    }
  });

  test('that is lost, while its snapshots are there, is not taken for a new one', async () => {
    const file = await filled(true);
    rmSync(file);
    await expect(factsOf(openStore(file))).rejects.toEqual(damaged(/missing or empty, but snapshots/));
    expect(salvage(file)).toMatchObject({ snapshot: { state: Uint8Array.of(1, 0) }, facts: 0 });
  });
});

describe('setting aside', () => {
  test('makes room for a new database, which goes on from what was salvaged', async () => {
    const file = await filled(true);
    change(file, breakRow(1501));
    const aside = setAside(file, 'damaged', new Date(0));
    expect(aside).toBe(`${file}.damaged-1970-01-01T00-00-00.000Z`);
    expect(existsSync(file)).toBe(false);
    expect(existsSync(snapshotPath(aside))).toBe(true);

    const store = openStore(file);
    await restore(salvage(aside), store);
    await store.append([assigned('a-x-750', 5), finished('a-x-499')]);
    await store.close();
    const { snapshot, facts } = await load(openStore(file));
    expect(snapshot).toEqual([1, 0]);
    expect(facts).toEqual([...attemptsRun(500, 250), assigned('a-x-750', 5), finished('a-x-499')]);
    expect(salvage(aside)).toMatchObject({ facts: 500 });
  });

  test('a restored store whose only snapshot is damaged does not pretend to be complete', async () => {
    const file = await filled(true);
    change(file, breakRow(1501));
    const aside = setAside(file, 'damaged');
    const store = openStore(file);
    await restore(salvage(aside), store);
    await store.close();
    overwrite(snapshotPath(file), statSync(snapshotPath(file)).size - 1, Uint8Array.of(77));
    await expect(load(openStore(file))).rejects.toEqual(damaged(/no good snapshot is left/));
    expect(salvage(file)).toMatchObject({
      snapshot: null,
      facts: 0,
      loss: expect.stringContaining('snapshots'),
    });
  });

  test('never overwrites, and takes the write-ahead log along', () => {
    const file = newFile();
    const now = new Date(0);
    for (const content of ['one', 'two', 'three']) {
      for (const suffix of ['', '-wal', '-shm']) writeFileSync(file + suffix, content + suffix);
      const aside = setAside(file, 'damaged', now);
      for (const suffix of ['', '-wal', '-shm'])
        expect(readFileSync(aside + suffix, 'utf8')).toBe(content + suffix);
    }
    const first = `${file}.damaged-1970-01-01T00-00-00.000Z`;
    expect(readFileSync(first, 'utf8')).toBe('one');
    expect(readFileSync(`${first}-3`, 'utf8')).toBe('three');
  });
});
