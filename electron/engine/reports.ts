import type { AttemptEnd } from '../../shared/model/attempt';
import type { Request } from '../../shared/model/batch';
import type { AttemptId, NodeId } from '../../shared/model/ids';
import type { NodeKind, NodeState } from '../../shared/model/states';

/** What a node tells the engine. */
export type Report =
  | {
      readonly kind: 'nodeUp';
      readonly node: NodeId;
      readonly name: string;
      readonly nodeKind: NodeKind;
      readonly system: string;
      readonly capacity: Request;
    }
  | {
      readonly kind: 'nodeDown';
      readonly node: NodeId;
      readonly name: string;
      readonly nodeKind: NodeKind;
      readonly state: NodeState;
      readonly reason: string;
    }
  | { readonly kind: 'attemptEnded'; readonly attempt: AttemptId; readonly end: AttemptEnd };
