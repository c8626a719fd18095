/** What ran and what will run, node by node, as a window draws it. */
import type { JobDifference } from '../model/forecast';
import type { BatchId, JobId, NodeId } from '../model/ids';
import type { JobKind, JobState } from '../model/states';
import type { FarmWish } from './plans';

/** The part of all that ran which is in sight. */
export interface TimelineWindow {
  /** Milliseconds since 1970, as all times here. */
  readonly from: number;
  readonly to: number;
  /** What is shorter is told together with what is beside it. */
  readonly grain: number;
  readonly nodes: readonly NodeId[];
  /** Where more ran at once, only how much it was is told. */
  readonly lanes: number;
  /** It stands for what it is told together with; null: none does. */
  readonly focus: JobId | null;
}

export interface Tally {
  readonly running: number;
  readonly completed: number;
  readonly failed: number;
  /** Stopped because somebody wished it, or more urgent work did. */
  readonly stopped: number;
}

/** An attempt that ran, or several short ones, one after the other. */
export interface RanBar {
  readonly lane: number;
  readonly from: number;
  /** Null: it still runs. */
  readonly to: number | null;
  /** Of several: the first, or that which is looked for. */
  readonly job: JobId;
  readonly step: number;
  /** Null: there were several. */
  readonly task: number | null;
  /** Of several jobs. */
  readonly isMixed: boolean;
  readonly attempts: number;
  readonly ends: Tally;
  /** How many ran at once, on average. */
  readonly load: number;
}

/** What ran on a node. */
export interface RanRow {
  readonly node: NodeId;
  /** So many ran at once at most. */
  readonly lanes: number;
  /** So many that there is no lane for each: `load` of the bars tells how much it was. */
  readonly isDense: boolean;
  readonly bars: readonly RanBar[];
}

/** Tasks of a step that are expected on a node, one after the other. */
export interface PlannedBar {
  readonly from: number;
  readonly to: number;
  readonly job: JobId;
  readonly step: number;
  readonly tasks: number;
  /** The first of them ran already when this was worked out. */
  readonly runs: boolean;
}

export interface PlannedRow {
  readonly node: NodeId;
  readonly bars: readonly PlannedBar[];
}

export interface TimelineJob {
  readonly id: JobId;
  readonly batch: BatchId;
  readonly name: string;
  readonly batchName: string;
  readonly kind: JobKind;
  readonly state: JobState;
  readonly deadline: number | null;
  /** When it is expected to end: half of the time by `p50`, nearly always by `p90`. */
  readonly p50: number | null;
  readonly p90: number | null;
}

export interface TimelinePicture {
  readonly rows: readonly RanRow[];
  readonly plan: readonly PlannedRow[];
  /** Null: it is not worked out yet. */
  readonly plannedAt: number | null;
  /** All that the bars are of, and those with a deadline in the window. */
  readonly jobs: readonly TimelineJob[];
}

/** Only the rows that are other ones now; a plan as a whole, or null where it is as before. */
export interface TimelineDelta {
  readonly rows: readonly RanRow[];
  readonly plan: readonly PlannedRow[] | null;
  readonly plannedAt: number | null;
  readonly jobs: readonly TimelineJob[];
}

/** How the farm stood at an earlier moment. */
export interface TimelineMoment {
  readonly at: number;
  /** Attempts that ran, and the nodes that they ran on. */
  readonly running: number;
  readonly nodes: number;
  /** Jobs that had ended, and those that had not begun. */
  readonly ended: number;
  readonly waiting: number;
  /** Those that had begun and not ended, what ran first. */
  readonly jobs: readonly MomentJob[];
  /** So many more. */
  readonly left: number;
}

export interface MomentJob {
  readonly id: JobId;
  readonly name: string;
  readonly batchName: string;
  readonly tasks: number;
  readonly running: number;
  readonly done: number;
  readonly failed: number;
}

/** What if: nothing is changed. */
export interface TimelineWish {
  readonly wish: FarmWish;
  /** Jobs that start nothing before a time. */
  readonly later: readonly { readonly job: JobId; readonly at: number }[];
  /** Those in sight: their rows come first, where there are too many bars. */
  readonly nodes: readonly NodeId[];
}

export interface TimelineWhatIf {
  /** The largest first. */
  readonly differences: readonly JobDifference[];
  /** So many more. */
  readonly left: number;
  readonly plan: readonly PlannedRow[];
  /** Of nodes that there are not: with what is expected of them. */
  readonly added: readonly PlannedRow[];
  /** There were too many bars to tell them all. */
  readonly isCut: boolean;
  readonly jobs: readonly TimelineJob[];
}
