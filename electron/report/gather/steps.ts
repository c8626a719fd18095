/** What the attempts at the tasks of one step add up to. */
import type { StepDetail } from '../../../shared/ipc/job';
import type { Report } from '../schema/report';
import { CostSum } from './costs';
import { OutcomeCounts, type Seen } from './seen';
import { GrowingSpread } from './spread';
import { createUsageSum } from './usage';

export type StepReport = Report['steps'][number];

/** What suggestions need beside that. */
export interface StepFindings {
  readonly report: StepReport;
  readonly memory: GrowingSpread;
  readonly cores: GrowingSpread;
  readonly completed: GrowingSpread;
  readonly outOfMemory: number;
  readonly timedOut: number;
}

export class StepSum {
  private readonly counts = new OutcomeCounts();
  private readonly usage = createUsageSum();
  private readonly costs = new CostSum();
  private readonly completed = new GrowingSpread();
  private readonly memory = new GrowingSpread();
  private readonly cores = new GrowingSpread();
  private readonly starts = { tasks: 0, sum: 0, first: Infinity, last: 0 };
  private slowest: StepReport['slowest'] = null;
  private retries = 0;
  private totalMs = 0;
  private wastedMs = 0;
  private betweenTriesMs = 0;
  private outOfMemory = 0;
  private timedOut = 0;
  /** Of attempts that completed. */
  firstEnd: number | null = null;
  lastEnd: number | null = null;

  constructor(
    private readonly names: { readonly job: string; readonly step: string },
    private readonly step: StepDetail | undefined,
  ) {}

  /** When the first attempt at it was assigned; null: none was. */
  get firstStart(): number | null {
    return this.starts.tasks === 0 ? null : this.starts.first;
  }

  add(seen: Seen, cost: { readonly share: number; readonly node: Parameters<CostSum['add']>[2] }): void {
    const { attempt, outcome, before, ranMs } = seen;
    this.counts.add(outcome);
    if (before === null) this.begun(attempt.assignedAt);
    else {
      this.retries++;
      this.betweenTriesMs += Math.max(0, attempt.assignedAt - (before.endedAt ?? attempt.assignedAt));
    }
    if (ranMs !== null) {
      this.costs.add(ranMs, cost.share, cost.node);
      if (outcome !== 'running') this.totalMs += ranMs;
      if (outcome === 'completed') this.completedIn(seen, ranMs);
      else if (outcome !== 'running') this.wastedMs += ranMs;
    }
    if (attempt.end?.kind === 'outOfMemory') this.outOfMemory++;
    if (attempt.end?.kind === 'timedOut') this.timedOut++;
    this.use(seen);
  }

  private begun(at: number): void {
    this.starts.tasks++;
    this.starts.sum += at;
    this.starts.first = Math.min(this.starts.first, at);
    this.starts.last = Math.max(this.starts.last, at);
  }

  private completedIn({ attempt, place }: Seen, ranMs: number): void {
    const endedAt = attempt.endedAt ?? attempt.assignedAt;
    this.firstEnd = Math.min(this.firstEnd ?? endedAt, endedAt);
    this.lastEnd = Math.max(this.lastEnd ?? endedAt, endedAt);
    this.completed.add(ranMs);
    if (this.slowest !== null && this.slowest.milliseconds >= ranMs) return;
    const { label, nodeName: node } = place;
    this.slowest = { task: attempt.task, label, node, milliseconds: ranMs };
  }

  private use({ attempt: { usage }, outcome }: Seen): void {
    this.usage.add(usage, this.step?.request.cpu ?? 0);
    if (usage === null || outcome !== 'completed') return;
    if (usage.peakMemoryMiB !== null) this.memory.add(usage.peakMemoryMiB);
    // What is over at once says nothing of how many cores it would keep busy.
    if (usage.wallMs >= 1000) this.cores.add(usage.cpuMs / usage.wallMs);
  }

  /** `readyAt`: when its tasks could begin; null: not known. */
  result(readyAt: number | null): StepFindings {
    const { completed, cores, starts, memory, outOfMemory, timedOut } = this;
    const { cpu = 0, memoryMiB = 0, gpu = 0 } = this.step?.request ?? {};
    const ready = readyAt === null ? null : Math.min(readyAt, starts.first);
    const timed = completed.count > 0;
    const at = (part: number): number | null => whole(completed.quantile(part));
    const report: StepReport = {
      ...this.names,
      tasks: this.step?.count ?? starts.tasks,
      ...this.counts.result(),
      retries: this.retries,
      asked: { cpu, memoryMiB, gpu },
      timeoutMs: this.step?.timeoutMs ?? null,
      run: {
        totalMs: this.totalMs,
        wastedMs: this.wastedMs,
        shortestMs: timed ? completed.least : null,
        lowerQuarterMs: at(0.25),
        medianMs: at(0.5),
        upperQuarterMs: at(0.75),
        averageMs: timed ? Math.round(completed.sum / completed.count) : null,
        longestMs: timed ? completed.most : null,
      },
      wait: {
        averageMs:
          ready === null || starts.tasks === 0 ? null : Math.round(starts.sum / starts.tasks - ready),
        longestMs: ready === null || starts.tasks === 0 ? null : starts.last - ready,
        betweenTriesMs: this.betweenTriesMs,
      },
      usage: this.usage.result(),
      cores:
        cores.count === 0
          ? null
          : { average: hundredths(cores.sum / cores.count), mostly: hundredths(cores.quantile(0.9) ?? 0) },
      slowest: this.slowest,
      ...this.costs.result(),
    };
    return { report, memory, cores, completed, outOfMemory, timedOut };
  }
}

const whole = (value: number | null): number | null => (value === null ? null : Math.round(value));
const hundredths = (value: number): number => Number(value.toFixed(2));
