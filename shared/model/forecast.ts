/** What a farm is expected to do from now on, and what could be changed about it. */
import { amountInWords, type AmountName } from './amounts';
import type { BatchId, EdgeId, JobId, NodeId } from './ids';
import type { Priority } from './states';
import type { Limit, Verdict } from './verdict';

/** Half of the time it comes by `p50`, nine times of ten by `p90`. Milliseconds since 1970. */
export interface Band {
  readonly p50: number;
  readonly p90: number;
}

/**
 * Where the durations of tasks come from, the best first: other tasks of the same step, the same step
 * of earlier batches, other steps of the job, jobs of the same kind, or a guess.
 */
export const bases = ['step', 'earlier', 'job', 'kind', 'guess'] as const;
export type Basis = (typeof bases)[number];

/**
 * Why work will not end unless somebody does something: a verdict on it when all else has ended, a node
 * that runs it and cannot be asked, or an end further off than was looked.
 */
export type Stuck = Verdict['kind'] | 'nodeAway' | 'tooFar';

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

/** One change to the farm, or to what was submitted, for the sake of work that waits. */
export type FarmChange =
  | { readonly kind: 'release'; readonly job: JobId }
  | { readonly kind: 'takeBack'; readonly node: NodeId }
  /** It is reached again; no command does that. */
  | { readonly kind: 'nodeBack'; readonly node: NodeId }
  | { readonly kind: 'bypass'; readonly edge: EdgeId; readonly what: string }
  | { readonly kind: 'raise'; readonly limit: Limit; readonly to: number }
  | { readonly kind: 'unreserve'; readonly reservation: number; readonly node: NodeId }
  | { readonly kind: 'priority'; readonly job: JobId; readonly to: Priority }
  /** Of each task; it has to be submitted anew for that. */
  | { readonly kind: 'smaller'; readonly amount: AmountName; readonly from: number; readonly to: number }
  | {
      readonly kind: 'label';
      readonly node: NodeId;
      readonly add: readonly string[];
      readonly remove: readonly string[];
      readonly pool: string | null;
    }
  | { readonly kind: 'cancel'; readonly job: JobId; readonly running: number }
  | { readonly kind: 'addNode'; readonly like: NodeId };

/** The first in the order of their cost that lets a task start, tried on a copy of the farm. */
export type Cheapest =
  | {
      readonly kind: 'change';
      readonly change: FarmChange;
      /** False: no node could ever have done it; now it waits for room. */
      readonly startsNow: boolean;
    }
  | { readonly kind: 'startsAnyway' }
  /** The farm is too large to try. */
  | { readonly kind: 'notTried' };

export function changeInWords(change: FarmChange): string {
  switch (change.kind) {
    case 'release':
      return `release ${change.job}`;
    case 'takeBack':
      return `let node ${change.node} take work again`;
    case 'nodeBack':
      return `get node ${change.node} back`;
    case 'bypass':
      return `do not wait for ${change.what}`;
    case 'raise':
      return raiseInWords(change.limit, change.to);
    case 'unreserve':
      return `give up reservation ${change.reservation} on node ${change.node}`;
    case 'priority':
      return `raise the priority of ${change.job} to ${change.to}`;
    case 'smaller':
      return `ask for ${amountInWords(change.amount, change.to)} instead of ${amountInWords(change.amount, change.from)}`;
    case 'label':
      return `${labelInWords(change)} node ${change.node}`;
    case 'cancel':
      return `cancel ${change.job}, of which ${change.running} ${change.running === 1 ? 'task runs' : 'tasks run'}`;
    case 'addNode':
      return `add a node like ${change.like}`;
  }
}

function raiseInWords({ of, name, what, most }: Limit, to: number): string {
  const whose =
    of === 'farm'
      ? `the amount of ${name}`
      : `the ${of === 'tenant' ? 'quota of tenant' : `limit of ${of}`} ${name}`;
  const unit =
    of === 'farm' ? '' : what === 'tasks' ? ' tasks at once' : ` ${what === 'cpu' ? 'cores' : what}`;
  return `raise ${whose} from ${round(most)} to ${round(to)}${unit}`;
}

function labelInWords({ add, remove, pool }: Extract<FarmChange, { kind: 'label' }>): string {
  const what = [
    ...(add.length > 0 ? [`the label ${add.join(' and ')}`] : []),
    ...(pool === null ? [] : [`a place in pool ${pool}`]),
  ].join(' and ');
  if (what === '') return `take the label ${remove.join(' and ')} from`;
  return remove.length === 0
    ? `give ${what} to`
    : `give ${what}, without the label ${remove.join(' and ')}, to`;
}

const round = (amount: number): number => Number(amount.toFixed(2));
