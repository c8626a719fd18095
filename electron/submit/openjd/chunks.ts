/** How the values of a task parameter are cut into chunks, of nearly the same size and found by their index. */
import type { Chunks, IntRange } from './model';
import { countOf, positionOf, rangesInWords, sequenceOf, startsOf } from './ranges';

export interface ChunkList {
  readonly count: bigint;
  /** As a range expression: `1-10`. */
  at(index: bigint): string;
}

export function chunksOf(
  ranges: readonly IntRange[],
  { defaultTaskCount, rangeConstraint }: Chunks,
): ChunkList {
  const size = BigInt(defaultTaskCount);
  return rangeConstraint === 'CONTIGUOUS' ? contiguous(ranges, size) : anyValues(ranges, size);
}

function anyValues(ranges: readonly IntRange[], size: bigint): ChunkList {
  const sequence = sequenceOf(ranges);
  const cut = evenCut(sequence.count, size);
  return {
    count: cut.count,
    at: (index) => rangesInWords(inOrder(sequence.slice(cut.start(index), cut.start(index + 1n)))),
  };
}

/** Listed values may stand in any order, and twice; those of a range expression are in order already. */
function inOrder(ranges: readonly IntRange[]): readonly IntRange[] {
  const sorted = ranges.toSorted((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
  return sorted.filter((range, position) => range.start !== sorted[position - 1]?.start);
}

/** Either an interval without gaps, or values with a gap after each. */
type Part =
  | { readonly kind: 'interval'; readonly start: bigint; readonly end: bigint }
  | { readonly kind: 'apart'; readonly range: IntRange };

function contiguous(ranges: readonly IntRange[], size: bigint): ChunkList {
  const parts = partsOf(ranges);
  const lengthOf = (part: Part): bigint =>
    part.kind === 'apart' ? countOf(part.range) : evenCut(part.end - part.start + 1n, size).count;
  const starts = startsOf(parts.map(lengthOf));
  return {
    count: starts.at(-1) ?? 0n,
    at(index) {
      const position = positionOf(starts, index);
      const part = parts[position];
      if (part === undefined) throw new RangeError(`there is no chunk ${index}`);
      const within = index - (starts[position] ?? 0n);
      if (part.kind === 'apart') {
        const value = part.range.start + within * part.range.step;
        return `${value}-${value}`;
      }
      const cut = evenCut(part.end - part.start + 1n, size);
      return `${part.start + cut.start(within)}-${part.start + cut.start(within + 1n) - 1n}`;
    },
  };
}

function partsOf(ranges: readonly IntRange[]): readonly Part[] {
  const parts: Part[] = [];
  const add = (start: bigint, end: bigint): void => {
    const last = parts.at(-1);
    if (last?.kind === 'interval' && last.end + 1n === start) {
      parts[parts.length - 1] = { ...last, end };
    } else if (last?.kind === 'apart' && last.range.end + 1n === start) {
      const { range } = last;
      parts.pop();
      if (range.start < range.end) addApart({ ...range, end: range.end - range.step });
      parts.push({ kind: 'interval', start: range.end, end });
    } else {
      parts.push({ kind: 'interval', start, end });
    }
  };
  const addApart = (range: IntRange): void => {
    if (range.start === range.end) parts.push({ kind: 'interval', start: range.start, end: range.end });
    else parts.push({ kind: 'apart', range });
  };
  for (const range of ranges) {
    if (range.step === 1n) {
      add(range.start, range.end);
      continue;
    }
    // Its first value may go on with what was before.
    add(range.start, range.start);
    if (range.start < range.end) addApart({ ...range, start: range.start + range.step });
  }
  return parts;
}

/** As many parts as are needed for none to be larger than `size`; the larger ones are spread among the others. */
function evenCut(total: bigint, size: bigint): { count: bigint; start(index: bigint): bigint } {
  const count = (total + size - 1n) / size;
  if (count === 0n) return { count, start: () => 0n };
  const small = total / count;
  const left = total % count;
  return { count, start: (index) => index * small + (index * left + count - 1n) / count };
}
