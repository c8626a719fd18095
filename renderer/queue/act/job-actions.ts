/** What can be done with jobs, one or many: with which of them, and how it is said. */
import type { JobRow } from '../../../shared/ipc/queue';
import { isEnded } from '../../../shared/model/states';
import type { Priority } from '../../../shared/model/states';

/** As for the Host: null stays as it is, a deadline of 0 is none. */
export type Action =
  | { readonly kind: 'cancel' | 'retry' | 'hold' | 'release' }
  | { readonly kind: 'order'; readonly priority: Priority | null; readonly deadline: number | null };

export type ActionKind = Action['kind'];
export type SimpleKind = Exclude<ActionKind, 'order'>;

interface JobAction {
  /** On a button. */
  readonly words: string;
  /** Other words by which it is looked for. */
  readonly also: string;
  /** What it is called, of `film` or `3 jobs`; completes "Could not ...". */
  readonly wish: (what: string) => string;
  readonly done: (what: string, isOne: boolean) => string;
}

/** Those that need nothing else said, in the order in which they are offered. */
export const simpleActions: Readonly<Record<SimpleKind, JobAction>> = {
  retry: {
    words: 'Retry',
    also: 'again failed',
    wish: (what) => `retry ${what}`,
    done: (what, isOne) => `${what} ${isOne ? 'runs' : 'run'} again`,
  },
  hold: {
    words: 'Pause',
    also: 'hold stop',
    wish: (what) => `pause ${what}`,
    done: (what) => `${what} paused`,
  },
  release: {
    words: 'Go on',
    also: 'release resume unpause',
    wish: (what) => `let ${what} go on`,
    done: (what, isOne) => `${what} ${isOne ? 'goes' : 'go'} on`,
  },
  cancel: {
    words: 'Cancel',
    also: 'stop end kill',
    wish: (what) => `cancel ${what}`,
    done: (what) => `${what} cancelled`,
  },
};
export const simpleKinds = ['retry', 'hold', 'release', 'cancel'] as const satisfies readonly SimpleKind[];

/** Whether it can be done with a job as it is. */
const fitting: Readonly<Record<ActionKind, (job: JobRow) => boolean>> = {
  cancel: ({ state }) => !isEnded(state),
  order: ({ state }) => !isEnded(state),
  retry: ({ stopping, tasks }) => stopping === 0 && tasks.FAILED + tasks.CANCELLED > 0,
  hold: ({ held, state }) => !held && !isEnded(state),
  release: ({ held, state }) => held && !isEnded(state),
};

export const fits = (kind: ActionKind, job: JobRow): boolean => fitting[kind](job);
export const fitsSome = (kind: ActionKind, jobs: readonly JobRow[]): boolean => jobs.some(fitting[kind]);

export type Fitting = Readonly<Record<ActionKind, readonly JobRow[]>>;

/** With which of them each can be done. */
export function fittingJobs(jobs: readonly JobRow[]): Fitting {
  const that = (kind: ActionKind): readonly JobRow[] => jobs.filter(fitting[kind]);
  return {
    cancel: that('cancel'),
    retry: that('retry'),
    hold: that('hold'),
    release: that('release'),
    order: that('order'),
  };
}
