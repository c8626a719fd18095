import type { Batch } from '../../shared/model/batch';
import type { Amounts } from '../../shared/model/amounts';
import type { CheckpointId, FoundCheckpoint } from '../../shared/model/checkpoint';
import type { BatchId, EdgeId, JobId, NodeId, ScheduleId } from '../../shared/model/ids';
import type { Holder } from '../../shared/model/reservation';
import type { ScheduleRule } from '../../shared/model/schedule';
import type { FarmSettings } from '../../shared/model/settings';
import type { Priority } from '../../shared/model/states';
import type { Submission } from '../../shared/model/submission';
import type { TaskRanges } from '../../shared/model/task-ranges';
import type { EdgeSpec } from './facts';
import type { Ranked, Side } from './ranks';

/** Of one step. */
export interface SomeTasks {
  readonly job: JobId;
  readonly step: number;
  readonly tasks: TaskRanges;
}

export interface CommandKinds {
  submit: {
    readonly batch: Batch;
    readonly outputFor: (id: BatchId) => string;
    /** What the batch was made of. */
    readonly submission?: Submission;
  };
  cancel: { readonly jobs: readonly JobId[] };
  retry: { readonly jobs: readonly JobId[] };
  /** Those of the tasks that wait or run. */
  cancelTasks: SomeTasks;
  /** Those of the tasks that failed or were cancelled. */
  retryTasks: SomeTasks & {
    /** On other nodes than those that last had them; also those that run. */
    readonly elsewhere?: boolean;
  };
  /** Those of the tasks that do not run and have not completed: they count as completed. */
  skipTasks: SomeTasks;
  hold: { readonly jobs: readonly JobId[] };
  release: { readonly jobs: readonly JobId[] };
  /** Null: no deadline. */
  order: {
    readonly jobs: readonly {
      readonly job: JobId;
      readonly priority: Priority;
      readonly deadline: number | null;
    }[];
  };
  /** To right before or after another one of the same priority. */
  move: { readonly jobs: readonly JobId[]; readonly side: Side; readonly beside: JobId };
  /** The way back of a move. */
  moveBack: { readonly jobs: readonly JobId[]; readonly ranks: readonly Ranked[] };
  link: { readonly add: readonly EdgeSpec[]; readonly remove: readonly EdgeId[] };
  bypass: { readonly edge: EdgeId };
  configure: { readonly settings: FarmSettings };
  /** A machine reached by SSH. */
  addNode: { readonly node: NodeId; readonly name: string; readonly address: string };
  /** Only when nothing runs there. */
  removeNode: { readonly node: NodeId };
  /** Takes no new work, until a time if there is one, or takes it again. */
  setAside: { readonly node: NodeId; readonly until?: number | null };
  takeBack: { readonly node: NodeId };
  /** Stops what runs there, which does not count against it, and is run again elsewhere. */
  vacate: { readonly node: NodeId };
  reserve: {
    readonly node: NodeId;
    readonly amounts: Amounts;
    readonly holder: Holder;
    readonly from: number;
    readonly until: number;
  };
  unreserve: { readonly reservation: number };
  schedule: {
    readonly name: string;
    readonly rule: ScheduleRule;
    readonly batch: Batch;
  };
  unschedule: { readonly schedule: ScheduleId };
  /** Runs a task that does not run again from one of its checkpoints. */
  resume: {
    readonly job: JobId;
    readonly step: number;
    readonly task: number;
    readonly checkpoint: CheckpointId;
    readonly madeAt: number;
  };
  /** Of a job's checkpoints; what they are, only the store knows. */
  tagCheckpoint: { readonly job: JobId; readonly checkpoint: CheckpointId; readonly tag: string | null };
  /** Its bytes are there already. */
  importCheckpoint: { readonly job: JobId; readonly checkpoint: Omit<FoundCheckpoint, 'id'> };
  noteCheckpoint: { readonly job: JobId; readonly checkpoint: CheckpointId; readonly note: string | null };
  dropCheckpoints: { readonly job: JobId; readonly checkpoints: readonly CheckpointId[] };
  /** Takes back the last change, or this one if it is the last. */
  undo: { readonly change: number | null };
}

/** A wish of a person or a program. Checked against the state; answered with facts or a refusal. */
export type Command = {
  [Kind in keyof CommandKinds]: {
    readonly kind: Kind;
    readonly by: string;
    readonly why?: string | null;
  } & CommandKinds[Kind];
}[keyof CommandKinds];
export type CommandOf<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>;
