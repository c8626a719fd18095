/** Goes through the blocks of a .blend file and keeps those few that say something of its scenes. */
import { readDna, type Dna } from './dna';
import { headLength, readBlock, type Layout } from './layout';
import { at, tail, type BlendReading } from './reading';

export interface Kept {
  readonly address: bigint;
  /** Its start, which may be all of it. */
  readonly data: Buffer;
}

export interface BlendBlocks {
  /** Null: it was not reached, or is damaged. */
  readonly dna: Dna | null;
  /** Of each scene that is rendered: its frames and its name. */
  readonly ranges: readonly Kept[];
  readonly global: Kept | null;
  readonly scenes: readonly Kept[];
  readonly objects: readonly Kept[];
}

/** How much is kept of each, and how many of them: far more than they have. */
const limits = {
  REND: { bytes: 1024, most: 1000 },
  GLOB: { bytes: 8 * 1024, most: 1 },
  SC: { bytes: 64 * 1024, most: 200 },
  OB: { bytes: 1024, most: 20_000 },
} as const;
type Sort = keyof typeof limits;
const isSort = (code: string): code is Sort => Object.hasOwn(limits, code);

const longestDna = 8 * 1024 * 1024;
const tailLength = 1024 * 1024;

export function* collectBlocks(layout: Layout): BlendReading<BlendBlocks> {
  const kept: Record<Sort, Kept[]> = { REND: [], GLOB: [], SC: [], OB: [] };
  const head = headLength(layout);
  // Where the end can be seen at once, the walk is over as soon as the scenes and objects are known.
  let dna = yield* dnaAtEnd(layout);
  const isReadable = dna !== null;
  for (let place = layout.length; ;) {
    const start = yield* at(place, head);
    const block = start === null ? null : readBlock(start, layout);
    if (block === null || block.code === 'ENDB') break;
    const { code, length, address } = block;
    if (code === 'DNA1') {
      const data = length > longestDna ? null : yield* at(place + head, length);
      dna ??= data === null ? null : readDna(data, layout);
      break;
    }
    if (isSort(code)) {
      const { bytes: enough, most } = limits[code];
      const data = kept[code].length < most ? yield* at(place + head, Math.min(length, enough)) : null;
      if (data !== null) kept[code].push({ address, data: Buffer.from(data) });
    } else if (isReadable && kept.OB.length > 0 && code.length === 2) {
      // Those of a kind stand together, and the objects come after the scenes.
      break;
    }
    place += head + length;
  }
  const [global = null] = kept.GLOB;
  return { dna, global, ranges: kept.REND, scenes: kept.SC, objects: kept.OB };
}

/** It is the last block, and only one that says nothing comes after it. */
function* dnaAtEnd(layout: Layout): BlendReading<Dna | null> {
  const end = yield* tail(tailLength);
  if (end === null) return null;
  const head = headLength(layout);
  let before = end.length;
  // Its sign may stand in it by chance, but not often.
  for (let tries = 0; tries < 4 && before > 0; tries++) {
    const place = end.lastIndexOf('DNA1', before - 1);
    if (place === -1) return null;
    before = place;
    const start = end.subarray(place, place + head);
    const block = start.length < head ? null : readBlock(start, layout);
    if (block === null || place + head + block.length > end.length) continue;
    const dna = readDna(end.subarray(place + head, place + head + block.length), layout);
    if (dna !== null) return dna;
  }
  return null;
}
