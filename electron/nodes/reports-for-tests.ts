import type { AttemptEnd } from '../../shared/model/attempt';
import type { AttemptId } from '../../shared/model/ids';
import type { Order } from '../engine/effects';
import type { Report } from '../engine/reports';
import type { AgentNode } from './agent-node';

type Of<Kind extends Report['kind']> = Extract<Report, { kind: Kind }>;

/** What a node has reported. */
export class Reports {
  private readonly all: Report[] = [];
  private readonly waiting = new Set<() => void>();

  readonly take = (report: Report): void => {
    this.all.push(report);
    this.wake();
  };

  of<Kind extends Report['kind']>(kind: Kind): readonly Of<Kind>[] {
    const isOfKind = (report: Report): report is Of<Kind> => report.kind === kind;
    return this.all.filter(isOfKind);
  }

  /** The first that fits, of those after so many. */
  async first<Kind extends Report['kind']>(
    kind: Kind,
    fits: (report: Of<Kind>) => boolean = () => true,
    after = 0,
  ): Promise<Of<Kind>> {
    for (;;) {
      const isWanted = (report: Report): report is Of<Kind> => report.kind === kind;
      const found = this.all.slice(after).filter(isWanted).find(fits);
      if (found !== undefined) return found;
      await new Promise<void>((wake) => this.waiting.add(wake));
    }
  }

  private wake(): void {
    for (const wake of this.waiting) wake();
    this.waiting.clear();
  }

  get count(): number {
    return this.all.length;
  }

  ends(attempt: AttemptId): readonly AttemptEnd[] {
    return this.all.flatMap((report) =>
      report.kind === 'attemptEnded' && report.attempt === attempt ? [report.end] : [],
    );
  }
}

/** A node, and the part of an engine that it cannot do without: when it is up, it hears what should be there. */
export class FollowedNode {
  readonly reports = new Reports();
  readonly node: AgentNode;
  private readonly open = new Map<AttemptId, Order>();

  constructor(make: (report: (report: Report) => void) => AgentNode) {
    this.node = make((report) => {
      if (report.kind === 'attemptEnded') this.open.delete(report.attempt);
      if (report.kind === 'nodeUp') this.node.reconcile([...this.open.values()]);
      this.reports.take(report);
    });
    this.node.open();
  }

  start(order: Order): void {
    this.open.set(order.attempt, order);
    this.node.start(order);
  }

  async end(attempt: AttemptId): Promise<AttemptEnd> {
    return (await this.reports.first('attemptEnded', (report) => report.attempt === attempt)).end;
  }

  /** It has come up, after so many reports. */
  async up(after = 0): Promise<void> {
    await this.reports.first('nodeUp', () => true, after);
  }

  /** It is in a state, and why. */
  async down(state: string, after = 0): Promise<string> {
    return (await this.reports.first('nodeDown', (report) => report.state === state, after)).reason;
  }
}
