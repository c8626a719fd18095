import { Cron } from 'croner';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changes, clockOf, reading, zones } from './clocks-for-tests';
import { cronFirings } from './cron-firings';
import { dayMs } from './zones';

const minuteMs = 60_000;

function within(expression: string, timeZone: string, after: number, before: number): number[] {
  const found: number[] = [];
  for (const batch of cronFirings(expression, timeZone, after)) {
    found.push(...batch.filter((at) => at < before));
    if ((batch.at(-1) ?? 0) >= before) break;
  }
  return found;
}

const iso = (at: number): string => new Date(at).toISOString().slice(0, 16);
const times = (expression: string, timeZone: string, after: string, before: string): string[] =>
  within(expression, timeZone, Date.parse(after) - 1, Date.parse(before)).map(iso);

describe('a time of the day that is left out comes at the end of the gap', () => {
  test.each([
    // The day before, the day of the change, the day after; in UTC.
    ['Europe/Berlin', '2026-03-28', ['2026-03-28T01:30', '2026-03-29T01:00', '2026-03-30T00:30']],
    ['America/New_York', '2026-03-07', ['2026-03-07T07:30', '2026-03-08T07:00', '2026-03-09T06:30']],
    ['Asia/Kolkata', '2026-03-27', ['2026-03-27T21:00', '2026-03-28T21:00', '2026-03-29T21:00']],
  ])('30 2 * * * in %s', (timeZone, from, expected) => {
    expect(times('30 2 * * *', timeZone, `${from}T00:00Z`, `${expected[2]?.slice(0, 10)}T23:00Z`)).toEqual(
      expected,
    );
  });

  test('half an hour in Lord Howe, where 02:30 is the end of the gap itself', () => {
    const around = ['2026-10-02T15:00Z', '2026-10-05T14:00Z'] as const;
    const lordHowe = 'Australia/Lord_Howe';
    expect(times('15 2 * * *', lordHowe, ...around)).toEqual([
      '2026-10-02T15:45',
      '2026-10-03T15:30',
      '2026-10-04T15:15',
    ]);
    expect(times('30 2 * * *', lordHowe, ...around)).toEqual([
      '2026-10-02T16:00',
      '2026-10-03T15:30',
      '2026-10-04T15:30',
    ]);
  });

  test('what falls together there is one firing', () => {
    expect(times('0,20,40 2,3 * * *', 'Europe/Berlin', '2026-03-29T00:00Z', '2026-03-29T12:00Z')).toEqual([
      '2026-03-29T01:00',
      '2026-03-29T01:20',
      '2026-03-29T01:40',
    ]);
  });

  test('every second hour: also on the day without 02:00', () => {
    expect(times('0 */2 * * *', 'Europe/Berlin', '2026-03-28T23:00Z', '2026-03-29T04:00Z')).toEqual([
      '2026-03-28T23:00',
      '2026-03-29T01:00',
      '2026-03-29T02:00',
    ]);
  });

  test('a date that is left out comes at the start of the next', () => {
    expect(times('30 2 30 12 *', 'Pacific/Apia', '2011-01-01T00:00Z', '2012-06-01T00:00Z')).toEqual([
      '2011-12-30T10:00',
    ]);
  });
});

describe('a time of the day that is shown twice comes at the first showing', () => {
  test.each([
    [
      'Europe/Berlin',
      '30 2 * * *',
      '2026-10-24',
      ['2026-10-24T00:30', '2026-10-25T00:30', '2026-10-26T01:30'],
    ],
    [
      'America/New_York',
      '30 1 * * *',
      '2026-10-31',
      ['2026-10-31T05:30', '2026-11-01T05:30', '2026-11-02T06:30'],
    ],
    [
      'Australia/Lord_Howe',
      '45 1 * * *',
      '2026-04-03',
      ['2026-04-03T14:45', '2026-04-04T14:45', '2026-04-05T15:15'],
    ],
    [
      'Asia/Kolkata',
      '30 1 * * *',
      '2026-10-24',
      ['2026-10-24T20:00', '2026-10-25T20:00', '2026-10-26T20:00'],
    ],
  ])('%s', (timeZone, expression, from, expected) => {
    expect(times(expression, timeZone, `${from}T00:00Z`, `${expected[2]?.slice(0, 10)}T23:00Z`)).toEqual(
      expected,
    );
  });

  test('also when asked between the two showings', () => {
    const betweenThem = Date.parse('2026-10-25T01:10Z');
    expect(cronFirings('30 2 * * *', 'Europe/Berlin', betweenThem).next().value?.[0]).toBe(
      Date.parse('2026-10-26T01:30Z'),
    );
  });
});

