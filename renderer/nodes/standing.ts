/** How a node stands, as it is shown: its state and the reason for it. */
import type { NodeRow } from '../../shared/ipc/contract';
import type { NodeState } from '../../shared/model/states';
import { capitalised } from '../ui/words';

export interface Standing {
  readonly state: NodeState | 'UNKNOWN';
  /** A sentence; null: there is nothing to say. */
  readonly reason: string | null;
  /** trouble: somebody has to do something. calm: it is meant so, or will pass. */
  readonly tone: 'trouble' | 'calm';
  readonly isOfAnotherDrover: boolean;
}

const unknown = /^unknown: */;

export function standingOf({ state, reason }: Pick<NodeRow, 'state' | 'reason'>): Standing {
  const isUnknown = state === 'STARTING' && reason !== null && unknown.test(reason);
  return {
    state: isUnknown ? 'UNKNOWN' : state,
    reason: reason === null ? null : capitalised(reason.replace(unknown, '')),
    tone: state === 'ERROR' || state === 'OFFLINE' ? 'trouble' : 'calm',
    isOfAnotherDrover: reason?.startsWith('it works for another Drover') === true,
  };
}
