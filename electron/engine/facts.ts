import type { Request } from '../../shared/model/amounts';
import type { AttemptEnd, AttemptUsage } from '../../shared/model/attempt';
import type { Capacity } from '../../shared/model/amounts';
import type { Batch } from '../../shared/model/batch';
import type { CheckpointId, FoundCheckpoint } from '../../shared/model/checkpoint';
import type { FoundFile } from '../../shared/model/dependency';
import type { NewEdge } from '../../shared/model/edge';
import type { AttemptId, BatchId, EdgeId, JobId, NodeId, ScheduleId } from '../../shared/model/ids';
import type { Reservation } from '../../shared/model/reservation';
import type { FiringOutcome, ScheduleRule } from '../../shared/model/schedule';
import type { TaskRanges } from '../../shared/model/task-ranges';
import type { FarmSettings } from '../../shared/model/settings';
import type { Submission } from '../../shared/model/submission';
import type {
  BatchEnd,
  DependencyState,
  NodeKind,
  NodeState,
  Priority,
  ReservationState,
  TaskState,
} from '../../shared/model/states';
import type { Ranked, Side } from './ranks';

/** The version of the facts' shapes, kept with each in the store. */
export const factVersion = 1;

/** Of each fact that somebody wished. */
interface Wished {
  readonly by: string;
  readonly why: string | null;
}

/** Of a fact that also comes about without anybody having wished it. */
interface MayBeWished {
  readonly by?: string;
  readonly why?: string | null;
}

/** Of each fact that can be undone: which change it takes back; null: it is a change itself. */
interface Undoable extends Wished {
  readonly undoes: number | null;
}

/** What a node says of itself. */
export interface SeenNode {
  readonly node: NodeId;
  readonly name: string;
  readonly nodeKind: NodeKind;
  readonly system: string;
  readonly capacity: Capacity;
  /** Found out by a probe, beside those that people gave it. */
  readonly labels: readonly string[];
}

export type { EdgeEnd } from '../../shared/model/edge';
export type EdgeSpec = NewEdge;

/** Which of a node's cores and devices an attempt holds, where it matters. */
export interface Placement {
  readonly cores: readonly number[];
  readonly gpus: readonly { readonly device: number; readonly share: number }[];
}

/** Tasks of one step, and of how many of them it is true. */
interface SomeTasks extends Wished {
  readonly job: JobId;
  readonly step: number;
  readonly tasks: TaskRanges;
  readonly count: number;
}

interface TaskOfCheckpoint {
  readonly job: JobId;
  readonly step: number;
  readonly task: number;
}

/** What an attempt had done since its last checkpoint, or at all. */
export interface LostWork {
  readonly job: JobId;
  readonly milliseconds: number;
  /** From where its task goes on; null: it begins again. */
  readonly from: CheckpointId | null;
  /** Null: it was not stopped by Drover. */
  readonly reason: StopReason | null;
}

/** What a task would go on from. */
export interface Saved {
  readonly checkpoint: CheckpointId;
  readonly madeAt: number;
  /** By a person, who does not want what came after it. */
  readonly chosen?: true;
}

