import { accepted, refused } from '../document/parsed';
import type { Parsed } from '../document/parsed';
import { nearestName } from '../document/suggest';
import { quote } from '../document/words';

const lengths: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const units = Object.keys(lengths);
export const longestDuration = 365 * 86_400_000;
const allowed = 'allowed is a time such as 30 s, 5 min, 1.5 h, 1 h 30 min or 2 d';

/** In milliseconds. A bare number is seconds. */
export function parseDuration(text: string): Parsed<number> {
  const trimmed = text.trim();
  if (/^\d{1,9}(\.\d{1,3})?$/.test(trimmed)) return within(Number(trimmed) * 1000, text);
  if (!/^(\d{1,9}(\.\d{1,3})?\s*[A-Za-z]+\s*)+$/.test(trimmed) || trimmed.length > 60)
    return refused(`${quote(text)} is no length of time; ${allowed}`);
  let sum = 0;
  for (const [, amount = '', written = ''] of trimmed.matchAll(/(\d+(?:\.\d+)?)\s*([A-Za-z]+)/g)) {
    const length = lengths[written.toLowerCase()];
    if (length === undefined) {
      const nearest = nearestName(written, units);
      const hint = nearest === null ? '' : ` (did you mean ${nearest}?)`;
      return refused(`${quote(text)} has the unknown unit ${written}${hint}; units are ${units.join(', ')}`);
    }
    sum += Number(amount) * length;
  }
  return within(sum, text);
}

/** As parseDuration, for what cannot take no time at all. */
export function parseSpan(text: string): Parsed<number> {
  const duration = parseDuration(text);
  return duration.ok && duration.value === 0
    ? refused(`${quote(text)} is no time at all; ${allowed}`)
    : duration;
}

function within(milliseconds: number, text: string): Parsed<number> {
  return milliseconds > longestDuration
    ? refused(`${quote(text)} is longer than the longest time allowed, 365 d`)
    : accepted(Math.round(milliseconds));
}
