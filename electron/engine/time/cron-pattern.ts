import { Cron } from 'croner';
import { remembered } from './remembered';
import { dayMs, startOfDay } from './zones';

/** What the clocks have to show; time zones come later (see cron-firings.ts). */
export interface CronPattern {
  /** No hour is left out: the pattern says how often, not at which times of the day. */
  readonly everyHour: boolean;
  /** All that match, from `from` on and before `to`, in order. */
  readonly between: (from: number, to: number) => number[];
  /** The first day at or after this one that has a match; null if there is none. */
  readonly dayFrom: (day: number) => number | null;
}

const shorthands: ReadonlyMap<string, string> = new Map([
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
  ['@monthly', '0 0 1 * *'],
  ['@weekly', '0 0 * * 0'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@hourly', '0 * * * *'],
]);

const fieldsOf = [
  { name: 'minute', allowed: '0 to 59' },
  { name: 'hour', allowed: '0 to 23' },
  {
    name: 'day of the month',
    allowed: '1 to 31, L for the last day, 15W for the working day nearest to the 15th',
  },
  { name: 'month', allowed: '1 to 12 or JAN to DEC' },
  {
    name: 'day of the week',
    allowed:
      '0 to 7 or SUN to SAT, where 0 and 7 are Sunday, FRI#2 for the second Friday, FRI#L for the last',
  },
];
const minuteMs = 60_000;
const hourMs = 3_600_000;
const shown = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);

/** The pattern must be free of problems. */
export const readPattern = remembered(200, (expression: string): CronPattern => {
  const [minute = '', hour = '', ...day] = split(expression);
  const minutes = matching(inUtc(`${minute} * * * *`), 60, minuteMs);
  const hours = matching(inUtc(`0 ${hour} * * *`), 24, hourMs);
  const times = hours.flatMap((hour) => minutes.map((minute) => hour + minute));
  const days = inUtc(`0 0 ${day.join(' ')}`);
  return {
    everyHour: hours.length === 24,
    between(from, to) {
      const found = [];
      for (let day = startOfDay(from); day < to; day += dayMs) {
        if (!days.match(new Date(day))) continue;
        for (const time of times) if (day + time >= from && day + time < to) found.push(day + time);
      }
      return found;
    },
    dayFrom: (day) => days.nextRun(new Date(day - 1000))?.getTime() ?? null,
  };
});

/** What is wrong with a cron expression, and what is allowed; null if nothing is. */
export function problemWithCron(expression: string): string | null {
  const fields = split(expression);
  const [only = ''] = fields;
  if (only.startsWith('@'))
    return `${shown(expression)} is no time to start at; allowed are ${[...shorthands.keys()].join(', ')}`;
  if (fields.length !== fieldsOf.length)
    return `${shown(expression)} has ${fields.length === 1 ? 'one part' : `${fields.length} parts`}; a cron expression has five: ${fieldsOf.map(({ name }) => name).join(', ')}, such as 30 2 * * MON-FRI for 02:30 on working days`;
  for (const [index, { name, allowed }] of fieldsOf.entries()) {
    const field = fields[index] ?? '';
    if (!isPattern(fieldsOf.map((_, other) => (other === index ? field : '*')).join(' ')))
      return `${shown(field)} is no ${name} of a cron expression; allowed are ${allowed}, * for all of them, lists such as 1,5, ranges such as 1-5, and steps such as */5 or 1-5/2`;
  }
  return readPattern(expression).dayFrom(Date.UTC(2000, 0)) === null
    ? `${shown(expression)} never comes: no month that it names has such a day`
    : null;
}

function split(expression: string): string[] {
  const trimmed = expression.trim();
  return (shorthands.get(trimmed.toLowerCase()) ?? trimmed).split(/\s+/).filter((field) => field !== '');
}

/** In UTC no time is left out and none comes twice, so that croner has nothing to decide there. */
const inUtc = (pattern: string): Cron => new Cron(pattern, { mode: '5-part', utcOffset: 0 });

function matching(pattern: Cron, count: number, milliseconds: number): number[] {
  const times = Array.from({ length: count }, (_, index) => index * milliseconds);
  return times.filter((time) => pattern.match(new Date(time)));
}

function isPattern(pattern: string): boolean {
  try {
    inUtc(pattern);
    return true;
  } catch {
    return false;
  }
}
