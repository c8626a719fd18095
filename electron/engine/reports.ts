import type { Attempt, AttemptEnd, AttemptUsage } from '../../shared/model/attempt';
import type { CheckpointId, FoundCheckpoint } from '../../shared/model/checkpoint';
import type { FoundFile } from '../../shared/model/dependency';
import type { AttemptId, EdgeId, JobId, NodeId } from '../../shared/model/ids';
import type { NodeKind, NodeState } from '../../shared/model/states';
import type { Saved, SeenNode } from './facts';

/** What a node, or whoever looks at files, tells the engine. */
export type Report =
  | ({ readonly kind: 'nodeUp' } & SeenNode)
  | {
      readonly kind: 'nodeDown';
      readonly node: NodeId;
      readonly name: string;
      readonly nodeKind: NodeKind;
      readonly state: NodeState;
      readonly reason: string;
    }
  /** All that the last `reconcile` effect asked about is accounted for: it runs, or its end was reported. */
  | { readonly kind: 'reconciled'; readonly node: NodeId }
  | {
      readonly kind: 'attemptEnded';
      readonly attempt: AttemptId;
      readonly end: AttemptEnd;
      readonly usage?: AttemptUsage | null;
    }
  | {
      readonly kind: 'valueReported';
      readonly attempt: AttemptId;
      readonly name: string;
      readonly value: number;
    }
  /** Its number is given when it is taken in. */
  | { readonly kind: 'checkpointFound'; readonly checkpoint: Omit<FoundCheckpoint, 'id'> }
  | {
      readonly kind: 'checkpointBroken';
      readonly checkpoint: Pick<FoundCheckpoint, 'id' | 'job' | 'step' | 'task'>;
      readonly reason: string;
      /** Of those of its task that can be used. */
      readonly newest: Saved | null;
    }
  | {
      readonly kind: 'checkpointsDropped';
      readonly job: JobId;
      readonly checkpoints: readonly CheckpointId[];
    }
  /** A line of null: it did not say so. */
  | {
      readonly kind: 'attemptWentOn';
      readonly attempt: Pick<Attempt, 'id' | 'job' | 'step' | 'task'>;
      readonly from: CheckpointId | null;
      readonly line: string | null;
    }
  /** `problem`: why not all of them are there; null: these are all. */
  | {
      readonly kind: 'filesLookedFor';
      readonly edge: EdgeId;
      readonly files: readonly FoundFile[];
      readonly problem: string | null;
    };
export type ReportOf<Kind extends Report['kind']> = Extract<Report, { kind: Kind }>;
