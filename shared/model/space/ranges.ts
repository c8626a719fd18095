/** Whole numbers as ranges of them, never written out. */

/** `first`, `first + step`, ... : `count` numbers. `step` may be negative. */
export interface FrameRange {
  readonly first: number;
  readonly step: number;
  readonly count: number;
}

/** Of a range or anything else that has its place in a row of such: which one, and how far into it. */
export interface Spot {
  readonly part: number;
  readonly offset: number;
}

/** Where each part ends. Long lists are gone through once, not for each task. */
export function endsOf(counts: readonly number[]): Float64Array {
  const ends = new Float64Array(counts.length);
  let sum = 0;
  for (const [index, count] of counts.entries()) {
    sum += count;
    ends[index] = sum;
  }
  return ends;
}

export function spotIn(ends: Float64Array, index: number): Spot {
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ends[middle] ?? 0) > index) high = middle;
    else low = middle + 1;
  }
  return { part: low, offset: index - (low === 0 ? 0 : (ends[low - 1] ?? 0)) };
}

const known = new WeakMap<readonly FrameRange[], Float64Array>();

export function rangeEnds(ranges: readonly FrameRange[]): Float64Array {
  let ends = known.get(ranges);
  if (ends === undefined) {
    ends = endsOf(ranges.map(({ count }) => count));
    known.set(ranges, ends);
  }
  return ends;
}

export const numberCount = (ranges: readonly FrameRange[]): number => rangeEnds(ranges).at(-1) ?? 0;

export function numberAt(ranges: readonly FrameRange[], index: number): number {
  const { part, offset } = spotIn(rangeEnds(ranges), index);
  const range = ranges[part];
  return range === undefined ? Number.NaN : range.first + offset * range.step;
}

/** `1-10`, `1-19x2`, `7`: as people write frames; OpenJD has `:` for the `x`. */
export function rangeInWords(first: number, step: number, count: number, by: 'x' | ':'): string {
  if (count === 1) return String(first);
  return `${first}-${first + (count - 1) * step}${step === 1 ? '' : `${by}${step}`}`;
}
