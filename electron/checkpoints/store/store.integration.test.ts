import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { bytesByChance, pieceByPiece } from './bytes-for-tests';
import { ChunkStore } from './store';
import {
  contentOf,
  newFile,
  newFolder,
  noGrace,
  openStore,
  overwrite,
  packsOf,
  problemsOf,
  restored,
  workerFile,
} from './stores-for-tests';

const mib = 1 << 20;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const sizes = [0, 1, 127, 128 << 10, 300_000, mib, mib + 1, 5 * mib, 5 * mib + 1, 12_345_678];

describe('what was kept', () => {
  test.each(sizes)('comes back as it was: %i bytes', async (size) => {
    const store = await openStore(newFolder());
    const bytes = bytesByChance(1, size);
    const kept = await store.keep(newFile(bytes));
    expect(kept).toMatchObject({ sha256: sha256(bytes), bytes: size });
    expect(await store.has(kept.sha256)).toBe(true);
    expect((await contentOf(store, kept.sha256)).equals(bytes)).toBe(true);
    expect((await restored(store, kept.sha256)).equals(bytes)).toBe(true);
    expect([...(await problemsOf(store))]).toEqual([[kept.sha256, null]]);
  });

  test('is there when the store is opened again, in another place too', async () => {
    const place = newFolder();
    const before = await openStore(join(place, 'before'));
    const bytes = bytesByChance(2, 3 * mib, 20);
    const kept = await before.keep(newFile(bytes));
    expect(kept.newBytes).toBeLessThan(0.9 * bytes.length);
    await before.close();
    renameSync(join(place, 'before'), join(place, 'after'));
    const after = await openStore(join(place, 'after'));
    expect((await restored(after, kept.sha256)).equals(bytes)).toBe(true);
    expect(await after.keep(newFile(bytes))).toMatchObject({ newBytes: 0 });
  });

  test('is the same whether it is a file or comes in pieces', async () => {
    const store = await openStore(newFolder());
    const bytes = bytesByChance(3, 7 * mib + 5);
    const { sha256: name } = await store.keepBytes(pieceByPiece(bytes, 65_537));
    expect(await store.keep(newFile(bytes))).toEqual({ sha256: name, bytes: bytes.length, newBytes: 0 });
    expect(await store.keepBytes([])).toMatchObject({ sha256: sha256(Buffer.alloc(0)), bytes: 0 });
    expect((await restored(store, name)).equals(bytes)).toBe(true);
  });

  test('costs only what is new in it', async () => {
    const store = await openStore(newFolder());
    const bytes = bytesByChance(4, 40 * mib);
    const first = await store.keep(newFile(bytes));
    expect(first.newBytes).toBeGreaterThan(bytes.length);
    const changed = Buffer.from(bytes);
    bytesByChance(5, 400_000).copy(changed, 20 * mib);
    const second = await store.keep(newFile(changed));
    expect(second.newBytes).toBeLessThan(2 * mib);
    const longer = Buffer.concat([bytesByChance(6, 1_000_003), changed, bytesByChance(7, 99)]);
    const third = await store.keep(newFile(longer));
    expect(third.newBytes).toBeLessThan(3 * mib);
    expect((await restored(store, first.sha256)).equals(bytes)).toBe(true);
    expect((await restored(store, second.sha256)).equals(changed)).toBe(true);
    expect((await restored(store, third.sha256)).equals(longer)).toBe(true);
  });

  test('is known by many small files at once', async () => {
    const store = await openStore(newFolder());
    const folder = newFolder();
    const names = Array.from({ length: 500 }, (_, index) => join(folder, `${index}`));
    for (const [index, name] of names.entries()) writeFileSync(name, bytesByChance(index, 2000));
    const kept = await Promise.all(names.map((name) => store.keep(name)));
    expect(await store.usage()).toMatchObject({ files: 500, chunks: 500 });
    for (const [index, { sha256: name }] of kept.entries())
      expect(name).toBe(sha256(bytesByChance(index, 2000)));
    const listed: string[] = [];
    for await (const file of store.files()) listed.push(file.sha256);
    expect(listed).toEqual(kept.map((file) => file.sha256).toSorted());
  });
});

