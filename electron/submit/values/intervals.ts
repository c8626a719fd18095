/** Pieces of a space, as its tasks are numbered. */
import type { Space } from '../../../shared/model/space';

/** From one index to before another. */
export type Interval = readonly [from: number, to: number];

/** More of them would no longer be a few numbers. */
const mostPieces = 10_000;

/**
 * Where in a product of axes of these sizes the combinations lie that have one of the named places on
 * each axis (null: any of them); null when they lie in too many pieces.
 */
export function boxIntervals(
  sizes: readonly number[],
  sets: readonly (readonly number[] | null)[],
): readonly Interval[] | null {
  const last = sets.findLastIndex((set) => set !== null);
  let found: readonly Interval[] = [[0, 1]];
  for (const [axis, size] of sizes.entries()) {
    const set = sets[axis] ?? null;
    if (axis > last) found = found.map(([from, to]) => [from * size, to * size]);
    else {
      const parts = set === null ? (axis < last ? singles(size) : [[0, size] as const]) : runsOf(set);
      if (parts === null || found.length * parts.length > mostPieces) return null;
      // Before the last axis that is named each piece is a single combination of those so far.
      const each = axis < last ? parts.flatMap(([from, to]) => singlesBetween(from, to)) : parts;
      if (found.length * each.length > mostPieces) return null;
      found = found.flatMap(([base]) =>
        each.map(([from, to]): Interval => [base * size + from, base * size + to]),
      );
    }
  }
  return found;
}

const singles = (size: number): readonly Interval[] | null =>
  size > mostPieces ? null : singlesBetween(0, size);

const singlesBetween = (from: number, to: number): readonly Interval[] =>
  Array.from({ length: to - from }, (_, index): Interval => [from + index, from + index + 1]);

/** Neighbours together. */
function runsOf(sorted: readonly number[]): readonly Interval[] {
  const runs: [number, number][] = [];
  for (const index of sorted) {
    const open = runs.at(-1);
    if (open?.[1] === index) open[1]++;
    else runs.push([index, index + 1]);
  }
  return runs;
}

/** Null when too many separate pieces are left out. */
export function leavingOut(of: Space, intervals: readonly Interval[]): Space | null {
  const merged: [number, number][] = [];
  for (const [from, to] of intervals.toSorted((a, b) => a[0] - b[0])) {
    const open = merged.at(-1);
    if (open !== undefined && from <= open[1]) open[1] = Math.max(open[1], to);
    else merged.push([from, to]);
  }
  if (merged.length > mostPieces) return null;
  if (merged.length === 0) return of;
  const at: number[] = [];
  const skipped: number[] = [];
  let sum = 0;
  for (const [from, to] of merged) {
    at.push(from - sum);
    sum += to - from;
    skipped.push(sum);
  }
  return { kind: 'without', of, at, skipped };
}
