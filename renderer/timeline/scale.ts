/** The time line: which part of time is in sight, and where a moment is on the screen. */
import type { TimelineWindow } from '../../shared/ipc/timeline';

export interface Span {
  readonly from: number;
  readonly to: number;
}

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

const shortest = 10 * second;
const longest = 400 * day;

export const xOf = (time: number, { from, to }: Span, width: number): number =>
  ((time - from) / (to - from)) * width;

export const timeAt = (x: number, { from, to }: Span, width: number): number =>
  from + (x / Math.max(1, width)) * (to - from);

/** More than 1 shows more time; the moment `about` stays where it is. */
export function zoomed({ from, to }: Span, factor: number, about: number): Span {
  const length = Math.min(longest, Math.max(shortest, (to - from) * factor));
  const part = (about - from) / (to - from);
  const start = about - part * length;
  return { from: start, to: start + length };
}

export const moved = ({ from, to }: Span, by: number): Span => ({ from: from + by, to: to + by });

/** So long a time, with the present where most of it is past, and some is to come. */
export const around = (now: number, length: number): Span => ({
  from: now - 0.62 * length,
  to: now + 0.38 * length,
});

/** A bar that is narrower than this many points cannot be told from its neighbours. */
const grainPixels = 2;

/**
 * What is asked for to show a span: more than is in sight, and in steps, so that it is not asked for anew
 * whenever the span is moved a little.
 */
export function windowOf({ from, to }: Span, width: number): Pick<TimelineWindow, 'from' | 'to' | 'grain'> {
  const length = to - from;
  const grain = powerAbove((length / Math.max(100, width)) * grainPixels);
  const step = powerAbove(length) / 4;
  return {
    from: Math.max(0, (Math.floor(from / step) - 1) * step),
    to: Math.max(step, (Math.ceil(to / step) + 1) * step),
    grain,
  };
}

const powerAbove = (value: number): number => 2 ** Math.ceil(Math.log2(Math.max(1, value)));

export interface Tick {
  readonly at: number;
  readonly words: string;
  /** A day begins. */
  readonly isDay: boolean;
}

const steps = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
];
const daySteps = [1, 2, 7, 14, 28, 56, 112] as const;
const leastPixels = 86;

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const withSeconds = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const dayNames = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });

/** At round times by the clock on the wall here, not too close to each other. */
export function ticksOf(span: Span, width: number): readonly Tick[] {
  const least = ((span.to - span.from) / Math.max(1, width)) * leastPixels;
  const step = steps.find((one) => one >= least);
  return step === undefined ? dayTicks(span, least) : clockTicks(span, step);
}

function clockTicks(span: Span, step: number): readonly Tick[] {
  const found: Tick[] = [];
  for (let midnight = startOfDay(span.from); midnight <= span.to; midnight = dayAfter(midnight, 1)) {
    const next = dayAfter(midnight, 1);
    const first = midnight + Math.max(0, Math.floor((span.from - midnight) / step)) * step;
    for (let at = first; at < next && at <= span.to; at += step) {
      const isDay = at === midnight;
      const words = isDay ? dayNames.format(at) : step < minute ? withSeconds.format(at) : clock.format(at);
      if (at >= span.from) found.push({ at, words, isDay });
    }
  }
  return found;
}

function dayTicks(span: Span, least: number): readonly Tick[] {
  const days = daySteps.find((count) => count * day >= least) ?? daySteps[daySteps.length - 1] ?? 1;
  const found: Tick[] = [];
  // Counted from a fixed day, so that the same ones are named wherever one looks.
  const number = Math.floor((startOfDay(span.from) + 12 * hour) / day);
  let at = dayAfter(startOfDay(span.from), -(number % days));
  for (; at <= span.to; at = dayAfter(at, days))
    if (at >= span.from) found.push({ at, words: dayNames.format(at), isDay: true });
  return found;
}

const startOfDay = (time: number): number => new Date(time).setHours(0, 0, 0, 0);

function dayAfter(midnight: number, count: number): number {
  const date = new Date(midnight);
  return date.setDate(date.getDate() + count);
}