export interface FactKinds {
  batchSubmitted: Wished & {
    readonly id: BatchId;
    readonly output: string;
    readonly batch: Batch;
    readonly schedule: ScheduleId | null;
    /** What the batch was made of; missing: of what a schedule keeps, or by an older Drover. */
    readonly submission?: Submission | null;
  };
  batchEnded: { readonly id: BatchId; readonly state: BatchEnd };
  jobCancelled: Wished & { readonly job: JobId };
  jobRetried: Wished & { readonly job: JobId };
  /** Those of the tasks that wait; those that run are stopped. */
  tasksCancelled: SomeTasks;
  /** `elsewhere`: not on the nodes that last had them, as long as others could; those that run are stopped for it. */
  tasksRetried: SomeTasks & { readonly elsewhere?: true };
  /** Those of the tasks that neither run nor have completed. */
  tasksSkipped: SomeTasks;
  jobsHeld: Undoable & { readonly jobs: readonly JobId[] };
  jobsReleased: Undoable & { readonly jobs: readonly JobId[] };
  jobsOrdered: Undoable & {
    readonly jobs: readonly {
      readonly job: JobId;
      readonly priority: Priority;
      readonly deadline: number | null;
    }[];
  };
  jobsMoved: Undoable & {
    /** Those that somebody meant. */
    readonly jobs: readonly JobId[];
    /** Null: to where they were before a move. */
    readonly to: { readonly side: Side; readonly beside: JobId } | null;
    /** Of the jobs that stand elsewhere now; also of others, where there was no room between two. */
    readonly ranks: readonly Ranked[];
  };
  edgesChanged: Undoable & { readonly added: readonly EdgeSpec[]; readonly removed: readonly EdgeId[] };
  /** What follows from a clock, a file or a reported value; what follows from tasks is worked out. */
  edgeResolved: MayBeWished & {
    readonly edge: EdgeId;
    readonly state: DependencyState;
    readonly files: readonly FoundFile[];
    readonly reason: string | null;
  };
  settingsChanged: Undoable & { readonly settings: FarmSettings };
  /** A machine that is to be reached from now on, or at another address. */
  nodeAdded: Wished & { readonly node: NodeId; readonly name: string; readonly address: string };
  nodeRemoved: Wished & { readonly node: NodeId };
  nodeSeen: SeenNode;
  nodeStateChanged: MayBeWished & {
    readonly node: NodeId;
    readonly state: NodeState;
    readonly reason: string | null;
    /** Of a node that is set aside: it comes back by itself then. */
    readonly until?: number | null;
    /** It was lost before. */
    readonly isBack?: true;
  };
  /** The node has said what became of all attempts that it was asked about. */
  nodeReconciled: { readonly node: NodeId };
  taskAssigned: {
    readonly attempt: AttemptId;
    readonly job: JobId;
    readonly step: number;
    readonly task: number;
    readonly node: NodeId;
    /** Null: as its step says, on any cores. */
    readonly special: { readonly request: Request; readonly placement: Placement | null } | null;
  };
  attemptStopping: {
    readonly attempt: AttemptId;
    readonly reason: StopReason;
    /** It is asked to save its work first, and stopped when it has, or then. */
    readonly saving?: { readonly until: number };
  };
  attemptFinished: {
    readonly attempt: AttemptId;
    readonly end: AttemptEnd;
    readonly usage: AttemptUsage | null;
    /** What becomes of its task. */
    readonly next: NextState;
    /** The task waits so long before it is tried again. */
    readonly until: number | null;
    /** It needs so much from now on; null: as before. */
    readonly memoryMiB: number | null;
    /** What it has done is done again; missing: nobody knows or minds. */
    readonly lost?: LostWork;
  };
  /** Tasks of a step have waited long enough. */
  tasksDue: { readonly job: JobId; readonly step: number; readonly tasks: readonly number[] };
  valueReported: {
    readonly job: JobId;
    readonly step: number;
    readonly name: string;
    readonly value: number;
  };
  reservationMade: { readonly reservation: Reservation; readonly why?: string | null };
  reservationChanged: MayBeWished & { readonly id: number; readonly state: ReservationState };
  scheduleAdded: Wished & {
    readonly id: ScheduleId;
    readonly name: string;
    readonly rule: ScheduleRule;
    readonly batch: Batch;
  };
  scheduleRemoved: Wished & { readonly id: ScheduleId };
  /** A task has written something to go on from, or somebody has brought it from elsewhere. */
  checkpointFound: MayBeWished & { readonly checkpoint: FoundCheckpoint };
  /** It cannot be used. `newest`: of those of its task that can. */
  checkpointBroken: TaskOfCheckpoint & {
    readonly checkpoint: CheckpointId;
    readonly reason: string;
    readonly newest: Saved | null;
  };
  /** Somebody wishes that the task goes on from this one, whatever was saved after it. */
  checkpointChosen: Wished & TaskOfCheckpoint & { readonly chosen: Saved };
  /** Null: it has no tag any more. */
  checkpointTagged: Wished & {
    readonly checkpoint: CheckpointId;
    readonly job: JobId;
    readonly tag: string | null;
  };
  /** Null: there is none any more. */
  checkpointNoted: Wished & {
    readonly checkpoint: CheckpointId;
    readonly job: JobId;
    readonly note: string | null;
  };
  /** Their bytes were given up, by the rule of their step or by a wish. */
  checkpointsDropped: MayBeWished & {
    readonly job: JobId;
    readonly checkpoints: readonly CheckpointId[];
  };
  /** An attempt that had a checkpoint to go on from said so; a line of null: it did not, and began anew. */
  attemptWentOn: TaskOfCheckpoint & {
    readonly attempt: AttemptId;
    readonly from: CheckpointId | null;
    readonly line: string | null;
  };
  /** The time `due` of a schedule was dealt with: what was submitted follows. */
  scheduleFired: { readonly id: ScheduleId; readonly due: number; readonly outcome: FiringOutcome };
}

export type NextState = Extract<TaskState, 'COMPLETED' | 'FAILED' | 'CANCELLED' | 'QUEUED' | 'PENDING'>;
export type StopReason = 'cancelled' | 'preempted' | 'timeout';
export type FactKind = keyof FactKinds;

/**
 * Something that happened, complete in itself: applying the facts in order rebuilds the state
 * exactly, with no clock, no randomness and no decision made again.
 */
export type Fact = {
  [Kind in FactKind]: { readonly kind: Kind; readonly at: number } & FactKinds[Kind];
}[FactKind];
export type FactOf<Kind extends FactKind> = Extract<Fact, { kind: Kind }>;
