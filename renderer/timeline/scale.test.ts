import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { around, day, hour, minute, moved, second, ticksOf, timeAt, windowOf, xOf, zoomed } from './scale';

const now = Date.parse('2026-03-02T12:00:00');

describe('the span in sight', () => {
  test('zooms about a moment, which stays where it is', () => {
    const span = around(now, hour);
    const about = now - 10 * minute;
    const nearer = zoomed(span, 0.5, about);
    expect(nearer.to - nearer.from).toBeCloseTo(hour / 2);
    expect(xOf(about, nearer, 1000)).toBeCloseTo(xOf(about, span, 1000));
  });

  test('is never shorter than ten seconds, nor longer than a year or so', () => {
    expect(zoomed(around(now, hour), 1e-9, now).to - zoomed(around(now, hour), 1e-9, now).from).toBeCloseTo(
      10 * second,
    );
    const long = zoomed(around(now, hour), 1e9, now);
    expect(long.to - long.from).toBeCloseTo(400 * day, -3);
  });

  test('is moved by a time', () => {
    expect(moved({ from: 10, to: 20 }, 5)).toEqual({ from: 15, to: 25 });
  });
});

const spans = fc
  .record({
    from: fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2035-01-01') }),
    length: fc.integer({ min: 10 * second, max: 400 * day }),
  })
  .map(({ from, length }) => ({ from, to: from + length }));
const widths = fc.integer({ min: 200, max: 4000 });

test('what is asked for holds what is in sight, and has no more points than the Host tells of', () => {
  fc.assert(
    fc.property(spans, widths, (span, width) => {
      const { from, to, grain } = windowOf(span, width);
      expect(from).toBeLessThanOrEqual(span.from);
      expect(to).toBeGreaterThanOrEqual(span.to);
      expect((to - from) / grain).toBeLessThanOrEqual(10_000);
      expect(Number.isInteger(from) && Number.isInteger(to)).toBe(true);
    }),
  );
});

test('a span that is moved a little asks for the same', () => {
  const span = around(now, hour);
  const asked = new Set(
    Array.from({ length: 100 }, (_, index) => JSON.stringify(windowOf(moved(span, index * second), 1000))),
  );
  expect(asked.size).toBeLessThanOrEqual(2);
});

test('a moment and its place on the screen lead to each other', () => {
  fc.assert(
    fc.property(spans, widths, fc.double({ min: 0, max: 1, noNaN: true }), (span, width, part) => {
      expect(xOf(timeAt(part * width, span, width), span, width)).toBeCloseTo(part * width, 3);
    }),
  );
});

test('ticks are in sight, in order, and not too close', () => {
  fc.assert(
    fc.property(spans, widths, (span, width) => {
      const ticks = ticksOf(span, width);
      expect(ticks.length).toBeLessThan(60);
      ticks.forEach(({ at }, index) => {
        expect(at).toBeGreaterThanOrEqual(span.from);
        expect(at).toBeLessThanOrEqual(span.to);
        const before = ticks[index - 1];
        if (before !== undefined) expect(at).toBeGreaterThan(before.at);
      });
    }),
  );
});

test('ticks are at round times, and say where a day begins', () => {
  const hours = ticksOf({ from: now - 14 * hour, to: now }, 800);
  expect(hours.map(({ words }) => words)).toEqual([
    '22:00',
    'Mon 2 Mar',
    '02:00',
    '04:00',
    '06:00',
    '08:00',
    '10:00',
    '12:00',
  ]);
  expect(
    ticksOf({ from: now, to: now + minute }, 700)
      .map(({ words }) => words)
      .slice(0, 2),
  ).toEqual(['12:00:00', '12:00:10']);
});