describe('collecting', () => {
  test('removes what is not needed, and leaves what others have too', async () => {
    const folder = newFolder();
    const store = await openStore(folder);
    const states = [8, 9, 10].map((seed) =>
      Buffer.concat([bytesByChance(1, 20 * mib), bytesByChance(seed, 10 * mib)]),
    );
    const kept: string[] = [];
    for (const bytes of states) kept.push((await store.keep(newFile(bytes))).sha256);
    const [first = '', second = '', third = ''] = kept;
    expect(await store.freedWithout([first])).toBeGreaterThan(9 * mib);
    expect(await store.freedWithout([first])).toBeLessThan(11 * mib);
    expect(await store.freedWithout([first, second, third])).toBeGreaterThan(49 * mib);
    const { freed: expected } = await store.wouldFree([second], noGrace);
    expect(expected).toBeGreaterThan(19 * mib);
    expect(await store.usage()).toMatchObject({ files: 3 });
    await store.collect([second], noGrace);
    expect(await store.has(first)).toBe(false);
    expect(await store.has(third)).toBe(false);
    await expect(store.restore(first, join(newFolder(), 'x'))).rejects.toMatchObject({ kind: 'missing' });
    expect((await restored(store, second)).equals(states[1] ?? Buffer.alloc(0))).toBe(true);
    expect([...(await problemsOf(store))]).toEqual([[second, null]]);
    expect(await store.collect([], noGrace)).toMatchObject({ freed: expect.any(Number) });
    expect(await store.usage()).toEqual({ bytes: 0, files: 0, chunks: 0 });
    expect(packsOf(folder)).toEqual([]);
  });

  test('writes packs anew that are mostly not needed', async () => {
    const store = await openStore(newFolder());
    const needed: string[] = [];
    for (let seed = 0; seed < 24; seed++) {
      const { sha256: name } = await store.keep(newFile(bytesByChance(seed, 6 * mib)));
      if (seed % 4 === 0) needed.push(name);
    }
    const before = (await store.usage()).bytes;
    const { freed } = await store.collect(needed, noGrace);
    expect(freed).toBeGreaterThan(0.4 * before);
    expect((await store.usage()).bytes).toBe(before - freed);
    const problems = await problemsOf(store);
    expect(problems.size).toBe(6);
    expect([...problems.values()].every((problem) => problem === null)).toBe(true);
    for (const [index, name] of needed.entries())
      expect((await contentOf(store, name)).equals(bytesByChance(4 * index, 6 * mib))).toBe(true);
  });

  test('leaves what was kept just now, and what is being kept', async () => {
    const store = await openStore(newFolder());
    const { sha256: recent } = await store.keep(newFile(bytesByChance(1, mib)));
    await store.collect([], { graceMs: 60_000 });
    expect(await store.has(recent)).toBe(true);
    const bytes = bytesByChance(2, 30 * mib);
    async function* slowly(): AsyncGenerator<Uint8Array> {
      for (const piece of pieceByPiece(bytes, 3 * mib)) {
        await store.collect([], noGrace);
        yield piece;
      }
    }
    const { sha256: name } = await store.keepBytes(slowly());
    expect((await restored(store, name)).equals(bytes)).toBe(true);
    expect(await store.has(recent)).toBe(false);
  });

  test('while much is kept, put back and read harms none of it', async () => {
    const store = await openStore(newFolder());
    const common = bytesByChance(1, 8 * mib);
    const states = Array.from({ length: 8 }, (_, seed) => Buffer.concat([common, bytesByChance(seed, mib)]));
    const files = states.map((bytes) => newFile(bytes));
    for (let round = 0; round < 3; round++) {
      const collecting = store.collect([], noGrace);
      const keeping = files.map((path) => store.keep(path));
      const again = store.collect([], { graceMs: 60_000 });
      const kept = await Promise.all(keeping);
      await Promise.all([collecting, again]);
      const problems = await problemsOf(
        store,
        kept.map((file) => file.sha256),
      );
      expect([...problems.values()]).toEqual(kept.map(() => null));
    }
  });
});

