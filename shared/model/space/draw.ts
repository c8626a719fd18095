/**
 * Numbers that look like chance and are a pure function of what they are for: the same seed draws the
 * same samples on every machine and in every version. So none of this may ever change.
 */

/** The finalizer of MurmurHash3: each bit of the input changes half of those of the output. */
function mixed(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function hashOf(seed: number, stream: number, index: number): number {
  let hash = mixed(seed + 0x9e3779b9);
  hash = mixed(hash ^ (stream + 0x7f4a7c15));
  hash = mixed(hash ^ Math.floor(index / 2 ** 32));
  return mixed(hash ^ (index >>> 0));
}

/** From 0 on, below 1. A stream for each use, so that they have nothing in common. */
export function chanceOf(seed: number, stream: number, index: number): number {
  const high = hashOf(seed, 2 * stream, index) >>> 5;
  const low = hashOf(seed, 2 * stream + 1, index) >>> 6;
  return (high * 2 ** 26 + low) / 2 ** 53;
}

const rounds = 6;

/** More cannot be shuffled exactly in the numbers of JavaScript. */
export const mostShuffled = 2 ** 52;

/**
 * Where `index` comes when so many are shuffled, without shuffling them: a Feistel network on the
 * next larger square, walked until it is back inside.
 */
export function shuffledAt(seed: number, stream: number, count: number, index: number): number {
  if (count <= 1) return 0;
  let side = 2;
  while (side * side < count) side *= 2;
  let place = index;
  do {
    let left = Math.floor(place / side);
    let right = place % side;
    for (let round = 0; round < rounds; round++)
      [left, right] = [right, (left + (hashOf(seed, stream * rounds + round, right) % side)) % side];
    place = left * side + right;
  } while (place >= count);
  return place;
}
