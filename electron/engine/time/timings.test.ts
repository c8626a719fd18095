import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Timing } from '../../../shared/model/schedule';
import { clockOf, zones } from './clocks-for-tests';
import { countFirings, firingsWithin, nextFiring, problemWithTiming } from './timings';
import { dayMs } from './zones';

test('once', () => {
  const timing: Timing = { kind: 'once', at: 1000 };
  expect(nextFiring(timing, 999)).toBe(1000);
  expect(nextFiring(timing, 1000)).toBeNull();
  expect(firingsWithin(timing, 0, 1000, 5)).toEqual([1000]);
  expect(firingsWithin(timing, 0, 999, 5)).toEqual([]);
});

test('every', () => {
  const timing: Timing = { kind: 'every', from: 10_000, milliseconds: 3000 };
  expect(nextFiring(timing, -5)).toBe(10_000);
  expect(nextFiring(timing, 10_000)).toBe(13_000);
  expect(nextFiring(timing, 12_999)).toBe(13_000);
  expect(firingsWithin(timing, 10_000, 20_000, 2)).toEqual([13_000, 16_000]);
  expect(firingsWithin(timing, 10_000, 20_000, 0)).toEqual([]);
});

test('missed times of a regular timing are reckoned, not counted one by one', () => {
  const timing: Timing = { kind: 'every', from: 0, milliseconds: 1000 };
  expect(nextFiring(timing, 8e15 + 1)).toBe(8e15 + 1000);
  expect(countFirings(timing, 0, 8e15)).toEqual({ count: 8e12, newest: 8e15 });
});

test('cron may have years between two times', () => {
  const leapDays: Timing = { kind: 'cron', expression: '0 0 29 2 *', timeZone: 'Europe/Berlin' };
  expect(nextFiring(leapDays, Date.UTC(2096, 2))).toBe(Date.parse('2104-02-28T23:00Z'));
  const never: Timing = { kind: 'cron', expression: '0 0 30 2 *', timeZone: 'Europe/Berlin' };
  expect(nextFiring(never, 0)).toBeNull();
});

test('cron ends where time ends', () => {
  const timing: Timing = { kind: 'cron', expression: '* * * * *', timeZone: 'UTC' };
  expect(nextFiring(timing, 8.64e15)).toBeNull();
});

test('what is wrong is said', () => {
  expect(problemWithTiming({ kind: 'once', at: Number.NaN })).toBe('NaN is no time');
  expect(problemWithTiming({ kind: 'every', from: 0, milliseconds: 0 })).toBe(
    'every 0 milliseconds is not possible; allowed is a whole number, at least 1000',
  );
  expect(problemWithTiming({ kind: 'every', from: 9e15, milliseconds: 1000 })).toContain(
    'no time to begin at',
  );
  expect(problemWithTiming({ kind: 'cron', expression: '* 25 * * *', timeZone: 'UTC' })).toContain(
    '"25" is no hour',
  );
  expect(problemWithTiming({ kind: 'cron', expression: '* 5 * * *', timeZone: 'Mars' })).toContain(
    '"Mars" is no time zone',
  );
  expect(problemWithTiming({ kind: 'cron', expression: '* 5 * * *', timeZone: 'UTC' })).toBeNull();
  expect(problemWithTiming({ kind: 'every', from: 0, milliseconds: 1000 })).toBeNull();
  expect(problemWithTiming({ kind: 'once', at: 0 })).toBeNull();
});

const field = (least: number, most: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constant('*'),
    fc.integer({ min: 2, max: most - least }).map((step) => `*/${step}`),
    fc.integer({ min: least, max: most }).map(String),
    fc
      .tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most }))
      .map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
  );
const instant = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2030, 0) });
const timings: fc.Arbitrary<Timing> = fc.oneof(
  fc.record({ kind: fc.constant('once'), at: instant }),
  fc.record({
    kind: fc.constant('every'),
    from: instant,
    milliseconds: fc.integer({ min: 1000, max: dayMs }),
  }),
  fc.record({
    kind: fc.constant('cron'),
    expression: fc
      .tuple(field(0, 59), field(0, 23), field(1, 28), field(1, 12), field(0, 6))
      .map((fields) => fields.join(' ')),
    timeZone: fc.constantFrom(...zones),
  }),
);

test('strictly increasing, and the same one by one, as a list and counted', () => {
  fc.assert(
    fc.property(timings, instant, fc.nat(400 * dayMs), (timing, after, length) => {
      expect(problemWithTiming(timing)).toBeNull();
      const some = firingsWithin(timing, after, after + length, 40);
      let last = after;
      for (const at of some) {
        expect(at).toBeGreaterThan(last);
        expect(nextFiring(timing, last)).toBe(at);
        last = at;
      }
      if (some.length < 40) {
        expect(nextFiring(timing, last) ?? Infinity).toBeGreaterThan(after + length);
        expect(countFirings(timing, after, after + length)).toEqual({
          count: some.length,
          newest: some.at(-1) ?? null,
        });
      } else expect(countFirings(timing, after, last)).toEqual({ count: 40, newest: last });
    }),
    { numRuns: 300 },
  );
});

test('the clocks show what the expression says, but at the end of a gap', () => {
  const hour = fc.integer({ min: 0, max: 23 });
  const minute = fc.integer({ min: 0, max: 59 });
  fc.assert(
    fc.property(fc.constantFrom(...zones), hour, minute, instant, (timeZone, hour, minute, after) => {
      const timing: Timing = { kind: 'cron', expression: `${minute} ${hour} * * *`, timeZone };
      const clock = clockOf(timeZone);
      for (const at of firingsWithin(timing, after, after + 400 * dayMs, 30)) {
        const timeOf = (at: number): number => new Date(clock(at)).getTime() % dayMs;
        const wanted = (hour * 60 + minute) * 60_000;
        const inGap = clock(at) - clock(at - 1000) > 1000;
        if (!inGap) expect(timeOf(at)).toBe(wanted);
        else
          expect(clock(at - 1000) + 1000).toBeLessThanOrEqual(
            clock(at) - ((timeOf(at) - wanted + dayMs) % dayMs),
          );
      }
    }),
    { numRuns: 200 },
  );
});
