/** What attempts cost and what energy they took, where the settings of their nodes tell. */
import type { StepDetail } from '../../../shared/ipc/job';
import type { ReportedNode } from '../input';

const hour = 3_600_000;

/** Null: it is not known of any node that did the work. */
export interface Costs {
  readonly cost: number | null;
  readonly energyKWh: number | null;
}

/**
 * An attempt pays for the largest part of its node that it asked for: for a quarter when it asked for two
 * of eight cores and an eighth of the memory, as another could not have had them.
 */
export function shareOfNode(request: StepDetail['request'] | undefined, node: ReportedNode): number {
  if (request === undefined || request.cores === 'exclusive') return 1;
  const parts = (['cpu', 'memoryMiB', 'gpu'] as const)
    .filter((name) => node.capacity[name] > 0)
    .map((name) => request[name] / node.capacity[name]);
  return Math.min(1, Math.max(0, ...parts));
}

export class CostSum {
  private cost: number | null = null;
  private energyKWh: number | null = null;
  unpricedMs = 0;
  unmeteredMs = 0;

  add(milliseconds: number, share: number, node: ReportedNode | undefined): void {
    const hours = (milliseconds / hour) * share;
    const { costPerHour = null, watts = null } = node ?? {};
    if (costPerHour === null) this.unpricedMs += milliseconds;
    else this.cost = (this.cost ?? 0) + hours * costPerHour;
    if (watts === null) this.unmeteredMs += milliseconds;
    else this.energyKWh = (this.energyKWh ?? 0) + (hours * watts) / 1000;
  }

  result(): Costs {
    return { cost: rounded(this.cost), energyKWh: rounded(this.energyKWh) };
  }
}

const rounded = (amount: number | null): number | null =>
  amount === null ? null : Number(amount.toFixed(6));
