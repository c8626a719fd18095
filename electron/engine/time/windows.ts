import type { DailyWindow } from '../../../shared/model/dependency';
import { dayMs, offsetAt, problemWithZone, startOfDay, stretchFrom, timeOfDay } from './zones';

/**
 * A window goes by what the clocks show: from `opens` until just before `closes`, always open when the
 * two are the same. On days on which the clocks are changed it opens and closes with them: what they
 * leave out is not open time, and what they show twice is, or is not, both times.
 */
export function isOpen(window: DailyWindow, at: number): boolean {
  return isOpenWhen(readWindow(window), at + offsetAt(window.timeZone, at));
}

/** The next instant at which it opens or closes; null for a window that is always open. */
export function nextChange(window: DailyWindow, at: number): number | null {
  const times = readWindow(window);
  if (times.opens === times.closes) return null;
  const open = isOpen(window, at);
  const awaited = open ? times.closes : times.opens;
  for (
    let stretch = stretchFrom(window.timeZone, at);
    stretch !== null;
    stretch = stretchFrom(window.timeZone, stretch.to)
  ) {
    const shown = stretch.from + stretch.offset;
    // The clocks were set past the awaited time.
    if (isOpenWhen(times, shown) !== open) return stretch.from;
    const today = startOfDay(shown) + awaited;
    const change = (today > shown ? today : today + dayMs) - stretch.offset;
    if (change < stretch.to) return change;
  }
  return null;
}

/** How long it is open each day, in milliseconds, but for days on which the clocks are changed. */
export function lengthOf(window: DailyWindow): number {
  const { opens, closes } = readWindow(window);
  return opens < closes ? closes - opens : dayMs - (opens - closes);
}

/** What is wrong with a window, and what is allowed; null if nothing is. */
export function problemWithWindow(window: DailyWindow): string | null {
  for (const time of [window.opens, window.closes]) {
    if (parseTime(time) === null)
      return `${JSON.stringify(time.slice(0, 60))} is no time of the day; allowed is HH:MM, 00:00 to 23:59, such as 22:00`;
  }
  return problemWithZone(window.timeZone);
}

interface Times {
  readonly opens: number;
  readonly closes: number;
}

function isOpenWhen({ opens, closes }: Times, shown: number): boolean {
  const time = timeOfDay(shown);
  if (opens < closes) return opens <= time && time < closes;
  return opens <= time || time < closes;
}

function readWindow({ opens, closes }: DailyWindow): Times {
  const times = { opens: parseTime(opens), closes: parseTime(closes) };
  if (times.opens === null || times.closes === null)
    throw new Error(`a window from ${opens} to ${closes} was let in`);
  return { opens: times.opens, closes: times.closes };
}

/** In milliseconds from midnight. */
function parseTime(text: string): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return match === null ? null : (Number(match[1]) * 60 + Number(match[2])) * 60_000;
}
