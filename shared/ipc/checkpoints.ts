/** What is told of checkpoints, and what may be wished of them. */
import type { Checkpoint, CheckpointId } from '../model/checkpoint';
import type { JobId } from '../model/ids';

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
}

export interface CheckpointList {
  /** The newest first. */
  readonly checkpoints: readonly CheckpointRow[];
}

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
}

/** What was read back, byte for byte. */
export interface VerifiedCheckpoint {
  readonly checkpoint: CheckpointId;
  /** What is wrong with it; null: it is as it was when it was found. */
  readonly problem: string | null;
}
