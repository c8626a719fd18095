/** What becomes of nodes, entered into the ledger; and whether those that are set aside come back in time. */
import { noCapacity } from '../../../../shared/model/amounts';
import type { NodeId } from '../../../../shared/model/ids';
import type { FactOf } from '../../facts';
import type { Complain } from './complaint';
import type { Ledger, NodeEntry } from './ledger';

export function enterNode(
  { nodes, removedNodes, attempts, reservations }: Ledger,
  fact: FactOf<'nodeAdded' | 'nodeRemoved' | 'nodeSeen' | 'nodeStateChanged'>,
  complain: Complain,
): void {
  const { node: id } = fact;
  const known = nodes.get(id);
  switch (fact.kind) {
    case 'nodeAdded':
      if (known !== undefined) complain('a node added twice', id);
      nodes.set(id, { id, capacity: noCapacity, labels: [], state: 'STARTING', aside: null });
      removedNodes.delete(id);
      return;
    case 'nodeRemoved':
      if ([...attempts.values()].some(({ node }) => node === id))
        complain('removed although it works', `${id} has attempts`);
      if ([...reservations.values()].some(({ node }) => node === id))
        complain('removed although it is reserved', id);
      nodes.delete(id);
      removedNodes.add(id);
      return;
    case 'nodeSeen': {
      const { capacity, labels } = fact;
      if (removedNodes.has(id)) complain('a node that is not there', `${id} is seen`);
      if (known !== undefined) Object.assign(known, { capacity, labels });
      else nodes.set(id, { id, capacity, labels, state: 'STARTING', aside: null });
      return;
    }
    case 'nodeStateChanged':
      if (known === undefined) complain('a node that is not there', `${id} becomes ${fact.state}`);
      else changeState(known, fact, complain);
  }
}

function changeState(node: NodeEntry, fact: FactOf<'nodeStateChanged'>, complain: Complain): void {
  const { at, state, by } = fact;
  const until = node.aside?.until ?? null;
  const isOver = until !== null && until <= at;
  if (state === 'ONLINE') {
    if (node.aside !== null && by === undefined && !isOver)
      complain('back too early', `${node.id} is set aside until ${until ?? 'somebody takes it back'}`);
    node.aside = null;
  }
  if (state === 'MAINTENANCE') {
    if (isOver) complain('set aside for too long', `${node.id} is set aside again after ${until}`);
    node.aside = { until: fact.until === undefined ? until : fact.until };
  }
  node.state = state;
}

/** Nodes whose time aside is over, and since when that has been so while a Host was there to see it. */
export class Overdue {
  private readonly since = new Map<NodeId, number>();

  forget(): void {
    this.since.clear();
  }

  /** When the first of them should have come back; null: there is none. */
  look({ nodes }: Ledger, now: number, time: number): number | null {
    for (const { id, state, aside } of nodes.values()) {
      const isOver = state === 'MAINTENANCE' && aside !== null && aside.until !== null && aside.until <= now;
      if (!isOver) this.since.delete(id);
      else if (!this.since.has(id)) this.since.set(id, time);
    }
    for (const id of this.since.keys()) if (!nodes.has(id)) this.since.delete(id);
    return this.since.size === 0 ? null : Math.min(...this.since.values());
  }
}
