import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bytesByChance, pieceByPiece } from './bytes-for-tests';
import {
  canMount,
  contentOf,
  newFile,
  newFolder,
  noGrace,
  openStore,
  overwrite,
  packsOf,
  problemsOf,
  restored,
  smallDisk,
} from './stores-for-tests';

const mib = 1 << 20;
const full = { kind: 'diskFull', message: expect.stringMatching(/is full.*Make room.*unharmed/) };

describe.runIf(canMount)('a full disk', () => {
  test('costs only what did not fit, which leaves nothing behind', async () => {
    const { folder } = smallDisk('24m');
    const store = await openStore(join(folder, 'store'));
    const small = bytesByChance(1, 4 * mib);
    const first = await store.keep(newFile(small));
    const before = await store.usage();
    const large = bytesByChance(2, 30 * mib);
    const path = newFile(large);
    for (let round = 0; round < 3; round++) {
      const failed = [store.keep(path), store.keepBytes(pieceByPiece(large, mib))];
      for (const each of await Promise.allSettled(failed))
        expect(each).toMatchObject({ status: 'rejected', reason: full });
    }
    expect([...(await problemsOf(store))]).toEqual([[first.sha256, null]]);
    expect(await store.usage()).toEqual(before);
    const more = bytesByChance(4, 4 * mib);
    const next = await store.keep(newFile(more));
    expect((await restored(store, first.sha256)).equals(small)).toBe(true);
    expect((await contentOf(store, next.sha256)).equals(more)).toBe(true);
  });

  test('that others have filled does not keep anything from being removed', async () => {
    const { folder } = smallDisk('24m');
    const store = await openStore(join(folder, 'store'));
    await store.keep(newFile(bytesByChance(1, 4 * mib)));
    expect(() => writeFileSync(join(folder, 'filler'), Buffer.alloc(32 * mib))).toThrow('ENOSPC');
    await expect(store.keep(newFile(bytesByChance(2, mib)))).rejects.toMatchObject(full);
    expect(await store.collect([], noGrace)).toMatchObject({ freed: expect.any(Number) });
    expect(await store.usage()).toEqual({ bytes: 0, files: 0, chunks: 0 });
    const { sha256 } = await store.keep(newFile(bytesByChance(2, mib)));
    expect((await contentOf(store, sha256)).length).toBe(mib);
  });

  test('is told when something is put back there', async () => {
    const { folder } = smallDisk('4m');
    const store = await openStore(newFolder());
    const { sha256 } = await store.keep(newFile(bytesByChance(1, 9 * mib)));
    await expect(store.restore(sha256, join(folder, 'back'))).rejects.toMatchObject({
      kind: 'diskFull',
      message: expect.stringContaining(join(folder, 'back')),
    });
    const room = Buffer.alloc(3 * mib);
    writeFileSync(join(folder, 'filler'), room);
    expect(statSync(join(folder, 'filler')).size).toBe(room.length);
  });
});

test.runIf(canMount)('a folder that cannot be written is told', async () => {
  const { folder, remount } = smallDisk('20m');
  const place = join(folder, 'store');
  const store = await openStore(place);
  const { sha256 } = await store.keep(newFile(bytesByChance(1, mib)));
  await store.close();
  remount('ro');
  const told = {
    kind: 'notWritable',
    message: expect.stringMatching(/cannot be written.*choose another folder/),
  };
  await expect(openStore(place)).rejects.toMatchObject(told);
  await expect(openStore(join(folder, 'other'))).rejects.toMatchObject(told);
  remount('rw');
  expect([...(await problemsOf(await openStore(place)))]).toEqual([[sha256, null]]);
});

