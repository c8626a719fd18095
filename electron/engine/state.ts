import { taskCount } from '../../shared/model/space';
import {
  taskStates,
  type BatchState,
  type JobState,
  type NodeKind,
  type NodeState,
  type Priority,
  type TaskState,
} from '../../shared/model/states';
import type { Batch, Dependency, Job, Request, Step } from '../../shared/model/batch';
import type { AttemptId, BatchId, JobId, NodeId } from '../../shared/model/ids';
import { countOf, newCounts, totalOf, type Counts } from './counts';
import { ReadyQueue } from './schedule/ready-queue';

/**
 * The state of the farm, rebuilt from the facts alone. Only reduce.ts changes it. A task is no
 * object: per step there is one record with an array of states.
 */
export class FarmState {
  readonly batches = new Map<BatchId, BatchRecord>();
  readonly jobs = new Map<JobId, JobRecord>();
  readonly nodes = new Map<NodeId, NodeRecord>();
  /** Those that run, or may run. */
  readonly attempts = new Map<AttemptId, LiveAttempt>();
  /** Steps with tasks that may start, in the order in which they should. */
  readonly ready = new ReadyQueue();

  nextBatchId(): BatchId {
    return `b${this.batches.size + 1}`;
  }
}

export interface BatchRecord {
  readonly id: BatchId;
  readonly sequence: number;
  readonly batch: Batch;
  readonly by: string;
  readonly output: string;
  readonly submittedAt: number;
  readonly jobs: readonly JobRecord[];
  readonly counts: Counts;
  startedAt: number | null;
  ended: { readonly at: number; readonly state: BatchState } | null;
}

export interface JobRecord {
  readonly id: JobId;
  readonly job: Job;
  readonly batch: BatchRecord;
  readonly steps: readonly StepRecord[];
  readonly counts: Counts;
  /** Edges that end at this job, and those that begin at it, as a whole. */
  readonly incoming: Edge[];
  readonly outgoing: Edge[];
  cancelled: boolean;
  startedAt: number | null;
  endedAt: number | null;
}

export interface StepRecord {
  readonly index: number;
  readonly step: Step;
  readonly job: JobRecord;
  readonly count: number;
  readonly counts: Counts;
  readonly incoming: Edge[];
  readonly outgoing: Edge[];
  /** Its place in first-in-first-out order: batch, job, step. */
  readonly order: readonly [priority: number, batch: number, job: number, step: number];
  /** Codes of task states, by task. */
  readonly states: Uint8Array;
  readonly tries: Uint16Array;
  /** No QUEUED task lies before it. */
  cursor: number;
  /** How often a task's attempt was lost; most never are. */
  readonly losses: Map<number, number>;
}

export interface Edge {
  readonly dependency: Dependency;
  readonly from: JobRecord | StepRecord;
  readonly to: JobRecord | StepRecord;
}

export interface NodeRecord {
  readonly id: NodeId;
  name: string;
  kind: NodeKind;
  system: string;
  capacity: Request;
  state: NodeState;
  reason: string | null;
  freeCpu: number;
  freeMemoryMiB: number;
  readonly attempts: Set<LiveAttempt>;
}

export interface LiveAttempt {
  readonly id: AttemptId;
  readonly step: StepRecord;
  readonly task: number;
  readonly node: NodeRecord;
  readonly assignedAt: number;
}

export function taskState(step: StepRecord, task: number): TaskState {
  return taskStates[step.states[task] ?? 0] ?? 'PENDING';
}

const priorityRank: Readonly<Record<Priority, number>> = { CRITICAL: 0, HIGH: 1, MEDIUM: 2, LOW: 3 };

export function createStep(job: JobRecord, step: Step, jobIndex: number, index: number): StepRecord {
  const count = taskCount(step.space);
  return {
    index,
    step,
    job,
    count,
    counts: newCounts(count),
    incoming: [],
    outgoing: [],
    order: [priorityRank[job.job.priority], job.batch.sequence, jobIndex, index],
    states: new Uint8Array(count),
    tries: new Uint16Array(count),
    cursor: 0,
    losses: new Map(),
  };
}

/** What a job's state is follows from its tasks. */
export function jobState(job: JobRecord): JobState {
  return stateOf(job.counts, job.cancelled, job.startedAt !== null);
}

export function batchState(batch: BatchRecord): BatchState {
  if (batch.ended !== null) return batch.ended.state;
  return stateOf(batch.counts, false, batch.startedAt !== null);
}

/** The state in which a batch ends when none of its tasks can go on. */
export function finalState(batch: BatchRecord): BatchState {
  if (countOf(batch.counts, 'COMPLETED') === totalOf(batch.counts)) return 'COMPLETED';
  return countOf(batch.counts, 'FAILED') > 0 ? 'FAILED' : 'CANCELLED';
}

function stateOf(counts: Counts, cancelled: boolean, started: boolean): JobState {
  if (countOf(counts, 'COMPLETED') === totalOf(counts)) return 'COMPLETED';
  if (cancelled) return 'CANCELLED';
  if (countOf(counts, 'RUNNING') > 0) return 'RUNNING';
  if (countOf(counts, 'QUEUED') > 0) return started ? 'RUNNING' : 'QUEUED';
  if (countOf(counts, 'FAILED') > 0) return 'FAILED';
  return 'PENDING';
}
