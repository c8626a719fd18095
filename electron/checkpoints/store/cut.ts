/**
 * Where a file is cut into chunks. It depends on the bytes around each cut alone ("gear" hash, cuts drawn
 * towards a usual size as FastCDC does), so that what was inserted or changed moves only the cuts near it.
 * Everything here decides what files already stored are compared by: a change makes each be stored anew.
 */
export const leastChunk = 128 << 10;
const usualChunk = 256 << 10;
export const mostChunk = 1 << 20;

/** As many bytes as the hash of 32 bits remembers. */
const remembered = 32;

/** One bit in 2^20 before the usual size, one in 2^16 after it. The highest bit is left free: see `search`. */
const rareCut = 0x7ffff800;
const likelyCut = 0x7fff8000;

const gear = gearTable();
const doubledGear = gear.map((value) => value << 1);

/** Numbers that look like chance and are the same for ever: mulberry32. */
function gearTable(): Int32Array {
  let state = 0x64726f76;
  return Int32Array.from({ length: 256 }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return mixed ^ (mixed >>> 14);
  });
}

/**
 * The end of the chunk that begins at `from`. `to` is the end of the file, or leaves room for the largest
 * chunk.
 */
export function endOfChunk(bytes: Uint8Array, from: number, to: number): number {
  const end = Math.min(to, from + mostChunk);
  if (end - from <= leastChunk) return end;
  const usual = Math.min(end, from + usualChunk);
  const early = search(bytes, from + leastChunk, usual, rareCut);
  if (early !== null) return early;
  return search(bytes, usual, end, likelyCut) ?? end;
}

/** Whether a chunk of this length that holds no earlier cut ends here. */
export function isEndOfChunk(bytes: Uint8Array, from: number, end: number): boolean {
  const length = end - from;
  if (length >= mostChunk) return length === mostChunk;
  if (length < leastChunk) return false;
  return search(bytes, end, end + 1, length < usualChunk ? rareCut : likelyCut) === end;
}

/**
 * The first cut in these positions. Two bytes at a step, which is a third quicker: half way, the hash is one bit
 * further to the left than it should be, and so are the mask and the table.
 */
function search(bytes: Uint8Array, from: number, to: number, mask: number): number | null {
  let hash = 0;
  for (let at = from - remembered; at < from; at++) hash = (hash << 1) + (gear[bytes[at] ?? 0] ?? 0);
  const doubledMask = mask << 1;
  let at = from;
  for (; at + 1 < to; at += 2) {
    if ((hash & mask) === 0) return at;
    hash = ((hash << 2) + (doubledGear[bytes[at] ?? 0] ?? 0)) | 0;
    if ((hash & doubledMask) === 0) return at + 1;
    hash = (hash + (gear[bytes[at + 1] ?? 0] ?? 0)) | 0;
  }
  return at < to && (hash & mask) === 0 ? at : null;
}
