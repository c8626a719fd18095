import type { Capacity, Request } from '../../shared/model/amounts';
import type { Batch, Job, Step } from '../../shared/model/batch';
import type {
  BatchEnd,
  DependencyState,
  NodeKind,
  NodeState,
  Priority,
  TaskState,
} from '../../shared/model/states';
import { taskStates } from '../../shared/model/states';
import type { AttemptId, BatchId, EdgeId, JobId, NodeId, ScheduleId } from '../../shared/model/ids';
import type { FoundFile, SingleMapping } from '../../shared/model/dependency';
import type { Reservation } from '../../shared/model/reservation';
import type { FiringOutcome, ScheduleRule } from '../../shared/model/schedule';
import { defaultSettings, type FarmSettings } from '../../shared/model/settings';
import type { Submission } from '../../shared/model/submission';
import type { Command } from './commands';
import type { Counts } from './counts';
import type { Durations } from './durations';
import type { EdgeSpec, Placement, Saved, StopReason } from './facts';
import { LiveAttempts } from './live-attempts';
import type { Rank } from './ranks';
import { RequestClasses, type RequestClass } from './resources/classes';
import { Room } from './resources/room';
import type { Vector } from './resources/vector';
import type { TaskSet } from './task-set';

/**
 * The state of the farm, rebuilt from the facts alone. Only reduce/ changes it. A task is no
 * object: per step there is one record with arrays.
 */
export class FarmState {
  readonly batches = new Map<BatchId, BatchRecord>();
  readonly jobs = new Map<JobId, JobRecord>();
  /** Of all jobs, by their numbers. */
  readonly steps: StepRecord[] = [];
  readonly nodes = new Map<NodeId, NodeRecord>();
  /** Those that come back by themselves after a while. */
  readonly asideForAWhile = new Set<NodeRecord>();
  /** By their index, as rows of `room`; also those that were removed. */
  readonly nodeList: NodeRecord[] = [];
  readonly room = new Room();
  /** Named amounts that nodes have of their own, and how many nodes do. */
  readonly ownNames = new Map<string, number>();
  readonly classes = new RequestClasses();
  /** Those that run, or may run. */
  readonly attempts = new LiveAttempts(this);
  readonly edges = new Map<EdgeId, Edge>();
  /** Steps with tasks that wait before they are tried again. */
  readonly waiting = new Set<StepRecord>();
  readonly tenants = new Map<string, TenantRecord>();
  /** Running tasks by user. */
  readonly users = new Map<string, number>();
  /** What is held of licences and locks. */
  readonly sharedHeld = new Map<string, number>();
  readonly reservations = new Map<number, Reservation>();
  readonly schedules = new Map<ScheduleId, ScheduleRecord>();
  /** What can be taken back, oldest first. */
  readonly undoable: UndoableChange[] = [];
  settings: FarmSettings = defaultSettings;
  nextBatch = 1;
  nextEdge = 1;
  nextSchedule = 1;
  nextReservation = 1;
  nextChange = 1;
  nextCheckpoint = 1;
}

export interface BatchRecord {
  readonly id: BatchId;
  readonly sequence: number;
  readonly batch: Batch;
  readonly by: string;
  readonly output: string;
  readonly schedule: ScheduleId | null;
  readonly submittedAt: number;
  /** Null: nobody knows any more. */
  readonly submission: Submission | null;
  readonly tenant: TenantRecord;
  readonly jobs: readonly JobRecord[];
  readonly counts: Counts;
  /** Other batches with work that waits for this one's, and by how many edges. */
  readonly followers: Map<BatchRecord, number>;
  startedAt: number | null;
  ended: { readonly at: number; readonly state: BatchEnd } | null;
}

export interface JobRecord {
  readonly id: JobId;
  /** Its place in the batch. */
  readonly index: number;
  readonly job: Job;
  readonly batch: BatchRecord;
  readonly steps: readonly StepRecord[];
  readonly counts: Counts;
  /** Edges that end at this job, and those that begin at it, as a whole. */
  readonly incoming: Edge[];
  readonly outgoing: Edge[];
  priority: Priority;
  /** Among those that are as urgent. */
  rank: Rank;
  deadline: number | null;
  cancelled: boolean;
  held: { readonly by: string; readonly why: string | null; readonly at: number } | null;
  /** Nodes on which its tasks have failed since one last completed. */
  failedOn: ReadonlySet<NodeId>;
  startedAt: number | null;
  endedAt: number | null;
}

