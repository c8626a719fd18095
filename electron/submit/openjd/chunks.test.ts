/** Section 3.4.1.5: how values become chunks. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { chunksOf } from './chunks';
import type { Chunks, IntRange } from './model';
import { parseRanges, sequenceOf } from './ranges';

function rangesOf(text: string): readonly IntRange[] {
  const parsed = parseRanges(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.ranges;
}

function chunks(
  ranges: readonly IntRange[],
  size: number,
  rangeConstraint: Chunks['rangeConstraint'],
): readonly string[] {
  const list = chunksOf(ranges, { defaultTaskCount: size, targetRuntimeSeconds: null, rangeConstraint });
  return Array.from({ length: Number(list.count) }, (_, index) => list.at(BigInt(index)));
}

test.each([
  ['1-12', 5, ['1-4', '5-8', '9-12']],
  ['1-10', 4, ['1-4', '5-7', '8-10']],
  ['1-10', 100, ['1-10']],
  ['1-3', 1, ['1-1', '2-2', '3-3']],
  ['1,10-12,18-50', 10, ['1-1', '10-12', '18-26', '27-34', '35-42', '43-50']],
  ['1-9:2,10-12', 10, ['1-1', '3-3', '5-5', '7-7', '9-12']],
  ['1-2,3-9:3', 10, ['1-3', '6-6', '9-9']],
  ['1-4,5-8', 8, ['1-8']],
  ['-3-3', 4, ['-3-0', '1-3']],
])('contiguous: %s by %d', (text, size, expected) => {
  expect(chunks(rangesOf(text), size, 'CONTIGUOUS')).toEqual(expected);
});

test.each([
  ['1-8', 3, ['1-3', '4-6', '7,8']],
  ['1-60:2', 10, ['1-19:2', '21-39:2', '41-59:2']],
  ['1,5,9-11', 10, ['1-9:4,10,11']],
  ['1-3', 1, ['1', '2', '3']],
])('any values: %s by %d', (text, size, expected) => {
  expect(chunks(rangesOf(text), size, 'NONCONTIGUOUS')).toEqual(expected);
});

test('listed values keep their order among the chunks, and stand in order in each', () => {
  const values = [9, 1, 2, 3, 3, 8].map((value) => ({ start: BigInt(value), end: BigInt(value), step: 1n }));
  expect(chunks(values, 3, 'NONCONTIGUOUS')).toEqual(['1,2,9', '3,8']);
  expect(chunks(values, 3, 'CONTIGUOUS')).toEqual(['9-9', '1-3', '3-3', '8-8']);
});

test.each(['CONTIGUOUS', 'NONCONTIGUOUS'] as const)(
  '%s: every value is in one chunk, and none is too large',
  (rangeConstraint) => {
    const pieces = fc.array(
      fc.tuple(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 1, max: 3 }),
      ),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(pieces, fc.integer({ min: 1, max: 8 }), (parts, size) => {
        let next = 0;
        const text = parts
          .map(([gap, length, step]) => {
            const start = next + gap;
            next = start + length;
            return `${start}-${next}:${step}`;
          })
          .join(',');
        const all = sequenceOf(rangesOf(text));
        const cut = chunks(rangesOf(text), size, rangeConstraint).map(rangesOf);
        const values = cut.flatMap((ranges) => {
          const sequence = sequenceOf(ranges);
          expect(Number(sequence.count)).toBeLessThanOrEqual(size);
          return Array.from({ length: Number(sequence.count) }, (_, index) => sequence.at(BigInt(index)));
        });
        expect(values).toEqual(
          Array.from({ length: Number(all.count) }, (_, index) => all.at(BigInt(index))),
        );
      }),
    );
  },
);

test.each(['CONTIGUOUS', 'NONCONTIGUOUS'] as const)(
  '%s: a range of any size is cut without being written out',
  (rangeConstraint) => {
    const list = chunksOf(rangesOf('0-1000000000000:2'), {
      defaultTaskCount: 1000,
      targetRuntimeSeconds: 60,
      rangeConstraint,
    });
    expect(list.count).toBe(rangeConstraint === 'CONTIGUOUS' ? 500_000_000_001n : 500_000_001n);
    expect(list.at(list.count - 1n)).toBe(
      rangeConstraint === 'CONTIGUOUS' ? '1000000000000-1000000000000' : '999999998004-1000000000000:2',
    );
  },
);
