import type { AttemptId, JobId, NodeId } from './ids';
import type { MadeRule } from './making';

/** Checkpoints are numbered as they are found. */
export type CheckpointId = `c${number}`;

/** FULL: enough by itself. INCREMENTAL and DELTA: with the one before. METADATA: only where it stood. */
export const checkpointTypes = ['FULL', 'INCREMENTAL', 'DELTA', 'METADATA'] as const;
export type CheckpointType = (typeof checkpointTypes)[number];

/** What a step says of the checkpoints that its tasks write. */
export interface CheckpointRule {
  /** Names and globs with `{{Name}}`s; what matches is a file, or a folder with all that is in it. */
  readonly files: readonly string[];
  /** Where they are, absolute; null: in the output folder of the batch. */
  readonly folder: string | null;
  /** All that match are one checkpoint; false: each is one of its own. */
  readonly together: boolean;
  readonly type: CheckpointType;
  readonly whole: WholeRule;
  /** A regular expression on the name: its group `at` is how far it is. Null: it is not told. */
  readonly at: string | null;
  /** One on the lines of the output: that a task went on. Its group `from` tells from where. */
  readonly resumed: string | null;
  readonly keep: KeepRule;
  /** Missing: by the program itself. */
  readonly made?: MadeRule;
  /** How long a task that is to make way may take to save its work; missing: as usual. */
  readonly graceMs?: number;
  /** Parameters with another value of which what was saved is of no use; missing: none are known. */
  readonly state?: readonly string[];
  /** Files that the program goes on writing, as names and globs: they come along, however they are by then. */
  readonly along?: readonly string[];
  /** The parameter that says how often the program saves, in so many milliseconds; missing: none is known. */
  readonly interval?: { readonly parameter: string; readonly unitMs: number };
}

/** How it is told that each file of a checkpoint is whole. */
export interface WholeRule {
  readonly leastBytes: number;
  /** In hexadecimal: what the file begins and ends with; empty: with anything. */
  readonly begins: string;
  readonly ends: string;
  /** A folder is one only with these files in it. */
  readonly holds: readonly string[];
  /** A program and its arguments, which gets the file's path as well and ends with 0 when it is; missing: none. */
  readonly check?: readonly string[];
}

/** Of each task. What is tagged is kept whatever stands here. */
export interface KeepRule {
  /** So many of the newest. */
  readonly last: number;
  /** And one for each such span, in milliseconds; null: no others. */
  readonly everyMs: number | null;
  /** And so many with the best values; missing: none for that. */
  readonly best?: BestRule;
}

/** By a value that tasks report. */
export interface BestRule {
  readonly name: string;
  readonly is: 'min' | 'max';
  readonly count: number;
}

/** What an attempt has reported last, by name. */
export type ReportedValues = Readonly<Record<string, number>>;

export const anyFile: WholeRule = { leastBytes: 1, begins: '', ends: '', holds: [] };
export const usualKeep: KeepRule = { last: 3, everyMs: null };

export interface CheckpointFile {
  /** Within its folder, with `/` between names. */
  readonly path: string;
  readonly bytes: number;
  /** SHA-256, hexadecimal. */
  readonly hash: string;
}

/** As it was when it was found. */
export interface FoundCheckpoint {
  readonly id: CheckpointId;
  readonly job: JobId;
  readonly step: number;
  readonly task: number;
  readonly attempt: AttemptId;
  readonly node: NodeId;
  readonly type: CheckpointType;
  /** Of what it is made: the file or folder, or the first of those that belong together. */
  readonly name: string;
  /** Absolute, on this machine. */
  readonly folder: string;
  readonly files: readonly CheckpointFile[];
  /** Milliseconds since 1970: when its newest file was last written. */
  readonly madeAt: number;
  /** How far the work was: a step, a time. */
  readonly at: number | null;
  /** The one from which its attempt went on. */
  readonly parent: CheckpointId | null;
  /** What its attempt had reported when it was found; missing: nothing. */
  readonly values?: ReportedValues;
  /** What its node had of the programs of its step: `gmx:2023.3`; missing: nobody has looked. */
  readonly programs?: readonly string[];
  /** What it took to write it, by the times of its files; missing: they do not tell. */
  readonly writingMs?: number;
}

export interface Checkpoint extends FoundCheckpoint {
  readonly foundAt: number;
  /** Why it cannot be used; null: it can, as far as is known. */
  readonly broken: string | null;
  /** Given by a person: it is kept for ever. */
  readonly tag: string | null;
  /** What a person has written about it. */
  readonly note?: string;
  /** Its bytes were given up to make room; what it was is still told. */
  readonly dropped: boolean;
}

/** That a task of a batch begins from a checkpoint of another job: it is a branch of that. */
export interface Fork {
  readonly checkpoint: CheckpointId;
  readonly madeAt: number;
  readonly from: { readonly job: JobId; readonly step: number; readonly task: number };
  /** How far it was; null: it is not told. */
  readonly at: number | null;
  /** In the batch: the only task of this step. */
  readonly to: { readonly job: string; readonly step: number };
  /** With those before it that it is nothing without. */
  readonly needs: readonly CheckpointId[];
}

/** What speaks against going on from a checkpoint. Refused: it cannot be; risky: only who insists does. */
export interface Risk {
  readonly level: 'note' | 'risky' | 'refused';
  readonly text: string;
}

/** What an attempt said of its beginning. */
export interface WentOn {
  readonly attempt: AttemptId;
  /** What was there for it; null: something that Drover does not know. */
  readonly from: CheckpointId | null;
  /** The line of its output that proves it; null: there was none, and so it began anew. */
  readonly line: string | null;
}

export const checkpointNumber = (id: CheckpointId): number => Number(id.slice(1));

export const bytesOf = ({ files }: Pick<FoundCheckpoint, 'files'>): number =>
  files.reduce((sum, { bytes }) => sum + bytes, 0);

/** `branch of b3.run at 1200 (c12)` */
export const branchInWords = ({ from, at, checkpoint }: Fork): string =>
  `branch of ${from.job}${at === null ? '' : ` at ${at}`} (${checkpoint})`;
