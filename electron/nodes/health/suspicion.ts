import type { Clock } from '../../engine/ports';

/** So many intervals are remembered. */
const mostIntervals = 50;
/** Even the steadiest link may be late by a quarter of its interval, or a quarter of a second. */
const leastDeviationShare = 1 / 4;
const leastDeviation = 250;
/** One long gap says that the link was away, not that its rhythm is slow: it counts for so many intervals. */
const longestGap = 4;

/**
 * Suspect: only one in a hundred million silences of this link was ever so long. With a steady answer each
 * 5 s that is after 11.5 s.
 */
const suspectLevel = 8;
/** Gone: one in 10^100, which with a steady answer each 5 s is after 23 s: four answers are missing. */
const goneLevel = 100;

/**
 * How sure one may be that a link is dead, from the rhythm in which answers to heartbeats arrive (phi accrual:
 * Hayashibara and others, 2004). A link that always was irregular is given more time than a steady one.
 */
export class Suspicion {
  private intervals: readonly number[];
  private last: number;

  /**
   * @param clock of AwakeTime: a Host that has slept must not suspect all its nodes
   * @param expected the interval between heartbeats, in milliseconds, until the link's own is known
   */
  constructor(
    private readonly clock: Pick<Clock, 'now'>,
    private readonly expected: number,
  ) {
    this.intervals = [expected];
    this.last = clock.now();
  }

  /** An answer has arrived. */
  heard(): void {
    const now = this.clock.now();
    const usual = Math.max(this.expected, mean(this.intervals));
    const interval = Math.min(now - this.last, longestGap * usual);
    this.intervals = [...this.intervals, interval].slice(-mostIntervals);
    this.last = now;
  }

  /** 1: one in ten silences lasts as long as this one; 2: one in a hundred; and so on. */
  level(): number {
    const usual = mean(this.intervals);
    const deviation = Math.max(
      Math.sqrt(mean(this.intervals.map((interval) => (interval - usual) ** 2))),
      usual * leastDeviationShare,
      leastDeviation,
    );
    return levelOf((this.clock.now() - this.last - usual) / deviation);
  }

  /** Not known whether it is there: nothing more is given to it. */
  isSuspect(): boolean {
    return this.level() >= suspectLevel;
  }

  /** It is to be called OFFLINE. */
  isGone(): boolean {
    return this.level() >= goneLevel;
  }
}

/** Minus the decimal logarithm of how likely it is to be so many deviations late (a normal distribution). */
function levelOf(deviations: number): number {
  // The logistic approximation; where e^x would be too large for a number, its logarithm is x.
  const x = deviations * (1.5976 + 0.070566 * deviations ** 2);
  return (x > 700 ? x : Math.log1p(Math.exp(x))) / Math.LN10;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
