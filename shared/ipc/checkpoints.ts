/** What is told of checkpoints, and what may be wished of them. */
import type { Checkpoint, CheckpointId } from '../model/checkpoint';

export interface CheckpointRow extends Checkpoint {
  readonly jobName: string;
  readonly stepName: string;
  /** Of its task: `frame 12`; empty where the step has a single one. */
  readonly label: string;
  readonly nodeName: string;
  /** Its task would go on from it. */
  readonly isNext: boolean;
}

export interface CheckpointList {
  /** The newest first. */
  readonly checkpoints: readonly CheckpointRow[];
}

export interface CheckpointWish {
  readonly checkpoint: CheckpointId;
  readonly why: string | null;
}

/** What was read back, byte for byte. */
export interface VerifiedCheckpoint {
  readonly checkpoint: CheckpointId;
  /** What is wrong with it; null: it is as it was when it was found. */
  readonly problem: string | null;
}
