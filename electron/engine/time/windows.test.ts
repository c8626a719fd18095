import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DailyWindow } from '../../../shared/model/dependency';
import { changes, clockOf, reading, zones } from './clocks-for-tests';
import { isOpen, nextChange, problemWithWindow } from './windows';
import { dayMs } from './zones';

const window = (times: string, timeZone: string): DailyWindow => {
  const [opens = '', closes = ''] = times.split('-');
  return { opens, closes, timeZone };
};

function changesFrom(window: DailyWindow, from: string, count: number): string[] {
  const found: string[] = [];
  let at: number | null = Date.parse(from);
  while (found.length < count && at !== null) {
    at = nextChange(window, at);
    if (at !== null)
      found.push(`${isOpen(window, at) ? 'opens' : 'closes'} ${new Date(at).toISOString().slice(0, 16)}`);
  }
  return found;
}

test('within a day, and over midnight', () => {
  const day = window('09:00-17:00', 'Asia/Kolkata');
  expect(isOpen(day, Date.parse('2026-03-01T09:00+05:30'))).toBe(true);
  expect(isOpen(day, Date.parse('2026-03-01T17:00+05:30') - 1)).toBe(true);
  expect(isOpen(day, Date.parse('2026-03-01T17:00+05:30'))).toBe(false);
  const night = window('22:00-06:00', 'Asia/Kolkata');
  expect(isOpen(night, Date.parse('2026-03-01T21:59+05:30'))).toBe(false);
  expect(isOpen(night, Date.parse('2026-03-01T23:59+05:30'))).toBe(true);
  expect(isOpen(night, Date.parse('2026-03-01T05:59+05:30'))).toBe(true);
  expect(isOpen(night, Date.parse('2026-03-01T06:00+05:30'))).toBe(false);
  expect(changesFrom(night, '2026-03-01T00:00+05:30', 3)).toEqual([
    'closes 2026-03-01T00:30',
    'opens 2026-03-01T16:30',
    'closes 2026-03-02T00:30',
  ]);
});

test('always open when it closes as it opens', () => {
  const always = window('08:00-08:00', 'Europe/Berlin');
  expect(isOpen(always, 0)).toBe(true);
  expect(nextChange(always, 0)).toBeNull();
});

describe('when the clocks are changed', () => {
  test.each([
    [
      'the night is an hour shorter',
      '22:00-06:00',
      'Europe/Berlin',
      '2026-03-28T12:00Z',
      ['opens 2026-03-28T21:00', 'closes 2026-03-29T04:00'],
    ],
    [
      'the night is an hour longer',
      '22:00-06:00',
      'Europe/Berlin',
      '2026-10-24T12:00Z',
      ['opens 2026-10-24T20:00', 'closes 2026-10-25T05:00'],
    ],
    [
      'it opens at the end of the gap',
      '02:30-06:00',
      'America/New_York',
      '2026-03-08T00:00-05:00',
      ['opens 2026-03-08T07:00', 'closes 2026-03-08T10:00'],
    ],
    [
      'it closes at the start of the gap',
      '00:00-02:30',
      'America/New_York',
      '2026-03-07T23:00-05:00',
      ['opens 2026-03-08T05:00', 'closes 2026-03-08T07:00'],
    ],
    [
      'a window in the gap stays closed that day',
      '02:05-02:25',
      'Australia/Lord_Howe',
      '2026-10-03T12:00Z',
      ['opens 2026-10-04T15:05', 'closes 2026-10-04T15:25'],
    ],
    [
      'a window in what is shown twice is open twice',
      '01:35-01:50',
      'Australia/Lord_Howe',
      '2026-04-04T12:00Z',
      [
        'opens 2026-04-04T14:35',
        'closes 2026-04-04T14:50',
        'opens 2026-04-04T15:05',
        'closes 2026-04-04T15:20',
      ],
    ],
    [
      'the clocks going back close what they had opened',
      '02:30-06:00',
      'Europe/Berlin',
      '2026-10-24T23:00Z',
      [
        'opens 2026-10-25T00:30',
        'closes 2026-10-25T01:00',
        'opens 2026-10-25T01:30',
        'closes 2026-10-25T05:00',
      ],
    ],
  ])('%s', (_, times, timeZone, from, expected) => {
    expect(changesFrom(window(times, timeZone), from, expected.length)).toEqual(expected);
  });
});

test('what is wrong is said', () => {
  expect(problemWithWindow(window('22:00-06:00', 'Europe/Berlin'))).toBeNull();
  expect(problemWithWindow(window('24:00-06:00', 'Europe/Berlin'))).toBe(
    '"24:00" is no time of the day; allowed is HH:MM, 00:00 to 23:59, such as 22:00',
  );
  expect(problemWithWindow(window('22:00-6:00', 'Europe/Berlin'))).toContain('"6:00" is no time of the day');
  expect(problemWithWindow(window('22:00-06:00', 'Berlin'))).toContain('"Berlin" is no time zone');
  expect(() => isOpen(window('8-9', 'UTC'), 0)).toThrow('a window from 8 to 9 was let in');
});

const clockTime = fc
  .integer({ min: 0, max: 24 * 60 - 1 })
  .map((minute) => reading(minute * 60_000).slice(11));

test('open is what the clocks say, a change changes it, and nothing does in between', () => {
  const around = fc.oneof(
    fc.constantFrom(...changes).chain(({ timeZone, date }) =>
      fc.record({
        timeZone: fc.constant(timeZone),
        at: fc.integer({ min: -2 * dayMs, max: 2 * dayMs }).map((later) => Date.parse(date) + later),
      }),
    ),
    fc.record({ timeZone: fc.constantFrom(...zones), at: fc.integer({ min: 0, max: Date.UTC(2040, 0) }) }),
  );
  fc.assert(
    fc.property(around, clockTime, clockTime, ({ timeZone, at }, opens, closes) => {
      const window: DailyWindow = { opens, closes, timeZone };
      const clock = clockOf(timeZone);
      const says = (at: number): boolean => {
        const shown = reading(clock(at)).slice(11);
        return opens < closes ? opens <= shown && shown < closes : opens <= shown || shown < closes;
      };
      const open = isOpen(window, at);
      expect(open).toBe(says(at));
      const change = nextChange(window, at);
      if (change === null) {
        expect(opens).toBe(closes);
        return;
      }
      expect(opens).not.toBe(closes);
      expect(change).toBeGreaterThan(at);
      expect(isOpen(window, change)).toBe(!open);
      expect(isOpen(window, change - 1)).toBe(open);
      for (let between = at; between < change; between += 60_000)
        if (says(between) !== open) expect(between).toBe(change);
    }),
    { numRuns: 150 },
  );
});