describe('when all hours match, it goes on through the change', () => {
  test('half-hours in Berlin: the hour that is shown twice has four', () => {
    expect(times('*/30 * * * *', 'Europe/Berlin', '2026-10-25T00:00Z', '2026-10-25T03:00Z')).toEqual([
      '2026-10-25T00:00',
      '2026-10-25T00:30',
      '2026-10-25T01:00',
      '2026-10-25T01:30',
      '2026-10-25T02:00',
      '2026-10-25T02:30',
    ]);
  });

  test('half past in Berlin: nothing is made up for the hour that is left out', () => {
    expect(times('30 * * * *', 'Europe/Berlin', '2026-03-29T00:00Z', '2026-03-29T03:00Z')).toEqual([
      '2026-03-29T00:30',
      '2026-03-29T01:30',
      '2026-03-29T02:30',
    ]);
  });

  test('on the hour in Lord Howe, whose clocks change by half an hour', () => {
    expect(times('0 * * * *', 'Australia/Lord_Howe', '2026-10-03T13:30Z', '2026-10-03T17:30Z')).toEqual([
      '2026-10-03T13:30',
      '2026-10-03T14:30',
      '2026-10-03T16:00',
      '2026-10-03T17:00',
    ]);
    expect(times('30 * * * *', 'Australia/Lord_Howe', '2026-04-04T13:30Z', '2026-04-04T16:30Z')).toEqual([
      '2026-04-04T13:30',
      '2026-04-04T14:30',
      '2026-04-04T15:00',
      '2026-04-04T16:00',
    ]);
  });

  test('also where the clocks go back to the day before', () => {
    expect(times('30 * 23 3 *', 'America/Asuncion', '2024-03-24T01:00Z', '2024-06-01T00:00Z')).toEqual([
      '2024-03-24T01:30',
      '2024-03-24T02:30',
      '2024-03-24T03:30',
    ]);
  });
});

test.each(zones)('once on each date of the years, whatever the clocks do: %s', (timeZone) => {
  const clock = clockOf(timeZone);
  for (const year of [2010, 2011, 2024, 2026]) {
    const firstDay = Date.UTC(year, 0);
    const days = (Date.UTC(year + 1, 0) - firstDay) / dayMs;
    const found = within('30 2 * * *', timeZone, firstDay - 2 * dayMs, firstDay + (days + 2) * dayMs);
    const dates = found.map((at) => reading(clock(at)).slice(0, 10));
    const ofYear = dates.filter((date) => date.startsWith(`${year}`));
    if (timeZone === 'Pacific/Apia' && year === 2011) {
      // Its 30 December never was: what was due then comes when the 31st begins.
      expect(ofYear.filter((date) => date === '2011-12-31')).toHaveLength(2);
      expect(ofYear).toHaveLength(365);
    } else {
      expect(ofYear).toEqual(
        Array.from({ length: days }, (_, day) => new Date(firstDay + day * dayMs).toISOString().slice(0, 10)),
      );
    }
  }
});

