/** What is told of checkpoints, and what may be wished of them. */
import type { Checkpoint, CheckpointId, Risk } from '../model/checkpoint';
import type { IntervalPlan } from '../model/interval';
import type { AttemptId, JobId } from '../model/ids';

/** What may be asked of how a checkpoint stands. */
export const checkpointStandings = ['kept', 'broken', 'tagged', 'used', 'deleted'] as const;
export type CheckpointStanding = (typeof checkpointStandings)[number];

export interface CheckpointFilter {
  /** All of them. */
  readonly words: readonly CheckpointWord[];
  /** Any of them; none: all that are not deleted. */
  readonly standings: readonly CheckpointStanding[];
  /** All of them. */
  readonly limits: readonly CheckpointLimit[];
}

/** A text that must be, or must not be, in what something is called. */
export interface CheckpointWord {
  readonly text: string;
  readonly isNot: boolean;
  readonly of: (typeof checkpointNames)[number];
}
export const checkpointNames = ['any', 'job', 'name', 'node', 'tag'] as const;

export interface CheckpointLimit {
  /** How far it is, how large, and when it was made (milliseconds since 1970). */
  readonly of: (typeof checkpointNumbers)[number];
  readonly is: (typeof checkpointComparisons)[number];
  readonly value: number;
}
export const checkpointNumbers = ['at', 'bytes', 'madeAt'] as const;
export const checkpointComparisons = ['=', '<', '<=', '>', '>='] as const;

/** Some of those that a filter keeps: so many from a place on, the newest first. */
export interface CheckpointWindow {
  /** Null: of all jobs. */
  readonly job: JobId | null;
  readonly filter: CheckpointFilter;
  readonly from: number;
  readonly count: number;
}

export interface CheckpointsInWindow {
  /** That the filter keeps, in the window or not. */
  readonly total: number;
  /** There are some, whether the filter keeps them or not. */
  readonly areAny: boolean;
  readonly from: number;
  readonly checkpoints: readonly CheckpointRow[];
}

export interface CheckpointRow extends Checkpoint {
  readonly jobName: string;
  readonly stepName: string;
  /** Of its task: `frame 12`; empty where the step has a single one. */
  readonly label: string;
  readonly nodeName: string;
  /** Its task would go on from it. */
  readonly isNext: boolean;
  /** The jobs that began from it. */
  readonly branches: readonly JobId[];
  /** Attempts whose output says that they went on from it. */
  readonly usedBy: readonly AttemptId[];
}

export interface CheckpointList {
  /** The newest first. */
  readonly checkpoints: readonly CheckpointRow[];
}

export interface CheckpointAbout {
  readonly checkpoint: CheckpointRow;
  /** The one it came after, the one before that, and so on, as far as they are known. */
  readonly parents: readonly CheckpointRow[];
  /** Bytes on the disk that nothing else needs; null: the store cannot tell now. */
  readonly frees: number | null;
}

export interface ExportedCheckpoint {
  readonly file: string;
  readonly bytes: number;
}

export interface CheckpointImport {
  /** Absolute. */
  readonly file: string;
  /** A job, or a batch that has only one. */
  readonly what: string;
  /** By its name. */
  readonly step: string | null;
  readonly task: number | null;
  readonly why: string | null;
}

/** Another rule for what is kept of each task; what a task needs and what has a tag stays in any case. */
export interface KeepWish {
  /** So many of the newest. */
  readonly last: number;
  /** And one for each such span, in milliseconds; null: no others. */
  readonly everyMs: number | null;
}

/** What the checkpoints of jobs take, the job with the most first. */
export interface CheckpointUse {
  readonly jobs: readonly JobCheckpointUse[];
  /** Bytes on the disk that are free without what is given up; null: the store cannot tell now. */
  readonly frees: number | null;
}

export interface JobCheckpointUse {
  readonly job: JobId;
  readonly jobName: string;
  /** Those that are not deleted, and their bytes as the program wrote them. */
  readonly checkpoints: number;
  readonly bytes: number;
  readonly givenUp: number;
  readonly givenUpBytes: number;
}

export interface PrunedCheckpoints extends CheckpointUse {
  /** Why nothing was given up of some job. */
  readonly problems: readonly string[];
}

/** What can be shown of one of its files. */
export type CheckpointPreview =
  /** The address has all of it in it. */
  | { readonly kind: 'picture'; readonly address: string }
  /** Its beginning. */
  | { readonly kind: 'text'; readonly text: string; readonly isWhole: boolean }
  /** Its first bytes, hexadecimal. */
  | { readonly kind: 'bytes'; readonly hex: string };

export interface CheckpointWish {
  readonly checkpoint: CheckpointId;
  readonly why: string | null;
}

/** A branch from a checkpoint. */
export interface ForkWish {
  /** Those that are to be others than the original's. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Absolute; null: a new one beside that of the original. */
  readonly output: string | null;
}

/** What would come of it. */
export interface CheckedFork {
  /** With all values as they would be; those that say where results go are not among them. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly output: string;
  /** Its own, and those that come after it. */
  readonly jobs: readonly string[];
  /** What the original had made by then. */
  readonly copied: { readonly files: number; readonly bytes: number };
  /** The worst first. */
  readonly risks: readonly Risk[];
}

/** Also where it is risky. */
export interface Forced {
  readonly force: boolean;
}

/** What was read back, byte for byte. */
export interface VerifiedCheckpoint {
  readonly checkpoint: CheckpointId;
  /** What is wrong with it; null: it is as it was when it was found. */
  readonly problem: string | null;
}

export interface JobIntervalPlan extends IntervalPlan {
  readonly job: JobId;
}
