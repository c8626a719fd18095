import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { changes, clockOf, zones } from './clocks-for-tests';
import { dayMs, offsetAt, problemWithZone, stretchFrom } from './zones';

test.each(zones)('knows what the clocks of %s show', (timeZone) => {
  const clock = clockOf(timeZone);
  const seconds = fc.integer({ min: Date.UTC(1970, 0) / 1000, max: Date.UTC(2040, 0) / 1000 });
  fc.assert(
    fc.property(seconds, (second) => {
      expect(second * 1000 + offsetAt(timeZone, second * 1000)).toBe(clock(second * 1000));
    }),
  );
});

test.each(changes)('finds the instant of a change: $timeZone, $date', ({ timeZone, date, what }) => {
  const from = Date.parse(date) - dayMs + 12_345;
  let stretch = stretchFrom(timeZone, from);
  while (stretch !== null && stretch.to === stretch.from + dayMs && stretch.to < from + 3 * dayMs)
    stretch = stretchFrom(timeZone, stretch.to);
  const changed = stretch?.to ?? 0;
  expect(offsetAt(timeZone, changed - 1) !== offsetAt(timeZone, changed)).toBe(what !== 'nothing');
});

test('offsets may have seconds', () => {
  expect(offsetAt('Africa/Monrovia', Date.UTC(1971, 0))).toBe(-(44 * 60 + 30) * 1000);
});

test('the end of time is an end', () => {
  expect(stretchFrom('UTC', 8.64e15)).toBeNull();
});

test.each(['Europe/Berlin', 'america/new_york', 'UTC', 'Etc/GMT+5'])('%s is a time zone', (name) => {
  expect(problemWithZone(name)).toBeNull();
});

test.each(['', 'Europe/Berln', '+02:00', 'UTC+2', ' UTC', 'x'.repeat(10_000)])(
  '%j is no time zone',
  (name) => {
    expect(problemWithZone(name)).toMatch(/is no time zone that is known here; allowed are IANA names/);
  },
);
