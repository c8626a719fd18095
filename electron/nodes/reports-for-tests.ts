import type { Report } from '../engine/reports';

/** What a node has told, and what it will. */
export class Reports {
  private readonly all: Report[] = [];
  private readonly waiting = new Set<() => void>();

  readonly take = (report: Report): void => {
    this.all.push(report);
    this.wake();
  };

  of<Kind extends Report['kind']>(kind: Kind): readonly Extract<Report, { kind: Kind }>[] {
    const isOfKind = (report: Report): report is Extract<Report, { kind: Kind }> => report.kind === kind;
    return this.all.filter(isOfKind);
  }

  async first<Kind extends Report['kind']>(
    kind: Kind,
    fits: (report: Extract<Report, { kind: Kind }>) => boolean = () => true,
  ): Promise<Extract<Report, { kind: Kind }>> {
    for (;;) {
      const found = this.of(kind).find(fits);
      if (found !== undefined) return found;
      await new Promise<void>((wake) => this.waiting.add(wake));
    }
  }

  private wake(): void {
    for (const wake of this.waiting) wake();
    this.waiting.clear();
  }
}
