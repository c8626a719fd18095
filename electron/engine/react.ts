import type { Fact } from './facts';
import type { Report } from './reports';
import type { FarmState, NodeRecord } from './state';

/** What a node's report means, as facts. A report about what is already known means nothing. */
export function react(state: FarmState, report: Report, at: number): readonly Fact[] {
  switch (report.kind) {
    case 'nodeUp': {
      const known = state.nodes.get(report.node);
      const seen: Fact = {
        kind: 'nodeSeen',
        at,
        node: report.node,
        name: report.name,
        nodeKind: report.nodeKind,
        system: report.system,
        capacity: report.capacity,
      };
      const facts: Fact[] = known !== undefined && isAsSeen(known, seen) ? [] : [seen];
      if (known?.state !== 'ONLINE') {
        facts.push({ kind: 'nodeStateChanged', at, node: report.node, state: 'ONLINE', reason: null });
      }
      return facts;
    }
    case 'nodeDown': {
      const known = state.nodes.get(report.node);
      if (known?.state === report.state && known.reason === report.reason) return [];
      const seen: Fact = {
        kind: 'nodeSeen',
        at,
        node: report.node,
        name: report.name,
        nodeKind: report.nodeKind,
        system: '',
        capacity: { cpu: 0, memoryMiB: 0 },
      };
      const changed: Fact = {
        kind: 'nodeStateChanged',
        at,
        node: report.node,
        state: report.state,
        reason: report.reason,
      };
      return known === undefined ? [seen, changed] : [changed];
    }
    case 'attemptEnded':
      return state.attempts.has(report.attempt)
        ? [{ kind: 'attemptFinished', at, attempt: report.attempt, end: report.end }]
        : [];
  }
}

function isAsSeen(known: NodeRecord, seen: Extract<Fact, { kind: 'nodeSeen' }>): boolean {
  return (
    known.name === seen.name &&
    known.kind === seen.nodeKind &&
    known.system === seen.system &&
    known.capacity.cpu === seen.capacity.cpu &&
    known.capacity.memoryMiB === seen.capacity.memoryMiB
  );
}
