import { remembered } from './remembered';

export const dayMs = 86_400_000;
const latest = 8.64e15; // the last instant that JavaScript can name

/**
 * What the clocks of a time zone show is kept as a number too: the instant at which clocks in UTC
 * show the same. So `shown = at + offset`, and days begin at multiples of `dayMs`.
 */
export const startOfDay = (shown: number): number => Math.floor(shown / dayMs) * dayMs;
export const timeOfDay = (shown: number): number => shown - startOfDay(shown);

/** A time in which the clocks run evenly: `from` is in it, `to` is not. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

const formatOf = remembered(
  100,
  (timeZone) => new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }),
);

/** How far the clocks are ahead of UTC, in milliseconds. */
export function offsetAt(timeZone: string, at: number): number {
  const text = formatOf(timeZone).format(at);
  const match = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text);
  if (match === null) throw new Error(`no offset from UTC in ${text}`);
  const [, sign, hours = 0, minutes = 0, seconds = 0] = match;
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000;
  return sign === '-' ? -offset : offset;
}

/** From an instant to the next change of the clocks, but no longer than a day; null at the end of time. */
export function stretchFrom(timeZone: string, from: number): Stretch | null {
  if (from + dayMs > latest) return null;
  const offset = offsetAt(timeZone, from);
  let to = from + dayMs;
  if (offsetAt(timeZone, to) !== offset) {
    let before = from;
    while (to - before > 1) {
      const middle = Math.floor((before + to) / 2);
      if (offsetAt(timeZone, middle) === offset) before = middle;
      else to = middle;
    }
  }
  return { from, to, offset };
}

/** What is wrong with the name of a time zone, and what is allowed; null if nothing is. */
export function problemWithZone(timeZone: string): string | null {
  if (isZone(timeZone)) return null;
  const name = JSON.stringify(timeZone.slice(0, 60));
  return `${name} is no time zone that is known here; allowed are IANA names, such as Europe/Berlin, America/New_York or UTC`;
}

function isZone(timeZone: string): boolean {
  // Some runtimes also take offsets, such as +02:00, others do not: a schedule must mean the same on all.
  if (!/^[a-z]/i.test(timeZone)) return false;
  try {
    formatOf(timeZone);
    return true;
  } catch {
    return false;
  }
}
