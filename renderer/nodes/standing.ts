/** How a node stands, as it is shown: its state, the reason for it, and what can be done. */
import type { NodeRow } from '../../shared/ipc/nodes';
import type { NodeState } from '../../shared/model/states';
import { capitalised } from '../ui/words';

export interface Standing {
  readonly state: NodeState | 'UNKNOWN';
  /** A sentence; null: there is nothing to say. */
  readonly reason: string | null;
  /** trouble: somebody has to do something. calm: it is meant so, or will pass. */
  readonly tone: 'trouble' | 'calm';
  /** What is measured there is of now. */
  readonly isReached: boolean;
  readonly isOfAnotherDrover: boolean;
}

const unknown = /^unknown: */;

export function standingOf({ name, state, reason }: Pick<NodeRow, 'name' | 'state' | 'reason'>): Standing {
  const isReached = state !== 'ERROR' && state !== 'OFFLINE';
  const isUnknown = state === 'STARTING' && reason !== null && unknown.test(reason);
  return {
    state: isUnknown ? 'UNKNOWN' : state,
    reason: reason === null ? null : asSentence(reason.replace(unknown, ''), name),
    tone: isReached ? 'calm' : 'trouble',
    isReached,
    isOfAnotherDrover: reason?.startsWith('it works for another Drover') === true,
  };
}

/** Names stay as they are written. */
const asSentence = (reason: string, name: string): string =>
  reason.startsWith(name) ? reason : capitalised(reason);

/** What can be done now. */
export interface Possible {
  readonly setAside: boolean;
  readonly takeBack: boolean;
  readonly connect: boolean;
  readonly takeOver: boolean;
  readonly remove: boolean;
}

export function possibleWith(node: Pick<NodeRow, 'name' | 'state' | 'reason' | 'address'>): Possible {
  const isAdded = node.address !== null;
  return {
    setAside: node.state === 'ONLINE',
    takeBack: node.state === 'MAINTENANCE',
    connect: isAdded && node.state !== 'ONLINE' && node.state !== 'MAINTENANCE',
    takeOver: isAdded && standingOf(node).isOfAnotherDrover,
    remove: isAdded,
  };
}
