import type { NodeRecord } from '../state';

/** Of more different amounts, some count as the one below them. */
const mostAmounts = 64;

/** The nodes that are online and have at least so much of a processor left. */
export interface OpenNodes {
  readonly amount: number;
  bits: Uint32Array;
  /** A bit for each word of them that has any. */
  words: Uint32Array;
  count: number;
}

/**
 * Which nodes have so much of a processor left, for each amount that somebody asks for. All that ask for as much
 * share it, and it is always exact: a node goes up and down a few amounts when it gets or loses an attempt.
 */
export class OpenNodesByAmount {
  /** From the least amount to the largest. */
  private readonly sets: OpenNodes[] = [emptySet(0, 1), emptySet(1, 1)];
  /** How many of the amounts each node has. */
  private levels = new Uint8Array(32);

  /** `free`: what the node has left now, in hundredths of a core. */
  note({ index, state }: Pick<NodeRecord, 'index' | 'state'>, free: number): void {
    if (index >= this.levels.length) this.makeRoom(index + 1);
    // Who asks for nothing may also go where more is held than there is.
    const has = state === 'ONLINE' ? Math.max(0, free) : -1;
    let level = this.levels[index] ?? 0;
    for (let next = this.sets[level]; next !== undefined && has >= next.amount; next = this.sets[++level])
      putIn(next, index);
    for (
      let last = this.sets[level - 1];
      last !== undefined && has < last.amount;
      last = this.sets[--level - 1]
    )
      takeOut(last, index);
    this.levels[index] = level;
  }

  /** How many have any part of a core left. */
  get open(): number {
    return this.sets[1]?.count ?? 0;
  }

  /** Those with at least so much, or nearly. `freeOf`: what a node has left now. */
  with(amount: number, freeOf: (node: number) => number): OpenNodes {
    const level = this.sets.findLastIndex((set) => set.amount <= amount);
    const below = this.sets[level];
    if (below === undefined) throw new Error(`nobody asks for ${amount} hundredths of a core`);
    if (below.amount === amount || this.sets.length >= mostAmounts) return below;
    const made = emptySet(amount, below.bits.length);
    this.sets.splice(level + 1, 0, made);
    this.levels.forEach((before, index) => {
      if (before <= level || freeOf(index) < amount) return;
      this.levels[index] = before + 1;
      putIn(made, index);
    });
    return made;
  }

  private makeRoom(least: number): void {
    const nodes = Math.max(least, 2 * this.levels.length);
    const levels = new Uint8Array(nodes);
    levels.set(this.levels);
    this.levels = levels;
    for (const set of this.sets) {
      const bits = new Uint32Array((nodes + 31) >>> 5);
      bits.set(set.bits);
      set.bits = bits;
      const above = new Uint32Array((bits.length + 31) >>> 5);
      above.set(set.words);
      set.words = above;
    }
  }
}

const emptySet = (amount: number, words: number): OpenNodes => ({
  ...{ amount, bits: new Uint32Array(words), words: new Uint32Array((words + 31) >>> 5), count: 0 },
});

function putIn(set: OpenNodes, index: number): void {
  const word = index >>> 5;
  set.bits[word] = (set.bits[word] ?? 0) | (1 << (index & 31));
  set.words[word >>> 5] = (set.words[word >>> 5] ?? 0) | (1 << (word & 31));
  set.count++;
}

function takeOut(set: OpenNodes, index: number): void {
  const word = index >>> 5;
  const rest = (set.bits[word] ?? 0) & ~(1 << (index & 31));
  set.bits[word] = rest;
  if (rest === 0) set.words[word >>> 5] = (set.words[word >>> 5] ?? 0) & ~(1 << (word & 31));
  set.count--;
}

/** The first of its words from this one on that has a bit; Infinity: none has. */
export function nextWord({ words }: OpenNodes, from: number): number {
  let at = from >>> 5;
  let above = (words[at] ?? 0) & (-1 << (from & 31));
  while (above === 0) {
    if (++at >= words.length) return Infinity;
    above = words[at] ?? 0;
  }
  return (at << 5) | (31 - Math.clz32(above & -above));
}
