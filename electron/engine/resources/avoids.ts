/** Tasks that were sent elsewhere keep off the node that had them, as long as another one could take them. */
import type { NodeId } from '../../../shared/model/ids';
import { unmetRequirement } from '../../../shared/model/requirements';
import type { FarmState, NodeRecord } from '../state';
import type { RequestClass } from './classes';
import { whatIsTooSmall } from './kinds';

export function isAvoided(state: FarmState, requestClass: RequestClass, node: NodeRecord): boolean {
  return requestClass.avoids === node.id && couldGoElsewhere(state, requestClass, node.id);
}

/** Whether another node than this one is there that could take it, if not now. */
export function couldGoElsewhere(state: FarmState, requestClass: RequestClass, node: NodeId): boolean {
  for (const other of state.nodes.values()) {
    if (other.id === node || other.state !== 'ONLINE') continue;
    if (unmetRequirement(requestClass.needs, other.labels, other.pools) !== null) continue;
    if (whatIsTooSmall(state, other, requestClass) === null) return true;
  }
  return false;
}
