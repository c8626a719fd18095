/** Bytes that look like chance and are the same for a seed; `kinds`: so many different ones. */
export function bytesByChance(seed: number, length: number, kinds = 256): Buffer {
  const words = new Uint32Array(Math.ceil(length / 4));
  let state = seed | 0;
  for (let at = 0; at < words.length; at++) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    words[at] = mixed ^ (mixed >>> 14);
  }
  const bytes = Buffer.from(words.buffer, 0, length);
  if (kinds < 256) for (let at = 0; at < length; at++) bytes[at] = (bytes[at] ?? 0) % kinds;
  return bytes;
}

export function* pieceByPiece(bytes: Uint8Array, length: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}