describe('a file that is kept', () => {
  test('may have any name', async () => {
    const store = await openStore(newFolder());
    const folder = newFolder();
    for (const name of ['a b', 'a\nb', `'"$(x)\``, 'Größe 計算', '-rf']) {
      writeFileSync(join(folder, name), name);
      const { sha256: hash } = await store.keep(join(folder, name));
      expect((await contentOf(store, hash)).toString()).toBe(name);
    }
  });

  test.skipIf(process.platform === 'win32')('is no link, no folder and no pipe', async () => {
    const store = await openStore(newFolder());
    const folder = newFolder();
    symlinkSync('/etc/passwd', join(folder, 'link'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const refused = (what: RegExp): unknown =>
      expect.objectContaining({ kind: 'outside', message: expect.stringMatching(what) });
    await expect(store.keep(join(folder, 'link'))).rejects.toEqual(refused(/it is a link/));
    await expect(store.keep(join(folder, 'pipe'))).rejects.toEqual(refused(/is not a file/));
    await expect(store.keep(folder)).rejects.toEqual(refused(/is not a file/));
    await expect(store.keep(join(folder, 'none'))).rejects.toEqual(
      refused(/none cannot be read: it is not there/),
    );
    expect(await store.usage()).toEqual({ bytes: 0, files: 0, chunks: 0 });
  });

  test('is refused when it is written to meanwhile, and what it left is collected', async () => {
    const { store } = await ChunkStore.open(newFolder(), { workerFile, mostBytesASecond: 20 * mib });
    const path = newFile(bytesByChance(1, 10 * mib));
    const over = new AbortController();
    const told = expect(store.keep(path).finally(() => over.abort())).rejects.toMatchObject({
      kind: 'changed',
      message: expect.stringMatching(/state was written to while it was copied, so it was not kept/),
    });
    while (!over.signal.aborted) {
      overwrite(path, 0, bytesByChance(2, 100));
      await setImmediate();
    }
    await told;
    await store.collect([], noGrace);
    expect(await store.usage()).toEqual({ bytes: 0, files: 0, chunks: 0 });
    await store.close();
  });

  test('may be cancelled', async () => {
    const { store } = await ChunkStore.open(newFolder(), { workerFile, mostBytesASecond: mib });
    const path = newFile(bytesByChance(1, 40 * mib));
    const cancel = new AbortController();
    const keeping = store.keep(path, cancel.signal);
    cancel.abort();
    await expect(keeping).rejects.toMatchObject({ kind: 'cancelled' });
    await expect(store.keep(path, cancel.signal)).rejects.toMatchObject({ kind: 'cancelled' });
    await store.collect([], noGrace);
    expect(await store.usage()).toEqual({ bytes: 0, files: 0, chunks: 0 });
    await store.close();
  });
});

describe('a store', () => {
  test('is used by one at a time', async () => {
    const folder = newFolder();
    const store = await openStore(folder);
    await expect(openStore(folder)).rejects.toMatchObject({
      kind: 'inUse',
      message: expect.stringContaining('another Drover'),
    });
    await store.close();
    await (await openStore(folder)).close();
  });

  test('of a newer Drover is left alone, and so is a folder of something else', async () => {
    const folder = newFolder();
    await (await openStore(folder)).close();
    writeFileSync(join(folder, 'format.json'), '{"droverCheckpoints":2}\n');
    await expect(openStore(folder)).rejects.toMatchObject({ kind: 'newer' });
    const other = newFolder();
    writeFileSync(join(other, 'thesis.tex'), 'x');
    await expect(openStore(other)).rejects.toMatchObject({
      message: expect.stringContaining('holds other things'),
    });
    expect(readdirSync(other)).toEqual(['thesis.tex']);
  });

  test.each(['lost', 'damaged'])('finds everything again when its catalogue is %s', async (how) => {
    const folder = newFolder();
    const before = await openStore(folder);
    const bytes = bytesByChance(1, 66 * mib);
    const kept = await before.keep(newFile(bytes));
    const small = await before.keep(newFile(bytesByChance(2, 1000)));
    const gone = await before.keep(newFile(bytesByChance(3, 1000)));
    await before.collect([kept.sha256, small.sha256], noGrace);
    await before.close();
    const catalogue = join(folder, 'catalogue.sqlite');
    if (how === 'lost') renameSync(catalogue, join(newFolder(), 'catalogue'));
    else overwrite(catalogue, 0, Buffer.alloc(200));
    const { store, warnings } = await ChunkStore.open(folder, { workerFile, mostBytesASecond: null });
    expect(warnings).toEqual(
      how === 'lost' ? [] : [expect.stringMatching(/was damaged, and is now .*damaged-\d+/)],
    );
    expect([...(await problemsOf(store))]).toEqual(
      [kept.sha256, small.sha256].toSorted().map((name) => [name, null]),
    );
    expect(await store.has(gone.sha256)).toBe(false);
    expect((await restored(store, kept.sha256)).equals(bytes)).toBe(true);
    expect(await store.keep(newFile(bytes))).toMatchObject({ newBytes: 0 });
    await store.close();
  });

  test('puts a file in the place of another, and leaves nothing behind when it cannot', async () => {
    const store = await openStore(newFolder());
    const bytes = bytesByChance(1, 2 * mib);
    const { sha256: name } = await store.keep(newFile(bytes));
    const path = newFile(Buffer.from('old'));
    await store.restore(name, path);
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(readdirSync(join(path, '..'))).toEqual(['state']);
    await expect(store.restore(name, join(newFolder(), 'none', 'x'))).rejects.toMatchObject({
      kind: 'outside',
      message: expect.stringMatching(/x cannot be written: it is not there/),
    });
    await expect(store.restore('../../etc/passwd', path)).rejects.toMatchObject({ kind: 'missing' });
    expect(existsSync(join(path, '..', 'state'))).toBe(true);
    expect(statSync(path).size).toBe(bytes.length);
  });
});
