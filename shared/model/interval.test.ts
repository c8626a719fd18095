import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { curveAround, dalys, guessedMeanMs, lostPerHour, meanOf, withLimit, youngs } from './interval';

const hour = 3_600_000;
/** Writing takes up to a quarter of the time between two interruptions: there, anybody would still do it. */
const interruptions = fc
  .record({
    meanMs: fc.double({ min: 60_000, max: 1e11, noNaN: true }),
    part: fc.double({ min: 1e-9, max: 0.25, noNaN: true }),
  })
  .map(({ meanMs, part }) => ({ meanMs, costMs: meanMs * part }));

describe('the interval', () => {
  test('that is proposed loses least: none that is shorter or longer is notably better', () => {
    fc.assert(
      fc.property(interruptions, fc.double({ min: 0.01, max: 100, noNaN: true }), (known, factor) => {
        const best = lostPerHour(dalys(known), known);
        expect(best).toBeLessThanOrEqual(lostPerHour(dalys(known) * factor, known) * 1.01);
      }),
    );
  });

  test('of Young and of Daly are nearly the same where writing is quick', () => {
    const known = { costMs: 1000, meanMs: 100 * hour };
    expect(youngs(known)).toBeCloseTo(Math.sqrt(2 * 1000 * 100 * hour), 6);
    expect(dalys(known) / youngs(known)).toBeCloseTo(1, 2);
    expect(lostPerHour(youngs(known), known) / hour).toBeCloseTo(0.00236, 4);
  });

  test('is longer when writing costs more, and shorter when interruptions come more often', () => {
    fc.assert(
      fc.property(interruptions, (known) => {
        expect(dalys({ ...known, meanMs: known.meanMs * 2 })).toBeGreaterThan(dalys(known));
        expect(dalys({ ...known, costMs: known.costMs / 2 })).toBeLessThan(dalys(known));
        expect(dalys(known)).toBeGreaterThan(0);
      }),
    );
  });

  test('is the time between interruptions where writing takes longer than they leave', () => {
    expect(dalys({ costMs: 3000, meanMs: 1000 })).toBe(1000);
  });

  test('of a time limit: it interrupts, too', () => {
    expect(withLimit(100, null)).toBe(100);
    expect(withLimit(100, 100)).toBe(50);
    const known = { costMs: 5000, meanMs: 1000 * hour };
    expect(dalys({ ...known, meanMs: withLimit(known.meanMs, hour) })).toBeLessThan(dalys(known) / 10);
  });

  test('without any failure goes by a guess, which fades as more is known', () => {
    expect(meanOf(0, 0)).toBe(guessedMeanMs);
    expect(meanOf(0, guessedMeanMs)).toBe(2 * guessedMeanMs);
    expect(meanOf(1000, 1000 * hour) / hour).toBeCloseTo(1.72, 2);
  });

  test('stands in the middle of its curve, which falls towards it and rises after it', () => {
    const known = { costMs: 2000, meanMs: 50 * hour };
    const losses = curveAround(dalys(known), known).map(({ lostMs }) => lostMs);
    expect(losses).toHaveLength(25);
    expect(losses.slice(0, 13)).toEqual(losses.slice(0, 13).toSorted((a, b) => b - a));
    expect(losses.slice(12)).toEqual(losses.slice(12).toSorted((a, b) => a - b));
  });
});
