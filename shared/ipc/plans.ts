/** Answers about what could be: why work waits, what would follow from a change, what is planned. */
import type { Cheapest } from '../model/farm-change';
import type { BatchId, JobId, NodeId, ScheduleId } from '../model/ids';
import type { FiringOutcome, ScheduleRule } from '../model/schedule';
import type { FarmSettings } from '../model/settings';
import type { Amounts } from '../model/amounts';
import type { Reservation } from '../model/reservation';
import type { BatchState, JobState, Priority } from '../model/states';
import type { NodeReason, Verdict } from '../model/verdict';

/** Of a job or a batch. */
export interface Why {
  readonly batch: BatchId;
  /** Null: it was asked about the whole batch. */
  readonly job: JobId | null;
  readonly name: string;
  readonly state: JobState;
  /** Those that wait, as they stand in the batch. */
  readonly steps: readonly StepWhy[];
  /** So many more wait. */
  readonly left: number;
}

export interface StepWhy {
  readonly job: JobId;
  readonly jobName: string;
  readonly batchName: string;
  readonly step: number;
  /** Null: the job has no other. */
  readonly stepName: string | null;
  readonly waiting: number;
  readonly verdicts: readonly Verdict[];
  /** Those that stand in the way, each with its own reason; at most 1,000. */
  readonly nodes: readonly NodeWhy[];
  /** What would let one of its tasks start; null: no single change would. */
  readonly cheapest: Cheapest | null;
}

export interface NodeWhy {
  readonly node: NodeId;
  readonly name: string;
  readonly reason: NodeReason;
}

/** What if the farm were another one. Nothing is changed. */
export interface FarmWish {
  readonly addNodes: readonly { readonly like: NodeId; readonly count: number }[];
  /** They finish what they run, and take no more. */
  readonly removeNodes: readonly NodeId[];
  /** Of jobs, or all jobs of a batch. Null: stays as it is; a deadline of 0: none any more. */
  readonly order: readonly {
    readonly what: string;
    readonly priority: Priority | null;
    readonly deadline: number | null;
  }[];
  /** Null: as they are. */
  readonly settings: FarmSettings | null;
}

export interface ScheduleWish {
  /** Null: the name of the batch. */
  readonly name: string | null;
  /** Null: as the recipe itself says. */
  readonly rule: ScheduleRule | null;
  readonly why: string | null;
}

export interface NewSchedule {
  readonly schedule: ScheduleRow;
  /** What a person should know of its runs. */
  readonly notices: readonly string[];
}

export interface ScheduleRow {
  readonly id: ScheduleId;
  readonly name: string;
  readonly by: string;
  readonly rule: ScheduleRule;
  /** The file that was read when it was scheduled. */
  readonly recipe: string | null;
  readonly tasks: number;
  /** Null: there is no other. */
  readonly next: number | null;
  /** The last of its times that came. */
  readonly latest: { readonly due: number; readonly outcome: FiringOutcome } | null;
  /** Runs that wait for the one before. */
  readonly queued: number;
  readonly lastBatch: { readonly id: BatchId; readonly state: BatchState } | null;
}

export interface ReservationWish {
  readonly node: NodeId;
  readonly amounts: Amounts;
  /** A tenant, or as for batch.cancel; a job of several steps with the step: `b7.melt/bake`. */
  readonly holder: string;
  /** Null: from now on. */
  readonly from: number | null;
  readonly until: number;
}

export interface ReservationRow extends Reservation {
  readonly nodeName: string;
  /** Null: of a tenant, or the job has no other step. */
  readonly stepName: string | null;
}
