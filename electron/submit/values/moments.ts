import { parseDuration } from './durations';
import { accepted, refused } from '../document/parsed';
import type { Parsed } from '../document/parsed';
import { didYouMean } from '../document/suggest';
import { quote } from '../document/words';

const form = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]|\s+)(\d{2}):(\d{2})(?::(\d{2}))?\s*(Z|[+-]\d{2}:\d{2})?$/i;

/** Milliseconds since 1970. Without `Z` or an offset by the clock of this machine. */
export function parseMoment(text: string): Parsed<number> {
  const match = form.exec(text.trim());
  if (match === null)
    return refused(
      `${quote(text)} is no date and time; allowed is one such as 2026-12-01 18:00 or 2026-12-01T18:00:00Z`,
    );
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const numbers = [year, month - 1, day, hour, minute, second] as const;
  const zone = match[7];
  // A day or an hour that does not exist becomes another one: then it does not read the same.
  if (zone === undefined) {
    const date = new Date(...numbers);
    const found = [date.getFullYear(), date.getMonth(), date.getDate(), date.getHours(), date.getMinutes()];
    if (found.every((number, index) => number === numbers[index]) && second < 60)
      return accepted(date.getTime());
  } else {
    const date = new Date(Date.UTC(...numbers));
    const offset = offsetOf(zone);
    const found = [date.getUTCMonth(), date.getUTCDate(), date.getUTCHours(), date.getUTCMinutes()];
    if (found.every((number, index) => number === numbers[index + 1]) && second < 60 && offset !== null)
      return accepted(date.getTime() - offset);
  }
  return refused(`${quote(text)} does not exist: there is no such day, or no such time on it`);
}

/** A date and time, or so long from now: `+2 h`. */
export function parseWhen(text: string, now: number): Parsed<number> {
  const trimmed = text.trim();
  if (trimmed.startsWith('+')) {
    const span = parseDuration(trimmed.slice(1));
    return span.ok ? accepted(now + span.value) : span;
  }
  if (form.test(trimmed)) return parseMoment(trimmed);
  return refused(
    `${quote(text)} is no date and time; allowed is one such as 2026-12-01 18:00, or so long from now: +2 h`,
  );
}

function offsetOf(zone: string): number | null {
  if (zone.toUpperCase() === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4, 6));
  if (hours > 14 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** `HH:MM` */
export function parseTimeOfDay(text: string): Parsed<string> {
  const [, hour = '', minute = ''] = /^(\d{1,2}):(\d{2})$/.exec(text.trim()) ?? [];
  return hour !== '' && Number(hour) < 24 && Number(minute) < 60
    ? accepted(`${hour.padStart(2, '0')}:${minute}`)
    : refused(`${quote(text)} is no time of a day; allowed are 00:00 to 23:59`);
}

export function parseTimeZone(text: string): Parsed<string> {
  const trimmed = text.trim();
  try {
    // Offsets such as +01:00 are no zones: they do not know when clocks are changed.
    if (/^[A-Za-z]/.test(trimmed))
      return accepted(new Intl.DateTimeFormat('en', { timeZone: trimmed }).resolvedOptions().timeZone);
  } catch {
    // Told below.
  }
  return refused(
    `${quote(text)} is no time zone${didYouMean(trimmed, Intl.supportedValuesOf('timeZone'))}; allowed are names such as Europe/Berlin and UTC`,
  );
}

export const localTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