export interface StepRecord {
  readonly index: number;
  /** Among the steps of all jobs. */
  readonly number: number;
  readonly step: Step;
  readonly job: JobRecord;
  readonly count: number;
  readonly counts: Counts;
  readonly incoming: Edge[];
  readonly outgoing: Edge[];
  /** Larger than those of all steps before it. */
  depth: number;
  /** Changes when an edge to a lock does. */
  requestClass: RequestClass;
  /** Codes of task states, by task. */
  readonly states: Uint8Array;
  readonly tries: Uint16Array;
  /** The node that last had the task, by its index + 1. */
  readonly nodes: Uint16Array;
  /** QUEUED tasks that ask for what the step asks for. */
  readonly queued: TaskSet;
  /** Those tasks that ask for more memory than their step, or keep off a node; the QUEUED among them by class. */
  readonly larger: Map<number, RequestClass>;
  readonly queuedLarger: Map<RequestClass, Set<number>>;
  /** Tasks that wait before they are tried again, and until when. */
  readonly waits: Map<number, number>;
  readonly trouble: Map<number, TaskTrouble>;
  /** What tasks that have not completed would go on from. */
  readonly saved: Map<number, Saved>;
  /** The longest that one of its tasks took to save its work when it was asked to; null: none has. */
  savingMs: number | null;
  /** Last reported, by name. */
  readonly values: Map<string, number>;
  readonly durations: Durations;
  /** When a task was last added to a step without any that could start. */
  readySince: number;
}

/** Kept for the few tasks with which something went wrong. */
export interface TaskTrouble {
  failures: number;
  losses: number;
  waitedMs: number;
  /** Of the last attempt that ended by itself. */
  exitCode: number | null;
}

export interface Edge {
  readonly id: EdgeId;
  readonly spec: EdgeSpec;
  /** From single tasks to single tasks; null: of all that is before it. */
  readonly mapping: SingleMapping | null;
  readonly from: JobRecord | StepRecord | null;
  readonly to: JobRecord | StepRecord;
  /** By a clock, a file or a value; null: it follows from the tasks. */
  resolved: DependencyState | null;
  reason: string | null;
  /** When the earlier work completed. */
  endedAt: number | null;
  files: readonly FoundFile[];
  /** Of each group of earlier tasks, how many have not completed; null where it need not be counted. */
  readonly open: Int32Array | null;
  readonly pairs: PairIndex | null;
}

export interface PairIndex {
  readonly after: ReadonlyMap<number, readonly number[]>;
  readonly before: ReadonlyMap<number, readonly number[]>;
}

export interface TenantRecord {
  readonly name: string;
  readonly held: Vector;
  running: number;
  queued: number;
  /** Times of the last submissions, oldest first: as many as the quota looks back on. */
  readonly submissions: number[];
}

/** The first of these are looked at for each task, and lie together. */
export interface NodeRecord {
  readonly id: NodeId;
  readonly index: number;
  state: NodeState;
  /** Attempts that run on it, or may run, and how many of them have all of its cores for themselves. */
  running: number;
  exclusive: number;
  /** Jobs whose tasks failed here since one last completed. */
  failedJobs: ReadonlySet<JobId>;
  name: string;
  kind: NodeKind;
  system: string;
  capacity: Capacity;
  /** What work may use of it, by the settings. */
  usable: Capacity;
  probedLabels: readonly string[];
  /** Found by the probe and given by people. */
  labels: ReadonlySet<string>;
  pools: ReadonlySet<string>;
  reason: string | null;
  /** How it is reached; null: it is this machine. */
  address: string | null;
  /** Taken out of the farm. Its row stays, for what it has done is told by it. */
  removed: boolean;
  /** Why it takes no new work, also when it comes back from being away; null: it does. */
  setAside: string | null;
  /** When it is to take new work again by itself. */
  setAsideUntil: number | null;
  /** It has said what became of the attempts that it had. */
  reconciled: boolean;
  readonly special: Map<string, number>;
  /** Parts of each GPU that are held, in ten-thousandths, and its memory. */
  readonly devices: { share: number; memoryMiB: number }[];
  readonly pinnedCores: Set<number>;
}

/** As it was when somebody asked. */
export interface LiveAttempt {
  readonly id: AttemptId;
  readonly step: StepRecord;
  readonly task: number;
  readonly node: NodeRecord;
  readonly assignedAt: number;
  readonly requestClass: RequestClass;
  readonly held: Vector;
  readonly placement: Placement | null;
  /** Named amounts that it holds of its node; the others are the farm's. */
  readonly ofNode: readonly string[];
  readonly stopping: StopReason | null;
  /** It was asked to save its work before it is stopped. */
  readonly saving: { readonly since: number; readonly until: number } | null;
}

export interface ScheduleRecord {
  readonly id: ScheduleId;
  readonly name: string;
  readonly by: string;
  readonly rule: ScheduleRule;
  readonly batch: Batch;
  /** Times up to here were dealt with. */
  dealtWith: number;
  /** Firings that wait for the run before. */
  queued: number;
  last: BatchId | null;
  /** The last of its times that came, and what became of it. */
  latest: { readonly due: number; readonly outcome: FiringOutcome } | null;
}

/** Shared by all jobs and nodes without any: most of them. */
export const noFailures: ReadonlySet<never> = new Set<never>();

export interface UndoableChange {
  readonly id: number;
  readonly at: number;
  readonly by: string;
  readonly why: string | null;
  readonly what: string;
  readonly inverse: InverseChange;
}
export type InverseChange = Extract<
  Command,
  { kind: 'hold' | 'release' | 'order' | 'moveBack' | 'link' | 'configure' }
>;

export function taskState(step: StepRecord, task: number): TaskState {
  return taskStates[step.states[task] ?? 0] ?? 'PENDING';
}

export function requestOf(step: StepRecord, task: number): Request {
  return (step.larger.get(task) ?? step.requestClass).request;
}
