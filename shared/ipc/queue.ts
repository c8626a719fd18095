/** The rows of the queue. */
import type { Request } from '../model/amounts';
import type { ExpectedEnd } from '../model/forecast';
import type { BatchId, JobId } from '../model/ids';
import type { BatchEnd, BatchState, JobKind, JobState, Priority, TaskCounts } from '../model/states';

export interface QueuePicture {
  /** Why nothing new can be saved and started; null when all is well. */
  readonly trouble: string | null;
  readonly batches: readonly BatchRow[];
  readonly jobs: readonly JobRow[];
}

export interface QueueDelta {
  readonly trouble: string | null;
  readonly batches: readonly BatchRow[];
  readonly jobs: readonly JobRow[];
}

export interface BatchRow {
  readonly id: BatchId;
  readonly name: string;
  readonly owner: string;
  readonly tenant: string;
  readonly state: BatchState;
  readonly tasks: TaskCounts;
  /** 0 to 1: done tasks and the done part of running ones. */
  readonly progress: number;
  readonly submittedAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly output: string;
  /** The page of the execution report, once it is written: at the end, or when somebody has looked at it. */
  readonly report: string | null;
  /** The ends that the desktop tells of. */
  readonly notify: readonly BatchEnd[];
}

export interface JobRow {
  readonly id: JobId;
  readonly batch: BatchId;
  readonly name: string;
  readonly kind: JobKind;
  readonly priority: Priority;
  /** Among those that are as urgent: smaller comes first. No other job has the same. */
  readonly place: number;
  readonly state: JobState;
  readonly tasks: TaskCounts;
  readonly progress: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** Attempts that are being stopped, but still run. */
  readonly stopping: number;
  readonly held: boolean;
  readonly deadline: number | null;
  /** When it is expected to end, as it was when this was sent: a forecast that differs little is not told. */
  readonly end: ExpectedEnd | null;
  /** The names of the nodes that it runs on now. */
  readonly nodes: readonly string[];
  /** What one of its tasks asks for; where its steps differ, the most of each. */
  readonly request: Request;
  readonly stepCount: number;
}

/** A step of a job, for who looks closer. */
export interface StepRow {
  readonly name: string;
  readonly state: JobState;
  readonly tasks: TaskCounts;
  readonly progress: number;
  /** What one of its tasks asks for. */
  readonly request: Request;
}
