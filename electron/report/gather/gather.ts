/** What all attempts add up to, gathered while they pass by: its size does not grow with their number. */
import type { Attempt } from '../../../shared/model/attempt';
import type { JobId } from '../../../shared/model/ids';
import type { ReportInput, ReportedDependency, ReportedEnd, ReportedNode } from '../input';
import type { AttemptPlace } from '../places';
import type { Report } from '../schema/report';
import { CostSum, shareOfNode } from './costs';
import { Failures, type Failure, type FailureGroup } from './failures';
import { NodeSums, type NodeReport } from './nodes';
import { readyAt, type Ends } from './ready';
import { OutcomeCounts, Watcher } from './seen';
import { StepSum, type StepFindings } from './steps';
import { GrowingTimeline, type Timeline } from './timeline';
import { createUsageSum } from './usage';

export interface Gathered {
  readonly summary: Report['summary'];
  /** In the order of the batch; those without attempts as well. */
  readonly steps: readonly StepFindings[];
  readonly nodes: readonly NodeReport[];
  readonly failures: readonly Failure[];
  readonly failureGroups: readonly FailureGroup[];
  readonly timeline: Timeline;
}

export class Gatherer {
  private readonly watcher: Watcher;
  private readonly counts = new OutcomeCounts();
  private readonly usage = createUsageSum();
  private readonly costs = new CostSum();
  private readonly failures = new Failures();
  private readonly timeline: GrowingTimeline;
  private readonly nodes: ReadonlyMap<string, ReportedNode>;
  private readonly nodeSums: NodeSums;
  /** By job and step. */
  private readonly steps = new Map<JobId, Map<number, StepSum>>();
  private firstStart: number | null = null;

  constructor(private readonly input: ReportInput) {
    const { batch, nodes, writtenAt } = input;
    this.watcher = new Watcher(writtenAt);
    this.nodes = new Map(nodes.map((node) => [node.id, node]));
    this.nodeSums = new NodeSums(this.nodes);
    this.timeline = new GrowingTimeline(batch.startedAt ?? batch.submittedAt, batch.endedAt ?? writtenAt);
    for (const { id, name: job, steps } of input.jobs)
      this.steps.set(
        id,
        new Map(steps.map((step, index) => [index, new StepSum({ job, step: step.name }, step)])),
      );
  }

  add(attempt: Attempt, place: AttemptPlace): void {
    const seen = this.watcher.see(attempt, place);
    const request = this.input.jobs[place.job]?.steps[attempt.step]?.request;
    const node = this.nodes.get(attempt.node);
    const share = node === undefined ? 1 : shareOfNode(request, node);
    this.counts.add(seen.outcome);
    this.usage.add(attempt.usage, request?.cpu ?? 0);
    if (seen.ranMs !== null) this.costs.add(seen.ranMs, share, node);
    this.firstStart = Math.min(this.firstStart ?? attempt.assignedAt, attempt.assignedAt);
    this.stepOf(attempt, place).add(seen, { share, node });
    this.nodeSums.add(seen, request?.cpu ?? 0, share);
    this.failures.add(seen);
    this.timeline.add(seen);
  }

  result(): Gathered {
    const steps = this.stepFindings();
    const { failures, groups } = this.failures.result();
    const sum = (of: (report: StepFindings['report']) => number): number =>
      steps.reduce((total, { report }) => total + of(report), 0);
    const begun = steps.filter(({ report }) => report.wait.averageMs !== null);
    const tasks = begun.reduce((total, { report }) => total + tasksBegun(report), 0);
    const waited = begun.reduce(
      (total, { report }) => total + (report.wait.averageMs ?? 0) * tasksBegun(report),
      0,
    );
    const { submittedAt } = this.input.batch;
    return {
      summary: {
        ...this.counts.result(),
        retries: sum(({ retries }) => retries),
        run: { totalMs: sum(({ run }) => run.totalMs), wastedMs: sum(({ run }) => run.wastedMs) },
        wait: {
          beforeStartMs: this.firstStart === null ? null : Math.max(0, this.firstStart - submittedAt),
          averageMs: tasks === 0 ? null : Math.round(waited / tasks),
          betweenTriesMs: sum(({ wait }) => wait.betweenTriesMs),
        },
        usage: this.usage.result(),
        ...this.costs.result(),
        unpricedMs: this.costs.unpricedMs,
        unmeteredMs: this.costs.unmeteredMs,
      },
      steps,
      nodes: this.nodeSums.result(),
      failures,
      failureGroups: groups,
      timeline: this.timeline.result(),
    };
  }

  /** A step that nobody knows any more is told of all the same. */
  private stepOf({ job, step }: Attempt, place: AttemptPlace): StepSum {
    const steps = this.steps.get(job) ?? new Map<number, StepSum>();
    this.steps.set(job, steps);
    const known = steps.get(step) ?? new StepSum({ job: place.jobName, step: place.stepName }, undefined);
    steps.set(step, known);
    return known;
  }

  private stepFindings(): readonly StepFindings[] {
    const byJob = new Map<JobId, ReportedDependency[]>();
    for (const dependency of this.input.dependencies) {
      const ofJob = byJob.get(dependency.to.job) ?? [];
      byJob.set(dependency.to.job, ofJob);
      ofJob.push(dependency);
    }
    const endsOf = (end: ReportedEnd): Ends => this.endsOf(end);
    const { submittedAt } = this.input.batch;
    return [...this.steps].flatMap(([job, steps]) =>
      [...steps].map(([index, step]) =>
        step.result(readyAt(submittedAt, job, index, byJob.get(job) ?? [], endsOf)),
      ),
    );
  }

  private endsOf({ job, step, endedAt }: ReportedEnd): Ends {
    const steps = this.steps.get(job);
    if (steps === undefined) return { first: null, last: endedAt };
    const meant = [...steps].flatMap(([index, sum]) => (step === null || step.index === index ? [sum] : []));
    const firsts = meant.flatMap(({ firstEnd }) => (firstEnd === null ? [] : [firstEnd]));
    const lasts = meant.flatMap(({ lastEnd }) => (lastEnd === null ? [] : [lastEnd]));
    return {
      first: firsts.length === 0 ? null : Math.min(...firsts),
      last: lasts.length === 0 ? endedAt : Math.max(...lasts),
    };
  }
}

const tasksBegun = ({ attempts, retries }: StepFindings['report']): number => attempts - retries;
