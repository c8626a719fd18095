/** Section 3.4.1.1.1: range expressions. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { IntRange } from './model';
import { parseRanges, rangesInWords, sequenceOf } from './ranges';

function valuesOf(text: string): readonly bigint[] | string {
  const parsed = parseRanges(text);
  if (!parsed.ok) return parsed.message;
  const sequence = sequenceOf(parsed.ranges);
  return Array.from({ length: Number(sequence.count) }, (_, index) => sequence.at(BigInt(index)));
}

test.each([
  ['5', [5n]],
  ['-5', [-5n]],
  ['1 - 5', [1n, 2n, 3n, 4n, 5n]],
  ['1 - -1', [1n]],
  ['-1 - 1', [-1n, 0n, 1n]],
  ['-3--1', [-3n, -2n, -1n]],
  ['1-5:2', [1n, 3n, 5n]],
  ['1-6:2', [1n, 3n, 5n]],
  ['10-15:2,1-5', [1n, 2n, 3n, 4n, 5n, 10n, 12n, 14n]],
  ['1-10:4', [1n, 5n, 9n]],
  ['10-1:-4', [2n, 6n, 10n]],
  ['1-10:-1', [1n]],
  ['\t7 ,\t3-4 : 1 ', [3n, 4n, 7n]],
  ['1-10:4,10-11', [1n, 5n, 9n, 10n, 11n]],
  ['007', [7n]],
  ['9223372036854775806-9223372036854775807', [2n ** 63n - 2n, 2n ** 63n - 1n]],
])('%s', (text, values) => {
  expect(valuesOf(text)).toEqual(values);
});

test.each([
  ['', 'found nothing'],
  ['1,', 'found nothing'],
  ['a', 'found "a"'],
  ['1.5', 'found "1.5"'],
  ['1-', 'found "1-"'],
  ['1..5', 'found "1..5"'],
  ['1-5:', 'found "1-5:"'],
  ['1-5:0', 'step of 0'],
  ['1:2', 'found "1:2"'],
  ['1 2', 'found "1 2"'],
  ['1\n2', 'found "1\\n2"'],
  ['1-5,3', '3 overlaps 1-5'],
  ['1-9:2,2-10:2', '2-10:2 overlaps 1-9:2'],
  ['1-10:2,3-10:2', '3-10:2 overlaps 1-10:2'],
  ['5,5', '5 overlaps 5'],
  ['9223372036854775808', 'too large'],
  ['1-99999999999999999999', 'too large'],
])('refused: %s', (text, message) => {
  expect(valuesOf(text)).toContain(message);
});

test('the place of the mistake is told', () => {
  expect(parseRanges('1-5, x')).toMatchObject({ ok: false, piece: 'x', index: 5 });
});

test('a range of any size is counted at once, and any of its values found', () => {
  const parsed = parseRanges('0-1000000000000:2,-9000000000000000000--1');
  const sequence = sequenceOf(parsed.ok ? parsed.ranges : []);
  expect(sequence.count).toBe(9_000_000_000_000_000_000n + 500_000_000_001n);
  expect(sequence.at(0n)).toBe(-9_000_000_000_000_000_000n);
  expect(sequence.at(sequence.count - 1n)).toBe(1_000_000_000_000n);
});

test.each([
  [[1, 2, 3], '1-3'],
  [[7, 8], '7,8'],
  [[1, 3, 5, 6, 7], '1-5:2,6,7'],
  [[5], '5'],
  [[1, 2, 4, 5, 6], '1,2,4-6'],
  [[-3, -2, -1], '-3--1'],
])('%j is %s in words', (values, words) => {
  expect(rangesInWords(values.map(single))).toBe(words);
});

const single = (value: number): IntRange => ({ start: BigInt(value), end: BigInt(value), step: 1n });

const someRanges = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 1, max: 5 }),
      count: fc.integer({ min: 1, max: 9 }),
      step: fc.integer({ min: 1, max: 4 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((pieces) => {
    let next = -10;
    return pieces.map(({ gap, count, step }): IntRange => {
      const start = next + gap;
      next = start + (count - 1) * step;
      return { start: BigInt(start), end: BigInt(next), step: count === 1 ? 1n : BigInt(step) };
    });
  });

const writtenOut = (ranges: readonly IntRange[]): bigint[] =>
  ranges.flatMap(({ start, end, step }) =>
    Array.from({ length: Number((end - start) / step) + 1 }, (_, index) => start + BigInt(index) * step),
  );

test('whatever ranges are said in words, they are the same numbers when they are read again', () => {
  fc.assert(
    fc.property(someRanges, (ranges) => {
      expect(valuesOf(rangesInWords(ranges))).toEqual(writtenOut(ranges));
    }),
  );
});

test('a slice is what it is of the numbers written out', () => {
  fc.assert(
    fc.property(someRanges, fc.nat(40), fc.nat(40), (ranges, a, b) => {
      const all = writtenOut(ranges);
      const from = Math.min(a, b, all.length - 1);
      const to = Math.min(Math.max(a, b), all.length);
      const slice = sequenceOf(ranges).slice(BigInt(from), BigInt(to));
      expect(writtenOut(slice)).toEqual(all.slice(from, to));
    }),
  );
});

test('any text is a list of ranges or refused', () => {
  const pieces = fc.constantFrom(
    '1',
    '-',
    ',',
    ':',
    ' ',
    '0',
    '9',
    '-7',
    '1-5',
    '\t',
    'x',
    '99999999999999999999',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
      const text = parts.join('');
      const parsed = parseRanges(text);
      if (parsed.ok) expect(sequenceOf(parsed.ranges).count).toBeGreaterThan(0n);
      else expect(text.slice(parsed.index).startsWith(parsed.piece)).toBe(true);
    }),
  );
});
