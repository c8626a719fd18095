/** How often work should save itself, by what that costs and how often it is interrupted. All times in milliseconds. */
import { durationInWords } from './durations-in-words';

export interface Interruptions {
  /** What it takes to write a checkpoint. */
  readonly costMs: number;
  /** From one interruption to the next, on average. */
  readonly meanMs: number;
}

export interface CurvePoint {
  readonly intervalMs: number;
  /** Of each hour of work, so much more is needed: for writing, and for what is done again. */
  readonly lostMs: number;
}

const hour = 3_600_000;

/** Young's: between two checkpoints. */
export const youngs = ({ costMs, meanMs }: Interruptions): number => Math.sqrt(2 * costMs * meanMs);

/** Daly's, of higher order: better where writing takes long. */
export function dalys(interruptions: Interruptions): number {
  const { costMs, meanMs } = interruptions;
  if (costMs >= 2 * meanMs) return meanMs;
  const part = costMs / (2 * meanMs);
  return youngs(interruptions) * (1 + Math.sqrt(part) / 3 + part / 9) - costMs;
}

/** By Daly's model: what an hour of work takes in all, without that hour. Interruptions fall at any moment, also while it writes. */
export function lostPerHour(intervalMs: number, { costMs, meanMs }: Interruptions): number {
  const taken = (meanMs * Math.expm1((intervalMs + costMs) / meanMs)) / intervalMs;
  return (taken - 1) * hour;
}

/** A time limit is an interruption as well, unless the work is saved right before. */
export const withLimit = (meanMs: number, limitMs: number | null): number =>
  limitMs === null ? meanMs : 1 / (1 / meanMs + 1 / limitMs);

/** What is guessed of nodes of which nothing is known, and counts beside what is: one interruption in so long. */
export const guessedMeanMs = 30 * 24 * hour;

/** With the guess, so that nobody is taken to run for ever, nor for a few minutes only, after a few hours. */
export const meanOf = (interruptions: number, ranMs: number): number =>
  (ranMs + guessedMeanMs) / (interruptions + 1);

/** Around an interval: shorter ones and longer ones, evenly by factors. */
export function curveAround(
  intervalMs: number,
  interruptions: Interruptions,
  { steps = 12, factor = Math.SQRT2 }: { readonly steps?: number; readonly factor?: number } = {},
): readonly CurvePoint[] {
  return Array.from({ length: 2 * steps + 1 }, (_, index) => {
    const tried = intervalMs * factor ** (index - steps);
    return { intervalMs: tried, lostMs: lostPerHour(tried, interruptions) };
  });
}

/** What is proposed for the tasks of a step, and by what. */
export interface IntervalPlan {
  readonly step: string;
  readonly cost: {
    readonly milliseconds: number;
    /** `size`: guessed by the bytes. */
    readonly from: 'measured' | 'size' | 'told';
    /** Of so many checkpoints. */
    readonly of: number;
  };
  readonly interruptions: { readonly count: number; readonly ranMs: number; readonly meanMs: number };
  readonly limitMs: number | null;
  readonly youngMs: number;
  readonly dalyMs: number;
  readonly lostMs: number;
  /** As it is now, on average; null: there are too few checkpoints. */
  readonly present: CurvePoint | null;
  /** The parameter that says it, and the value for what is proposed; null: none is known. */
  readonly parameter: { readonly name: string; readonly value: string } | null;
  readonly curve: readonly CurvePoint[];
}

/** Why this is proposed: `writing one takes 2 s (measured, of 12)`. */
export function reasonsOf({ cost, interruptions, limitMs }: IntervalPlan): readonly string[] {
  const { count, ranMs, meanMs } = interruptions;
  const how = {
    measured: `measured, of ${cost.of}`,
    size: 'guessed by its size, at 100 MB/s',
    told: 'as you say',
  }[cost.from];
  return [
    `writing one takes ${spanInWords(cost.milliseconds)} (${how})`,
    `${count} ${count === 1 ? 'interruption' : 'interruptions'} in ${durationInWords(ranMs)} of work; with a guess of one in 30 days beside it, one in ${durationInWords(meanMs)}`,
    ...(limitMs === null ? [] : [`its time limit of ${durationInWords(limitMs)} ends it as well`]),
  ];
}

/** Also of less than a second. */
export const spanInWords = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Number(milliseconds.toPrecision(2))} ms` : durationInWords(milliseconds);

/** Of each hour of work: `12 s, 0.33 %`. */
export const lossInWords = (lostMs: number): string =>
  lostMs > 24 * hour
    ? 'more than a day'
    : `${spanInWords(lostMs)}, ${Number(((100 * lostMs) / hour).toPrecision(2))} %`;
