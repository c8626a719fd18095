/** Range expressions, `1-10:3,20`: kept as ranges, and never written out. */
import { quote } from '../document/words';
import type { IntRange } from './model';
import { anInteger, parseInteger } from './numbers';

export type ParsedRanges =
  | { readonly ok: true; readonly ranges: readonly IntRange[] }
  /** `piece` is what is wrong, and starts at `index` of the text. */
  | { readonly ok: false; readonly piece: string; readonly index: number; readonly message: string };

const pieceForm = /^[ \t]*(-?[0-9]+)[ \t]*(?:-[ \t]*(-?[0-9]+)[ \t]*(?::[ \t]*(-?[0-9]+)[ \t]*)?)?$/;

/** The ranges come in the order of their numbers, whatever that of the expression. */
export function parseRanges(text: string): ParsedRanges {
  const ranges: (IntRange & { readonly piece: string; readonly index: number })[] = [];
  let index = 0;
  for (const part of text.split(',')) {
    const piece = part.trim();
    const at = index + (part.length - part.trimStart().length);
    const range = parsePiece(part);
    if (typeof range === 'string') return { ok: false, piece, index: at, message: range };
    ranges.push({ ...range, piece, index: at });
    index += part.length + 1;
  }
  ranges.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
  for (const [position, range] of ranges.entries()) {
    const before = ranges[position - 1];
    if (before === undefined || before.end < range.start) continue;
    const [first, second] = before.index < range.index ? [before, range] : [range, before];
    const message = `${second.piece} overlaps ${first.piece}; ranges of one expression may not overlap`;
    return { ok: false, piece: second.piece, index: second.index, message };
  }
  return { ok: true, ranges: ranges.map(({ start, end, step }) => ({ start, end, step })) };
}

function parsePiece(part: string): IntRange | string {
  const match = pieceForm.exec(part);
  const piece = part.trim();
  if (match === null)
    return piece === ''
      ? 'found nothing where a number or a range should stand; allowed are 5, 1-10 and 1-10:2'
      : `found ${quote(piece)}; allowed are numbers and ranges: 5, 1-10 and 1-10:2`;
  const from = parseInteger(match[1] ?? '');
  const to = match[2] === undefined ? from : parseInteger(match[2]);
  const step = match[3] === undefined ? 1n : parseInteger(match[3]);
  if (from === null || to === null || step === null)
    return `${quote(piece)} has a number that is too large; allowed is ${anInteger}`;
  if (step === 0n) return `${quote(piece)} has a step of 0; allowed is any other whole number`;
  return rangeOf(from, to, step);
}

/** It always has its first number, and goes on in the direction of its step as far as it reaches. */
function rangeOf(from: bigint, to: bigint, step: bigint): IntRange {
  const distance = (to - from) / step;
  if (distance <= 0n) return { start: from, end: from, step: 1n };
  const reached = from + distance * step;
  return step > 0n ? { start: from, end: reached, step } : { start: reached, end: from, step: -step };
}

export const countOf = ({ start, end, step }: IntRange): bigint => (end - start) / step + 1n;

/** Whole numbers in their order, found by their place in it. */
export interface Sequence {
  readonly count: bigint;
  at(index: bigint): bigint;
  /** What stands from one place up to, and without, another. */
  slice(from: bigint, to: bigint): readonly IntRange[];
}

export function sequenceOf(ranges: readonly IntRange[]): Sequence {
  const starts = startsOf(ranges.map(countOf));
  const count = starts.at(-1) ?? 0n;
  const valueAt = (range: IntRange, index: bigint): bigint => range.start + index * range.step;
  return {
    count,
    at(index) {
      const position = positionOf(starts, index);
      const range = ranges[position];
      if (range === undefined) throw new RangeError(`there is no value ${index} among ${count}`);
      return valueAt(range, index - (starts[position] ?? 0n));
    },
    slice(from, to) {
      const slices: IntRange[] = [];
      for (let position = positionOf(starts, from); position < ranges.length; position++) {
        const range = ranges[position];
        const start = starts[position] ?? 0n;
        if (range === undefined || start >= to) break;
        const first = from > start ? from - start : 0n;
        const last = (to < (starts[position + 1] ?? to) ? to : (starts[position + 1] ?? to)) - 1n - start;
        slices.push({ start: valueAt(range, first), end: valueAt(range, last), step: range.step });
      }
      return slices;
    },
  };
}

/** Where each of the parts starts when they stand one after the other; and at last, where they end. */
export function startsOf(counts: readonly bigint[]): readonly bigint[] {
  const starts = [0n];
  for (const count of counts) starts.push((starts.at(-1) ?? 0n) + count);
  return starts;
}

/** The part in which the place is. */
export function positionOf(starts: readonly bigint[], index: bigint): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0n) <= index) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** As short as it can be said: `1-3,5,7-11:2`. Two numbers are no range. */
export function rangesInWords(ranges: readonly IntRange[]): string {
  const runs: Run[] = [];
  for (const range of ranges) {
    let next = range.start;
    // Each round takes one number, or all that are left of the range.
    while (next <= range.end) {
      const run = runs.at(-1);
      if (run === undefined || (run.step !== null && next - run.end !== run.step)) {
        runs.push({ start: next, end: next, step: null });
        next += range.step;
      } else if (run.step === null) {
        run.step = next - run.end;
        run.end = next;
        next += range.step;
      } else {
        run.end = range.step === run.step ? range.end : next;
        next = run.end + range.step;
      }
    }
  }
  return runs.map(runInWords).join(',');
}

interface Run {
  readonly start: bigint;
  end: bigint;
  /** Null: of one number so far. */
  step: bigint | null;
}

function runInWords({ start, end, step }: Run): string {
  if (step === null) return `${start}`;
  if (start + step === end) return `${start},${end}`;
  return step === 1n ? `${start}-${end}` : `${start}-${end}:${step}`;
}
