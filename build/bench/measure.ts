/** What a case of a benchmark is, and what it says. */

/** What it should be; missing it is shown, and is no failure: this machine may be slow or busy. */
export interface Target {
  /** The value itself, or its ratio to the reference. */
  readonly of: 'value' | 'ratio';
  readonly is: 'most' | 'least';
  readonly amount: number;
}

/** A value beside something bare, measured in the same process, that tells how quick the machine is now. */
export interface Measurement {
  readonly case: string;
  readonly value: number;
  readonly unit: string;
  /** In the same unit, and in words what was done for it. */
  readonly reference: number;
  readonly against: string;
  readonly target: Target;
}

export interface BenchCase {
  readonly name: string;
  /** For `npm run bench`: what it does, in a line. */
  readonly about: string;
  /** Each in a process of its own; of each measurement the best is kept, as others may use the machine. */
  readonly runs: number;
  /** Of Node, such as --expose-gc. */
  readonly nodeOptions?: readonly string[];
  run(): readonly Measurement[] | Promise<readonly Measurement[]>;
}

export const ratioOf = ({ value, reference }: Measurement): number => value / reference;

const aimedAt = (measured: Measurement): number =>
  measured.target.of === 'value' ? measured.value : ratioOf(measured);

export function isMet(measured: Measurement): boolean {
  const { is, amount } = measured.target;
  return is === 'most' ? aimedAt(measured) <= amount : aimedAt(measured) >= amount;
}

export function better(a: Measurement, b: Measurement): Measurement {
  const isLess = aimedAt(a) <= aimedAt(b);
  return (a.target.is === 'most') === isLess ? a : b;
}

/** The value that this part of them does not exceed. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
}

/** By the clock: for single spans, and for what also waits. */
export const millisecondsSince = (start: bigint): number => Number(process.hrtime.bigint() - start) / 1e6;

/**
 * Milliseconds of work of this thread so far, whoever else uses the machine. Told only a few hundred
 * times a second, so good for sums and not for single spans.
 */
export function workedMilliseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Numbers that look like chance and are the same in every run: mulberry32, from 0 to 1. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