test('a folder that is gone is told, and used again when it is there again', async () => {
  const folder = newFolder();
  const place = join(folder, 'store');
  const store = await openStore(place);
  const first = await store.keep(newFile(bytesByChance(1, mib)));
  renameSync(place, join(folder, 'away'));
  const told = {
    kind: 'gone',
    message: expect.stringMatching(/store is not there any more.*connect the disk/),
  };
  for (let round = 0; round < 3; round++)
    await expect(store.keep(newFile(bytesByChance(2, mib)))).rejects.toMatchObject(told);
  renameSync(join(folder, 'away'), place);
  const second = await store.keep(newFile(bytesByChance(2, mib)));
  expect(new Set((await problemsOf(store)).values())).toEqual(new Set([null]));
  expect((await contentOf(store, first.sha256)).length).toBe(mib);
  expect((await contentOf(store, second.sha256)).length).toBe(mib);
});

describe('what was damaged by hand', () => {
  const common = bytesByChance(1, 6 * mib);
  const states = [2, 3].map((seed) => Buffer.concat([common, bytesByChance(seed, 3 * mib)]));

  test('is found, harms no other, and is whole again when the same is kept again', async () => {
    const folder = newFolder();
    const store = await openStore(folder);
    const [first = '', second = ''] = await keptOf(store, states);
    const [pack = ''] = packsOf(folder);
    overwrite(pack, statSync(pack).size - mib, bytesByChance(9, 100));
    expect((await problemsOf(store)).get(first)).toBeNull();
    expect((await problemsOf(store)).get(second)).toMatch(/^1 of its \d+ parts are damaged or gone/);
    const told = {
      kind: 'damaged',
      message: expect.stringMatching(/is damaged in the store.*earlier checkpoint/),
    };
    const back = join(newFolder(), 'back');
    await expect(store.restore(second, back)).rejects.toMatchObject(told);
    expect(statSync(back, { throwIfNoEntry: false })).toBeUndefined();
    await expect(contentOf(store, second)).rejects.toMatchObject(told);
    expect((await restored(store, first)).equals(states[0] ?? common)).toBe(true);
    await keptOf(store, states);
    expect([...(await problemsOf(store)).values()]).toEqual([null, null]);
  });

  test('is found too when it is all of a pack, or the list of the parts', async () => {
    const folder = newFolder();
    const store = await openStore(folder);
    const large = bytesByChance(4, 70 * mib);
    const [early = '', late = ''] = await keptOf(store, [large, common]);
    const [pack = '', other = ''] = packsOf(folder);
    // The list is the last that was written.
    overwrite(other, statSync(other).size - 40, Buffer.alloc(8));
    expect([...(await problemsOf(store)).values()]).toEqual([null, null]);
    expect(await problemsOf(store, [late])).toEqual(new Map([[late, null]]));
    await store.close();
    rmSync(pack);
    const again = await openStore(folder);
    expect((await problemsOf(again)).get(early)).toMatch(/parts are damaged or gone/);
    expect((await problemsOf(again)).get(late)).toBeNull();
    expect((await problemsOf(again, ['0'.repeat(64)])).get('0'.repeat(64))).toBe('it is not in the store');
    await keptOf(again, [large]);
    expect((await problemsOf(again)).get(early)).toBeNull();
  });

  test('in the catalogue is made good from the packs', async () => {
    const folder = newFolder();
    const store = await openStore(folder);
    const kept = await keptOf(store, states);
    await store.close();
    const catalogue = join(folder, 'catalogue.sqlite');
    overwrite(catalogue, 4096, Buffer.alloc(statSync(catalogue).size - 4096, 0xff));
    const again = await openStore(folder).catch(() => openStore(folder));
    const problems = await problemsOf(again).catch(() => problemsOf(again));
    expect([...problems]).toEqual(kept.toSorted().map((hash) => [hash, null]));
  });
});

async function keptOf(
  store: { keep(path: string): Promise<{ readonly sha256: string }> },
  contents: readonly Uint8Array[],
): Promise<readonly string[]> {
  const hashes: string[] = [];
  for (const bytes of contents) hashes.push((await store.keep(newFile(bytes))).sha256);
  return hashes;
}
