import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GrowingSpread } from './spread';

function spreadOf(values: readonly number[]): GrowingSpread {
  const spread = new GrowingSpread();
  for (const value of values) spread.add(value);
  return spread;
}

test('knows its ends, its sum and, to 2 %, what is between', () => {
  const values = fc.array(fc.double({ min: 0, max: 1e12, noNaN: true }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (all, part) => {
      const sorted = all.toSorted((a, b) => a - b);
      const spread = spreadOf(all);
      expect([spread.count, spread.least, spread.most]).toEqual([all.length, sorted[0], sorted.at(-1)]);
      const exact = sorted[Math.max(0, Math.ceil(part * all.length) - 1)] ?? 0;
      const found = spread.quantile(part) ?? NaN;
      expect(Math.abs(found - exact)).toBeLessThanOrEqual(0.025 * exact + 1e-300);
    }),
  );
});

test('of nothing it tells nothing', () => {
  expect(spreadOf([]).quantile(0.5)).toBe(null);
});
