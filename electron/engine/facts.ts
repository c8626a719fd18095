import type { AttemptEnd } from '../../shared/model/attempt';
import type { Batch, Request } from '../../shared/model/batch';
import type { AttemptId, BatchId, JobId, NodeId } from '../../shared/model/ids';
import type { BatchState, NodeKind, NodeState } from '../../shared/model/states';

/** The version of the facts' shapes, kept with each in the store. */
export const factVersion = 1;

/**
 * Something that happened, complete in itself: applying the facts in order rebuilds the state
 * exactly, with no clock, no randomness and no decision made again.
 */
export type Fact =
  | {
      readonly kind: 'batchSubmitted';
      readonly at: number;
      readonly by: string;
      readonly id: BatchId;
      readonly output: string;
      readonly batch: Batch;
    }
  | { readonly kind: 'jobCancelled'; readonly at: number; readonly by: string; readonly job: JobId }
  | { readonly kind: 'jobRetried'; readonly at: number; readonly by: string; readonly job: JobId }
  | {
      readonly kind: 'nodeSeen';
      readonly at: number;
      readonly node: NodeId;
      readonly name: string;
      readonly nodeKind: NodeKind;
      readonly system: string;
      readonly capacity: Request;
    }
  | {
      readonly kind: 'nodeStateChanged';
      readonly at: number;
      readonly node: NodeId;
      readonly state: NodeState;
      readonly reason: string | null;
    }
  | {
      readonly kind: 'taskAssigned';
      readonly at: number;
      readonly attempt: AttemptId;
      readonly job: JobId;
      readonly step: number;
      readonly task: number;
      readonly node: NodeId;
    }
  | {
      readonly kind: 'attemptFinished';
      readonly at: number;
      readonly attempt: AttemptId;
      readonly end: AttemptEnd;
    }
  | { readonly kind: 'batchEnded'; readonly at: number; readonly id: BatchId; readonly state: BatchState };
