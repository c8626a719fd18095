import type { BacktestSummary, Band } from '../../../shared/model/forecast';
import type { JobId } from '../../../shared/model/ids';

/** A forecast that was made at a time, and how it came out. */
interface Pending extends Band {
  readonly at: number;
}
type Outcome = keyof Pick<BacktestSummary, 'early' | 'inside' | 'late'>;
interface Checked {
  /** Of the time that was foretold: 0.5 took half as long again, -0.5 half as long. */
  readonly error: number;
  readonly outcome: Outcome;
}

export interface KeptBacktest {
  readonly pending: readonly (readonly [JobId, Pending])[];
  readonly checked: readonly Checked[];
}

/** Of the last ones only, since farms change. */
const mostChecked = 1000;
const mostPending = 10_000;
/** A forecast of less is of no use, and its error as a part of it means nothing. */
const shortest = 1000;

/** Keeps what was foretold of jobs, and sees how it came out. */
export class Backtest {
  private readonly pending = new Map<JobId, Pending>();
  private readonly checked: Checked[] = [];

  /** Only the first forecast of a job counts, for it is the one that was relied on. */
  add(job: JobId, at: number, { p50, p90 }: Band): void {
    if (this.pending.has(job) || this.pending.size >= mostPending || p50 - at < shortest) return;
    this.pending.set(job, { at, p50, p90 });
  }

  finish(job: JobId, endedAt: number): void {
    const forecast = this.pending.get(job);
    if (forecast === undefined) return;
    this.pending.delete(job);
    const { at, p50, p90 } = forecast;
    const outcome = endedAt < p50 ? 'early' : endedAt <= p90 ? 'inside' : 'late';
    this.checked.push({ error: (endedAt - p50) / (p50 - at), outcome });
    if (this.checked.length > mostChecked) this.checked.shift();
  }

  /** It was cancelled, held or changed: what was foretold does not hold any more. */
  drop(job: JobId): void {
    this.pending.delete(job);
  }

  summary(): BacktestSummary {
    const { checked } = this;
    const sizes = checked.map(({ error }) => Math.abs(error)).toSorted((a, b) => a - b);
    const at = (part: number): number | null => sizes[Math.ceil(part * sizes.length) - 1] ?? null;
    const share = (outcome: Outcome): number =>
      checked.filter((each) => each.outcome === outcome).length / Math.max(1, checked.length);
    return {
      jobs: checked.length,
      medianError: at(0.5),
      p90Error: at(0.9),
      early: share('early'),
      inside: share('inside'),
      late: share('late'),
    };
  }

  toJSON(): KeptBacktest {
    return { pending: [...this.pending], checked: this.checked };
  }

  static from({ pending, checked }: KeptBacktest): Backtest {
    const backtest = new Backtest();
    for (const [job, forecast] of pending) backtest.pending.set(job, forecast);
    backtest.checked.push(...checked);
    return backtest;
  }
}
