import { statfsSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { KeptEntry } from './catalogue';
import type { Depot } from './depot';
import { IdSet } from './id-set';
import type { Pace } from './pace';
import { headerBytes } from './record';

/** What a person or a rule does not want any more. */
export interface Unwanted {
  /** The hashes of the files that stay. */
  readonly isNeeded: (hash: Buffer) => boolean;
  /** Those that were kept since then stay too: it is perhaps not known yet that they are needed. */
  readonly keptBefore: number;
}

/** A pack is written anew when more than this part of it is not needed. */
const mostWaste = 0.4;
const filesAtOnce = 100;
const chunksAtOnce = 10_000;

/** Removes files that are not wanted, and the bytes that no other file has. By so much the store shrank. */
export async function collect(depot: Depot, unwanted: Unwanted, pace: Pace): Promise<number> {
  const before = sizeOf(depot);
  for await (const files of inParts(depot))
    depot.catalogue.atOnce(() => {
      for (const file of files) if (isUnwanted(depot, file, unwanted)) depot.catalogue.removeFile(file.hash);
    });
  await removeUnneeded(depot);
  for (const pack of depot.packs.lengths().keys()) await compact(depot, pack, pace);
  return Math.max(0, before - sizeOf(depot));
}

/** By how much the store would shrink, at the most. */
export async function collectable(depot: Depot, unwanted: Unwanted): Promise<number> {
  const needed = new IdSet();
  let bytes = 0;
  for await (const files of inParts(depot))
    for (const file of files)
      if (isUnwanted(depot, file, unwanted)) bytes += headerBytes + file.stored;
      else for (const id of file.chunks) needed.add(id);
  for (let last = 0; ;) {
    const ids = depot.catalogue.chunksAfter(last, chunksAtOnce);
    for (const id of ids)
      if (!needed.has(id)) bytes += headerBytes + (depot.catalogue.chunkById(id)?.stored ?? 0);
    if (ids.length === 0) return bytes;
    last = ids.at(-1) ?? last;
    await setImmediate();
  }
}

/** Removes the chunks that no file has, and gives back what is empty of the packs. */
export async function removeUnneeded(depot: Depot): Promise<void> {
  await depot.settle();
  const needed = new IdSet();
  // From now on, whoever takes a chunk says so.
  depot.needed = needed;
  try {
    for (const ids of depot.held) for (const id of ids) needed.add(id);
    for await (const files of inParts(depot))
      for (const { chunks } of files) for (const id of chunks) needed.add(id);
    for (let last = 0; ;) {
      const ids = depot.catalogue.chunksAfter(last, chunksAtOnce);
      depot.catalogue.removeChunks(ids.filter((id) => !needed.has(id)));
      if (ids.length < chunksAtOnce) break;
      last = ids.at(-1) ?? last;
      await setImmediate();
    }
  } finally {
    depot.needed = null;
  }
  await depot.settle();
  // A pack that is given back must not be missed after a power cut.
  depot.catalogue.settle();
  for (const pack of depot.packs.lengths().keys()) shrink(depot, pack);
}

/** Cuts off the end of a pack that nobody needs, or removes all of it. */
function shrink(depot: Depot, pack: number): void {
  const { packs, catalogue } = depot;
  if (depot.isWriting(pack)) return;
  const { bytes, end } = catalogue.needOf(pack);
  if (bytes === 0) {
    packs.remove(pack);
    catalogue.forgetPack(pack);
  } else if (end < (packs.lengths().get(pack) ?? 0)) {
    packs.truncate(pack, end);
    catalogue.notePack(pack, end);
  }
}

async function compact(depot: Depot, pack: number, pace: Pace): Promise<void> {
  const { packs, catalogue } = depot;
  const length = packs.lengths().get(pack) ?? 0;
  const { bytes } = catalogue.needOf(pack);
  if (pack === packs.writing || length - bytes <= mostWaste * length) return;
  // For a while it is there twice.
  if (roomFor(depot.folder) < 2 * bytes) return;
  for (const record of catalogue.recordsOf(pack)) {
    depot.copy(record, { pack, at: record.at });
    await pace.wait(record.stored);
  }
  await depot.settle();
  catalogue.settle();
  shrink(depot, pack);
}

/** One that is about to be kept once more is wanted, whoever said otherwise. */
const isUnwanted = (depot: Depot, { hash, keptAt }: KeptEntry, { isNeeded, keptBefore }: Unwanted): boolean =>
  keptAt < keptBefore && !isNeeded(hash) && !depot.isPending(hash);

/** All files, with a pause after some of them so that others get their turn. */
async function* inParts(depot: Depot): AsyncGenerator<readonly KeptEntry[]> {
  for (let last: Buffer = Buffer.alloc(0); ;) {
    const files = depot.catalogue.filesAfter(last, filesAtOnce);
    if (files.length > 0) yield files;
    if (files.length < filesAtOnce) return;
    last = files.at(-1)?.hash ?? last;
    await setImmediate();
  }
}

function roomFor(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

const sizeOf = ({ packs }: Depot): number =>
  [...packs.lengths().values()].reduce((sum, length) => sum + length, 0);