/** The rules as they are written, by looking at the clock at every minute. */
function byLooking(
  minutes: ReadonlySet<number>,
  hours: ReadonlySet<number>,
  days: ReadonlySet<number>,
  clock: readonly (readonly [at: number, shown: number])[],
): number[] {
  const matches = (shown: number): boolean => {
    const date = new Date(shown);
    return minutes.has(date.getUTCMinutes()) && hours.has(date.getUTCHours()) && days.has(date.getUTCDate());
  };
  if (hours.size === 24) return clock.filter(([, shown]) => matches(shown)).map(([at]) => at);
  const found = new Set<number>();
  let reached = clock[0]?.[1] ?? 0;
  for (const [at, shown] of clock) {
    for (; reached <= shown; reached += minuteMs) if (matches(reached)) found.add(at);
  }
  return [...found];
}

const subset = (least: number, most: number): fc.Arbitrary<number[]> =>
  fc.uniqueArray(fc.integer({ min: least, max: most }), { minLength: 1, maxLength: 5 });

test.each(changes)('agrees with looking at the clock: $timeZone, $date: $what', ({ timeZone, date }) => {
  const clock = clockOf(timeZone);
  const from = Date.parse(date) - 2 * dayMs;
  const looks = Array.from({ length: (5 * dayMs) / minuteMs }, (_, index): [number, number] => {
    const at = from + index * minuteMs;
    return [at, clock(at)];
  });
  const hours = fc.oneof(
    fc.constant('*'),
    subset(0, 23),
    subset(0, 3).map((found) => [...found, 23]),
  );
  const days = fc.oneof(fc.constant('*'), subset(1, 31));
  fc.assert(
    fc.property(subset(0, 59), hours, days, fc.nat(4 * dayMs), (minutes, hours, days, later) => {
      const set = (found: string | number[], count: number): ReadonlySet<number> =>
        new Set(typeof found === 'string' ? Array.from({ length: count }, (_, index) => index) : found);
      const expression = `${minutes.join()} ${String(hours)} ${String(days)} * *`;
      const expected = byLooking(set(minutes, 60), set(hours, 24), set(days, 32), looks);
      const after = from + dayMs / 2 + later;
      expect(within(expression, timeZone, after, from + 5 * dayMs).map(iso)).toEqual(
        expected.filter((at) => at > after).map(iso),
      );
    }),
    { numRuns: 150 },
  );
});

// What croner does by itself: right for one time a day and for all hours, which are checked against each
// other here; but lists and steps of hours are left out in gaps and come twice when clocks are set back.
test.each([
  ['Europe/Berlin', '30 2 * * *'],
  ['America/New_York', '30 1 * * *'],
  ['Australia/Lord_Howe', '15 2 * * *'],
  ['Australia/Lord_Howe', '45 1 * * 0'],
  ['Europe/Berlin', '*/30 * 20-31 * *'],
  ['Australia/Lord_Howe', '*/20 * 1-7 * *'],
])('agrees with croner in %s on %s', (timeZone, expression) => {
  const from = Date.UTC(2026, 0);
  const before = Date.UTC(2027, 0);
  const croner = new Cron(expression, { timezone: timeZone, mode: '5-part' });
  const found = within(expression, timeZone, from, before);
  expect(croner.nextRuns(found.length, new Date(from)).map((date) => iso(date.getTime()))).toEqual(
    found.map(iso),
  );
});

test.each([
  ['30 1,2 * * *', '2026-03-29', 2, 1],
  ['30 1,2 * * *', '2026-10-25', 2, 3],
  ['0 */2 * * *', '2026-10-25', 12, 13],
])('differs from croner: %s on %s', (expression, date, ours, theirs) => {
  const clock = clockOf('Europe/Berlin');
  const onDate = (at: number): boolean => reading(clock(at)).startsWith(date);
  const from = Date.parse(date) - dayMs;
  expect(within(expression, 'Europe/Berlin', from, from + 3 * dayMs).filter(onDate)).toHaveLength(ours);
  const croner = new Cron(expression, { timezone: 'Europe/Berlin', mode: '5-part' });
  const runs = croner.nextRuns(50, new Date(from)).map((run) => run.getTime());
  expect(runs.filter(onDate)).toHaveLength(theirs);
});
