import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { problemWithCron, readPattern } from './cron-pattern';
import { dayMs } from './zones';
import { reading } from './clocks-for-tests';

const between = (expression: string, from: string, to: string): string[] =>
  readPattern(expression)
    .between(Date.parse(`${from}Z`), Date.parse(`${to}Z`))
    .map(reading);

test('names and steps are understood', () => {
  expect(between('15,45 9-17/4 * JAN MON-FRI', '2026-01-01T09:45', '2026-01-02T13:15')).toEqual([
    '2026-01-01T09:45',
    '2026-01-01T13:15',
    '2026-01-01T13:45',
    '2026-01-01T17:15',
    '2026-01-01T17:45',
    '2026-01-02T09:15',
    '2026-01-02T09:45',
  ]);
});

test.each([
  ['0 0 L * *', ['2026-01-31', '2026-02-28', '2026-03-31']],
  ['0 0 15W * *', ['2026-01-15', '2026-02-16', '2026-03-16']],
  ['0 0 * * FRI#2', ['2026-01-09', '2026-02-13', '2026-03-13']],
  ['0 0 * * 5#L', ['2026-01-30', '2026-02-27', '2026-03-27']],
  ['0 0 13 * +FRI', ['2026-02-13', '2026-03-13']],
  ['0 0 1 * FRI#1', ['2026-01-01', '2026-01-02', '2026-02-01', '2026-02-06', '2026-03-01', '2026-03-06']],
  ['@monthly', ['2026-01-01', '2026-02-01', '2026-03-01']],
  ['@yearly', ['2026-01-01']],
])('%s', (expression, dates) => {
  expect(between(expression, '2026-01-01T00:00', '2026-04-01T00:00')).toEqual(
    dates.map((date) => `${date}T00:00`),
  );
});

test.each([
  ['* * * * *', true],
  ['5 */1 * * *', true],
  ['5 0-23 1 * *', true],
  ['5 0-11,12-23 1 * *', true],
  ['@hourly', true],
  ['* 0-22 * * *', false],
  ['0 */2 * * *', false],
  ['@daily', false],
])('%s: every hour is %s', (expression, everyHour) => {
  expect(readPattern(expression).everyHour).toBe(everyHour);
});

test('the next day with a match may be years away', () => {
  const leapDays = readPattern('0 0 29 2 *');
  expect(leapDays.dayFrom(Date.UTC(2096, 1, 29))).toBe(Date.UTC(2096, 1, 29));
  expect(leapDays.dayFrom(Date.UTC(2096, 2, 1))).toBe(Date.UTC(2104, 1, 29));
  expect(readPattern('* * * * *').dayFrom(-dayMs)).toBe(-dayMs);
});

test.each([
  ['60 * * * *', '"60" is no minute'],
  ['-1 * * * *', '"-1" is no minute'],
  ['5/10 * * * *', '"5/10" is no minute'],
  ['*/0 * * * *', '"*/0" is no minute'],
  ['0 24 * * *', '"24" is no hour'],
  ['0 12:30 * * *', '"12:30" is no hour'],
  ['0 20-10 * * *', '"20-10" is no hour'],
  ['0 0 0 * *', '"0" is no day of the month'],
  ['0 0 32 * *', '"32" is no day of the month'],
  ['0 0 1 Janner *', '"Janner" is no month'],
  ['0 0 * * 8', '"8" is no day of the week'],
  ['0 0 * * MON#6', '"MON#6" is no day of the week'],
  ['', '"" has 0 parts; a cron expression has five: minute, hour, day of the month, month, day of the week'],
  ['daily', '"daily" has one part'],
  ['0 0 * *', '"0 0 * *" has 4 parts'],
  ['0 0 0 * * *', '"0 0 0 * * *" has 6 parts'],
  ['2026-01-01T00:00:00', 'has one part'],
  ['@reboot', '"@reboot" is no time to start at; allowed are @yearly'],
  ['0 0 30 2 *', '"0 0 30 2 *" never comes'],
  ['0 0 31 4,6,9,11 *', 'never comes'],
])('%j is refused', (expression, message) => {
  expect(problemWithCron(expression)).toContain(message);
});

test.each(['* * * * *', ' 30  2\t* * mon-FRI ', '@Daily', '0 0 29 2 *', '? ? ? ? ?'])(
  '%j is allowed',
  (text) => {
    expect(problemWithCron(text)).toBeNull();
  },
);

test('no text makes it throw, and what it lets in can be read', () => {
  const pieces = fc.constantFrom(
    ...'0 1 5 59 60 * / - , ? L W # + MON JAN : T @ @daily'.split(' '),
    ' ',
    ' ',
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(pieces, { maxLength: 14 }).map((found) => found.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      if (problemWithCron(text) === null)
        expect(readPattern(text).dayFrom(Date.UTC(2026, 0))).toBeTypeOf('number');
    }),
    { numRuns: 500 },
  );
});
