import type { Timing } from '../../../shared/model/schedule';
import { cronFirings } from './cron-firings';
import { problemWithCron } from './cron-pattern';
import { problemWithZone } from './zones';

const leastMs = 1000;

/** The first time strictly after an instant; null if there is none. */
export function nextFiring(timing: Timing, after: number): number | null {
  for (const at of firings(timing, after)) return at;
  return null;
}

/** The times after `after` up to `upTo`, oldest first, and no more than `most` of them. */
export function firingsWithin(timing: Timing, after: number, upTo: number, most: number): number[] {
  const found: number[] = [];
  if (most <= 0) return found;
  for (const at of firings(timing, after)) {
    if (at > upTo) break;
    found.push(at);
    if (found.length >= most) break;
  }
  return found;
}

export interface FiringCount {
  readonly count: number;
  readonly newest: number | null;
}
const none: FiringCount = { count: 0, newest: null };

/** How many times there are after `after` up to `upTo`. */
export function countFirings(timing: Timing, after: number, upTo: number): FiringCount {
  switch (timing.kind) {
    case 'once':
      return timing.at > after && timing.at <= upTo ? { count: 1, newest: timing.at } : none;
    case 'every': {
      const last = Math.floor((upTo - timing.from) / timing.milliseconds);
      const count = last + 1 - firstIndex(timing, after);
      return count > 0 ? { count, newest: timing.from + last * timing.milliseconds } : none;
    }
    case 'cron':
      return countBatches(cronFirings(timing.expression, timing.timeZone, after), upTo);
  }
}

function countBatches(batches: Iterable<readonly number[]>, upTo: number): FiringCount {
  let { count, newest } = none;
  for (const batch of batches) {
    const later = batch.findIndex((at) => at > upTo);
    const within = later === -1 ? batch.length : later;
    count += within;
    newest = batch[within - 1] ?? newest;
    if (later !== -1) break;
  }
  return { count, newest };
}

/** What is wrong with a timing, and what is allowed; null if nothing is. */
export function problemWithTiming(timing: Timing): string | null {
  switch (timing.kind) {
    case 'once':
      return isInstant(timing.at) ? null : `${timing.at} is no time`;
    case 'every':
      if (!isInstant(timing.from)) return `${timing.from} is no time to begin at`;
      return Number.isSafeInteger(timing.milliseconds) && timing.milliseconds >= leastMs
        ? null
        : `every ${timing.milliseconds} milliseconds is not possible; allowed is a whole number, at least ${leastMs}`;
    case 'cron':
      return problemWithCron(timing.expression) ?? problemWithZone(timing.timeZone);
  }
}

function* firings(timing: Timing, after: number): Generator<number, void> {
  switch (timing.kind) {
    case 'once':
      if (timing.at > after) yield timing.at;
      return;
    case 'every':
      for (let index = firstIndex(timing, after); ; index++) yield timing.from + index * timing.milliseconds;
    case 'cron':
      for (const batch of cronFirings(timing.expression, timing.timeZone, after)) yield* batch;
  }
}

function firstIndex({ from, milliseconds }: Timing & { readonly kind: 'every' }, after: number): number {
  return Math.max(0, Math.floor((after - from) / milliseconds) + 1);
}

const isInstant = (at: number): boolean => Number.isSafeInteger(at) && !Number.isNaN(new Date(at).getTime());
