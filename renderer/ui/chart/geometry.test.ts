import { assert, double, integer, property, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaPath, linePath, nearest, niceTop, runsOf, timeMarks } from './geometry';

const frame = { from: 0, to: 100, top: 10, width: 200, height: 50 };

describe('the lines of a chart', () => {
  it('break where nothing is known, and where too much time passes', () => {
    const points = [
      { at: 0, value: 1 },
      { at: 10, value: 2 },
      { at: 20, value: null },
      { at: 30, value: 3 },
      { at: 90, value: 4 },
      { at: 99, value: 5 },
    ];
    const runs = runsOf(points, 30).map((run) => run.map(({ at }) => at));
    expect(runs).toEqual([[0, 10], [30], [90, 99]]);
  });

  it('stand in the frame; a lone point is a dot, and nothing is nothing', () => {
    const runs = [
      [
        { at: 0, value: 0 },
        { at: 50, value: 10 },
      ],
      [{ at: 100, value: 20 }],
    ];
    expect(linePath(frame, runs)).toBe('M0.0 50.0L100.0 0.0M200.0 0.0h0');
    expect(areaPath(frame, runs)).toBe('M0.0 50.0L0.0 50.0L100.0 0.0L100.0 50.0Z');
    expect(linePath(frame, runsOf([], 1))).toBe('');
  });

  it('have a scale that is easy to read', () => {
    expect([0, 0.3, 1, 1.1, 49, 51, 4_300_000].map(niceTop)).toEqual([1, 0.5, 1, 2, 50, 100, 5_000_000]);
    assert(
      property(double({ min: 1e-6, max: 1e12, noNaN: true }), (value) => {
        expect(niceTop(value)).toBeGreaterThanOrEqual(value);
        expect(niceTop(value)).toBeLessThanOrEqual(value * 2.5 + 1e-9);
      }),
    );
  });

  it('have marks at round times', () => {
    expect(timeMarks(95, 305, 100)).toEqual([100, 200, 300]);
    expect(timeMarks(101, 102, 100)).toEqual([]);
  });

  it('find the point next to a time', () => {
    expect(nearest([], 5)).toBe(-1);
    assert(
      property(uniqueArray(integer(), { minLength: 1 }), integer(), (some, at) => {
        const times = some.toSorted((a, b) => a - b);
        const found = times[nearest(times, at)] ?? NaN;
        expect(Math.abs(found - at)).toBe(Math.min(...times.map((time) => Math.abs(time - at))));
      }),
    );
  });
});
