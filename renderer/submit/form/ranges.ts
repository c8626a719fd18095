/** Numbers and ranges as people type them, `1-100:5,120`, with some of them taken out. */

interface Range {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

const form = /^\s*(-?\d+)\s*(?:-\s*(-?\d+)\s*(?::\s*(-?\d+)\s*)?)?$/;

/** Null: it is no such text, or its numbers are too large. */
function rangesIn(text: string): readonly Range[] | null {
  const ranges: Range[] = [];
  for (const piece of text.split(',')) {
    const [, first, last = first, by = '1'] = form.exec(piece) ?? [];
    const [from, to, step] = [Number(first), Number(last), Number(by)];
    if (![from, to, step].every(Number.isSafeInteger) || step === 0) return null;
    const steps = Math.max(0, Math.floor((to - from) / step));
    const end = from + steps * step;
    ranges.push(step > 0 ? { from, to: end, step } : { from: end, to: from, step: -step });
  }
  return ranges;
}

const countOf = ({ from, to, step }: Range): number => (to - from) / step + 1;

function inWords({ from, to, step }: Range): string {
  if (from === to) return `${from}`;
  if (from + step === to && step > 1) return `${from},${to}`;
  return `${from}-${to}${step === 1 ? '' : `:${step}`}`;
}

const textOf = (ranges: readonly Range[]): string => ranges.map(inWords).join(',');

/** More are not taken out one by one. */
const mostTakenOut = 10_000;

/** Null: that cannot be done, or nothing would be left. */
export function withoutNumbers(text: string, taken: string): string | null {
  const ranges = rangesIn(text);
  const out = rangesIn(taken);
  if (ranges === null || out === null) return null;
  if (out.reduce((sum, range) => sum + countOf(range), 0) > mostTakenOut) return null;
  let left = ranges;
  for (const { from, to, step } of out)
    for (let number = from; number <= to; number += step)
      left = left.flatMap((range) => split(range, number));
  return left.length === 0 ? null : textOf(left);
}

function split(range: Range, number: number): readonly Range[] {
  const { from, to, step } = range;
  if (number < from || number > to || (number - from) % step !== 0) return [range];
  const parts = [
    { from, to: number - step, step },
    { from: number + step, to, step },
  ];
  return parts.filter((part) => part.from <= part.to);
}

/** The first, the middle and the last number: enough to see whether all is well. Null: there are no more than that. */
export function fewOf(text: string): string | null {
  const ranges = rangesIn(text)?.toSorted((a, b) => a.from - b.from);
  if (ranges === undefined) return null;
  const count = ranges.reduce((sum, range) => sum + countOf(range), 0);
  if (count <= 3) return null;
  const numbers = [0, Math.floor((count - 1) / 2), count - 1].map((index) => numberAt(ranges, index));
  return [...new Set(numbers)].toSorted((a, b) => a - b).join(',');
}

function numberAt(ranges: readonly Range[], index: number): number {
  let rest = index;
  for (const range of ranges) {
    if (rest < countOf(range)) return range.from + rest * range.step;
    rest -= countOf(range);
  }
  throw new RangeError('there are fewer numbers than that');
}
