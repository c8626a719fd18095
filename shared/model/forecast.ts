/** What a farm is expected to do from now on. */
import type { BatchId, JobId, NodeId } from './ids';
import type { Verdict } from './verdict';

/** Half of the time it comes by `p50`, nine times of ten by `p90`. Milliseconds since 1970. */
export interface Band {
  readonly p50: number;
  readonly p90: number;
}

/**
 * Where the durations of tasks come from, the best first: what they say of themselves, other tasks of the same step, the same step
 * of earlier batches, other steps of the job, jobs of the same kind, or a guess.
 */
export const bases = ['progress', 'step', 'earlier', 'job', 'kind', 'guess'] as const;
export type Basis = (typeof bases)[number];

/**
 * Why work will not end unless somebody does something: a verdict on it when all else has ended, a node
 * that runs it and cannot be asked, or an end further off than was looked.
 */
export type Stuck = Verdict['kind'] | 'nodeAway' | 'tooFar';

const stuckWords: Readonly<Record<Stuck, string>> = {
  waitsFor: 'what it waits for does not end',
  upstreamFailed: 'what it waits for failed',
  held: 'it is held',
  notYet: 'its time does not come',
  condition: 'what it waits for does not happen',
  triedAgain: 'it waits to be tried again',
  limit: 'it is at a limit',
  nodes: 'no node takes it',
  tooLarge: 'no node is large enough',
  othersFirst: 'others come first',
  noNodes: 'there is no node',
  nodeAway: 'its node is away',
  tooFar: 'it is too far off to tell',
};

export const stuckInWords = (stuck: Stuck): string => stuckWords[stuck];

/** `isGuess`: nothing is known of how long such tasks take. */
export interface ExpectedEnd extends Band {
  readonly isGuess: boolean;
}

export interface JobForecast {
  readonly job: JobId;
  readonly batch: BatchId;
  /** Null: it does not start. */
  readonly start: Band | null;
  /** Null: `stuck` says why it does not end. */
  readonly end: Band | null;
  readonly stuck: Stuck | null;
  /** The worst that it rests on. */
  readonly basis: Basis;
}

export interface BatchForecast {
  readonly batch: BatchId;
  readonly start: Band | null;
  readonly end: Band | null;
}

/** Cores in use, on average over each point; every point lasts `each` milliseconds, the first from `from`. */
export interface NodeUse {
  readonly from: number;
  readonly each: number;
  readonly cores: number;
  readonly used: readonly number[];
  readonly nodes: readonly {
    readonly node: NodeId;
    readonly cores: number;
    readonly used: readonly number[];
  }[];
}

/** Only what has not ended. Takes no account of tasks that will fail or be tried again. */
export interface Forecast {
  readonly at: number;
  readonly jobs: readonly JobForecast[];
  readonly batches: readonly BatchForecast[];
  readonly use: NodeUse;
  /** Open tasks, by what their durations rest on. */
  readonly tasks: Readonly<Record<Basis, number>>;
}

/** A job whose forecast is another one after the change; null: it is not there, or has ended. */
export interface JobDifference {
  readonly job: JobId;
  readonly before: JobForecast | null;
  readonly after: JobForecast | null;
  /** Of its end: more is later. Null: one of the two has none. */
  readonly milliseconds: number | null;
}

export interface WhatIf {
  readonly before: Forecast;
  readonly after: Forecast;
  readonly differences: readonly JobDifference[];
}

/** How good forecasts were, as parts of the time that was foretold: 0.1 is 6 minutes of an hour. */
export interface BacktestSummary {
  readonly jobs: number;
  readonly medianError: number | null;
  readonly p90Error: number | null;
  /** Ended before `p50`, by `p90`, and after: 0.5, 0.4 and 0.1 would be right. */
  readonly early: number;
  readonly inside: number;
  readonly late: number;
}
