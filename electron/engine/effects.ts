import type { Request } from '../../shared/model/amounts';
import type { Step } from '../../shared/model/batch';
import type { AttemptId, BatchId, EdgeId, NodeId } from '../../shared/model/ids';
import type { Placement, StopReason } from './facts';
import type { LiveAttempt } from './state';

/** All that a node needs to know to run an attempt. */
export interface Order {
  readonly attempt: AttemptId;
  readonly node: NodeId;
  readonly batch: BatchId;
  readonly batchName: string;
  readonly job: string;
  readonly step: Step;
  readonly task: number;
  readonly output: string;
  /** What it may use: the step's request, or more after it ran out of memory. */
  readonly request: Request;
  readonly placement: Placement | null;
  /** The file or folder that it goes on from, absolute; missing: it begins anew. */
  readonly checkpoint?: string;
  /** The files that this takes, absolute. */
  readonly saved?: readonly string[];
}

/**
 * What the engine asks the outside to do, only after the facts behind it are durable. Doing one
 * twice is harmless: an attempt's id is used once, and a node refuses an id that it has seen.
 */
export type Effect =
  /** Its order is written when it is carried out: nothing of it changes any more. */
  | { readonly kind: 'startAttempt'; readonly live: LiveAttempt }
  /** It is to save its work: it will be stopped. */
  | { readonly kind: 'saveAttempt'; readonly node: NodeId; readonly attempt: AttemptId }
  | {
      readonly kind: 'stopAttempt';
      readonly node: NodeId;
      readonly attempt: AttemptId;
      readonly reason: StopReason;
    }
  /** The node is there (again): see what became of these; start those that it has never seen. */
  | { readonly kind: 'reconcile'; readonly node: NodeId; readonly orders: readonly Order[] }
  /** Whether earlier work has left these files: names or globs, in the folder of its step or the batch's output. */
  | {
      readonly kind: 'lookForFiles';
      readonly edge: EdgeId;
      readonly files: readonly string[];
      readonly folders: readonly string[];
    }
  | { readonly kind: 'batchEnded'; readonly batch: BatchId };

export function orderFor(live: LiveAttempt): Order {
  const { step, task, id, node, requestClass, placement } = live;
  const { batch } = step.job;
  return {
    attempt: id,
    node: node.id,
    batch: batch.id,
    batchName: batch.batch.name,
    job: step.job.job.name,
    step: step.step,
    task,
    output: batch.output,
    request: requestClass.request,
    placement,
  };
}
