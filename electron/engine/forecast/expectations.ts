/** How long tasks will take, from how long tasks took. */
import type { Basis } from '../../../shared/model/forecast';
import { countOf, type Counts } from '../counts';
import { Durations } from '../durations';
import type { FarmState, StepRecord } from '../state';

/** Where nothing at all is known. */
const guess = { p50: 10 * 60_000, p90: 30 * 60_000 };
/** Quantiles that are kept of a history, so that drawing from it is one look. */
const points = 64;
/** What one sample may be off by, as a part of it; of more samples it is less. */
const leastSpread = 0.5;
/** What has run longer than anything known goes on for such a part of the time it has run. */
const longerStill = 0.5;

interface History {
  /** Ascending. */
  readonly quantiles: Float64Array;
  readonly spread: number;
  readonly samples: number;
}

/** Of the tasks of one step. */
export interface Expectation {
  readonly basis: Basis;
  readonly history: History;
  /** Added to each task where all goes badly. */
  readonly late: number;
}

export interface Elapsed {
  readonly at: number;
  readonly assignedAt: number;
}

export class Expectations {
  private readonly steps = new Map<string, History>();
  private readonly names = new Map<string, Durations>();
  private readonly jobs = new Map<string, Durations>();
  private readonly kinds = new Map<string, Durations>();
  /** Made from the sums above, when first asked for. */
  private readonly made = new Map<Durations, History>();

  /** Reads the state in small parts; a change between them does no harm to sums of durations. */
  static *from(state: FarmState): Generator<undefined, Expectations> {
    const found = new Expectations();
    for (const job of state.jobs.values()) {
      for (const step of job.steps) found.learn(step);
      yield;
    }
    return found;
  }

  /** Of a step of any copy of the state, as it is when a forecast begins. */
  of(step: StepRecord): Expectation {
    const { basis, history, isBorrowed } = this.find(step);
    const tasks = openTasks(step.counts);
    // The luck of many tasks evens out, and so does that of many samples; what is borrowed may just not fit.
    const uncertainty = Math.sqrt(1 / Math.max(1, tasks) + (isBorrowed ? 1 : 1 / history.samples));
    return { basis, history, late: history.spread * Math.min(1, uncertainty) };
  }

  private learn(step: StepRecord): void {
    const { durations, job } = step;
    if (durations.count === 0) return;
    this.steps.set(keyOf(step), historyOf(durations));
    addTo(this.names, nameOf(step), durations);
    addTo(this.jobs, job.id, durations);
    addTo(this.kinds, job.job.kind, durations);
  }

  private find(step: StepRecord): { basis: Basis; history: History; isBorrowed: boolean } {
    const own = this.steps.get(keyOf(step));
    if (own !== undefined) return { basis: 'step', history: own, isBorrowed: false };
    const same = this.names.get(nameOf(step));
    if (same !== undefined) return { basis: 'earlier', history: this.historyOf(same), isBorrowed: false };
    const sameJob = this.jobs.get(step.job.id);
    if (sameJob !== undefined) return { basis: 'job', history: this.historyOf(sameJob), isBorrowed: true };
    const sameKind = this.kinds.get(step.job.job.kind);
    if (sameKind !== undefined) return { basis: 'kind', history: this.historyOf(sameKind), isBorrowed: true };
    return { basis: 'guess', history: guessed, isBorrowed: true };
  }

  private historyOf(durations: Durations): History {
    const known = this.made.get(durations) ?? historyOf(durations);
    this.made.set(durations, known);
    return known;
  }
}

/**
 * How long a task takes from its start. Each task of a step gets another quantile of the history, in an
 * order that spreads them evenly: so that as a whole they take as long as the history says, a last one
 * may be slow, and a single one takes the median.
 */
export function durationOf({ history }: Expectation, task: number): number {
  return quantileAt(history, 0, partOf(task));
}

/** When a task that runs already ends: it takes one of those durations that it has not outlasted. */
export function endOf({ history }: Expectation, task: number, { at, assignedAt }: Elapsed): number {
  const elapsed = Math.max(0, at - assignedAt);
  let first = 0;
  while (first < points && (history.quantiles[first] ?? 0) <= elapsed) first++;
  return first === points
    ? at + longerStill * elapsed
    : assignedAt + quantileAt(history, first, partOf(task));
}

export interface UsualDurations {
  readonly mean: number;
  /** The standard deviation. */
  readonly spread: number;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
}

export function usualOf({ history: { quantiles } }: Expectation): UsualDurations {
  const mean = quantiles.reduce((sum, each) => sum + each, 0) / points;
  return {
    mean,
    spread: Math.sqrt(quantiles.reduce((sum, each) => sum + (each - mean) ** 2, 0) / points),
    p10: quantiles[Math.floor(0.1 * points)] ?? 0,
    p50: quantiles[Math.floor(0.5 * points)] ?? 0,
    p90: quantiles[Math.floor(0.9 * points)] ?? 0,
  };
}

/** It rests on the same step, in this batch or earlier ones: more than a guess. */
export const isKnown = (basis: Basis): boolean =>
  basis === 'progress' || basis === 'step' || basis === 'earlier';

export const openTasks = (counts: Counts): number =>
  countOf(counts, 'PENDING') + countOf(counts, 'QUEUED') + countOf(counts, 'RUNNING');

const partOf = (task: number): number => (0.5 + task * 0.618_033_988_749_895) % 1;

function quantileAt({ quantiles }: History, first: number, part: number): number {
  return quantiles[first + Math.floor(part * (points - first))] ?? 0;
}

function historyOf(durations: Durations): History {
  const quantile = (part: number): number => durations.quantile(part) ?? guess.p50;
  const quantiles = Float64Array.from({ length: points }, (_, i) => quantile((i + 0.5) / points));
  const least = (leastSpread * quantile(0.5)) / Math.sqrt(durations.count);
  return {
    quantiles,
    spread: Math.max(quantile(0.9) - quantile(0.5), least),
    samples: durations.count,
  };
}

const guessed: History = {
  quantiles: new Float64Array(points).fill(guess.p50),
  spread: guess.p90 - guess.p50,
  samples: 1,
};

const keyOf = ({ job, index }: StepRecord): string => `${job.id}/${index}`;
const nameOf = ({ job, step }: StepRecord): string => `${job.batch.batch.name}/${job.job.name}/${step.name}`;

function addTo(sums: Map<string, Durations>, key: string, durations: Durations): void {
  const sum = sums.get(key) ?? new Durations();
  sum.addAll(durations);
  sums.set(key, sum);
}
