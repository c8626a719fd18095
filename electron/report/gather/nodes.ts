/** What each node did for the batch. */
import { noCapacity } from '../../../shared/model/amounts';
import type { NodeId } from '../../../shared/model/ids';
import type { ReportedNode } from '../input';
import type { Report } from '../schema/report';
import { CostSum } from './costs';
import { OutcomeCounts, type Seen } from './seen';
import { createUsageSum } from './usage';

export type NodeReport = Report['nodes'][number];

class NodeSum {
  readonly counts = new OutcomeCounts();
  readonly usage = createUsageSum();
  readonly costs = new CostSum();
  busyMs = 0;
}

export class NodeSums {
  private readonly sums = new Map<NodeId, NodeSum>();

  constructor(private readonly nodes: ReadonlyMap<NodeId, ReportedNode>) {}

  add({ attempt, outcome, ranMs }: Seen, cores: number, share: number): void {
    let sum = this.sums.get(attempt.node);
    if (sum === undefined) this.sums.set(attempt.node, (sum = new NodeSum()));
    sum.counts.add(outcome);
    sum.usage.add(attempt.usage, cores);
    if (ranMs === null) return;
    sum.busyMs += ranMs;
    sum.costs.add(ranMs, share, this.nodes.get(attempt.node));
  }

  result(): readonly NodeReport[] {
    const reports = [...this.sums].map(([id, sum]): NodeReport => {
      const known = this.nodes.get(id);
      return {
        id,
        name: known?.name ?? id,
        kind: known?.kind ?? 'ssh',
        system: known?.system ?? '',
        capacity: known?.capacity ?? noCapacity,
        programs: known?.programs ?? [],
        ...sum.counts.result(),
        busyMs: sum.busyMs,
        usage: sum.usage.result(),
        costPerHour: known?.costPerHour ?? null,
        watts: known?.watts ?? null,
        ...sum.costs.result(),
      };
    });
    return reports.toSorted((a, b) => b.busyMs - a.busyMs);
  }
}
