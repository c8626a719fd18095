import { expect, test } from 'vitest';
import { parseArguments } from './arguments';
import { ruleOf } from './schedules';

const rule = (...argv: readonly string[]) => ruleOf(parseArguments(['schedule', 'file', ...argv]).options);

test('once, again and again, or by a calendar', () => {
  const at = Date.parse('2026-12-01T18:00:00Z');
  expect(rule('--once', '2026-12-01 18:00 Z')).toEqual({
    timing: { kind: 'once', at },
    missed: 'once',
    overlap: 'skip',
  });
  expect(rule('--every', '1 h 30 min', '--from', '2026-12-01 18:00 Z', '--overlap', 'queue')).toEqual({
    timing: { kind: 'every', from: at, milliseconds: 5_400_000 },
    missed: 'once',
    overlap: 'queue',
  });
  expect(rule('--cron', '0 22 * * 1-5', '--zone', 'europe/berlin', '--missed', 'all')?.timing).toEqual({
    kind: 'cron',
    expression: '0 22 * * 1-5',
    timeZone: 'Europe/Berlin',
  });
});

test('where nothing is said of it, the schedule of the recipe counts', () => {
  expect(rule('--name', 'nightly', '-p', 'A=1')).toBeNull();
});

test.each([
  [['--missed', 'all'], 'takes one of --once'],
  [['--once', '+1 h', '--every', '1 h'], 'takes one of --once'],
  [['--once', '+1 h', '--from', '+1 h'], '--from goes with --every'],
  [['--every', '1 h', '--zone', 'UTC'], '--zone goes with --cron'],
  [['--every', '0 s'], '--every: "0 s" is no time at all'],
  [['--cron', '@daily', '--zone', 'Berlin'], '--zone: "Berlin" is no time zone'],
  [['--every', '1 h', '--missed', 'never'], '--missed is one of skip, once, all'],
])('%j is refused', (argv, message) => {
  expect(() => rule(...argv)).toThrow(message);
});
