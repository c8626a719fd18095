import type {
  PlannedRow,
  RanRow,
  TimelineDelta,
  TimelinePicture,
  TimelineWindow,
} from '../../../shared/ipc/timeline';
import type { AttemptId, JobId, NodeId } from '../../../shared/model/ids';
import { isEnded } from '../../../shared/model/states';
import type { Changes } from '../../engine/reduce/changes';
import type { Fact } from '../../engine/facts';
import { jobState } from '../../engine/derived';
import type { Host } from '../../host';
import { timelineJob } from '../timeline';
import type { LiveView } from './view';

/** In milliseconds. */
const leastPause = 1000;
/** What takes long to be found is looked for the more rarely. */
const partOfTime = 15;
/** What has moved by less cannot be seen, so a long window need not be told each second. */
const grainsUnseen = 0.25;

/** As much of a Host as is shown. */
type TimelineFarm = Pick<Host, 'state' | 'plan' | 'now' | 'forecastOf'> & {
  readonly store: Pick<Host['store'], 'ran'>;
};

/** What ran and will run on the nodes in sight: told again of those on which something has begun or ended. */
export class TimelineView implements LiveView {
  private readonly nodes: ReadonlySet<NodeId>;
  /** Of what runs on them: facts about ends do not name the node. */
  private readonly running = new Map<AttemptId, NodeId>();
  private dirty = new Set<NodeId>();
  private isPlanNew = false;
  private changed = new Set<JobId>();
  /** Those that were told of. */
  private readonly known = new Set<JobId>();
  private notBefore = 0;
  private toldPlan = '';
  private plannedAt: number | null = null;

  constructor(
    private readonly host: TimelineFarm,
    private readonly window: TimelineWindow,
  ) {
    this.nodes = new Set(window.nodes);
  }

  async picture(): Promise<TimelinePicture> {
    for (const id of this.nodes) {
      const node = this.host.state.nodes.get(id);
      if (node === undefined) continue;
      for (const live of this.host.state.attempts.on(node)) this.running.set(live.id, id);
    }
    const rows = await this.look(this.window.nodes);
    const plan = this.plan();
    this.toldPlan = JSON.stringify(plan);
    const jobs = this.jobsIn(rows, plan, this.host.state.jobs.keys());
    this.plannedAt = this.host.plan?.at ?? null;
    return { rows, plan, plannedAt: this.plannedAt, jobs };
  }

  note(facts: readonly Fact[], { forecasts, jobs }: Changes): boolean {
    for (const fact of facts) {
      if (fact.kind === 'taskAssigned' && this.nodes.has(fact.node)) {
        this.running.set(fact.attempt, fact.node);
        this.dirty.add(fact.node);
      } else if (fact.kind === 'attemptFinished') {
        const node = this.running.get(fact.attempt);
        if (node === undefined) continue;
        this.running.delete(fact.attempt);
        this.dirty.add(node);
      }
    }
    this.isPlanNew ||= forecasts.size > 0 || jobs.size > 0;
    for (const ids of [jobs, forecasts]) for (const id of ids) this.changed.add(id);
    // Nothing happens in a window that is over.
    if (this.window.to < this.host.now()) return false;
    return this.dirty.size > 0 || this.isPlanNew;
  }

  async delta(): Promise<TimelineDelta | null> {
    // Not yet: asked again after a while, when more has happened.
    if (performance.now() < this.notBefore) return null;
    const dirty = [...this.dirty];
    const changed = [...this.changed];
    this.dirty = new Set();
    this.changed = new Set();
    this.isPlanNew = false;
    this.notBefore = performance.now() + leastPause;
    const rows = await this.look(dirty);
    const plan = this.plan();
    const told = JSON.stringify(plan);
    const isOther = told !== this.toldPlan;
    this.toldPlan = told;
    const jobs = this.jobsIn(rows, isOther ? plan : [], changed);
    const { plannedAt } = this;
    this.plannedAt = this.host.plan?.at ?? null;
    if (rows.length + jobs.length === 0 && !isOther && plannedAt === this.plannedAt) return null;
    return { rows, plan: isOther ? plan : null, plannedAt: this.plannedAt, jobs };
  }

  again(): number | null {
    if (this.window.to < this.host.now() || (this.dirty.size === 0 && !this.isPlanNew)) return null;
    return Math.max(0, this.notBefore - performance.now());
  }

  private async look(nodes: readonly NodeId[]): Promise<readonly RanRow[]> {
    if (nodes.length === 0) return [];
    const begun = performance.now();
    const { host, window } = this;
    const now = host.now();
    // What begins while it is looked for is told with the next.
    const rows = await host.store.ran({ ...window, nodes, to: Math.min(window.to, now + 1) }, now);
    const took = performance.now() - begun;
    this.notBefore =
      begun + took + Math.max(leastPause, partOfTime * took, Math.min(30_000, grainsUnseen * window.grain));
    return rows;
  }

  /** Only what is in the window. */
  private plan(): readonly PlannedRow[] {
    const { plan, state } = this.host;
    if (plan === null || this.window.to <= plan.at) return [];
    const isOpen = (id: JobId): boolean => {
      const job = state.jobs.get(id);
      return job !== undefined && !isEnded(jobState(job));
    };
    return this.window.nodes
      .map((node) => plan.of(node, isOpen))
      .map(({ node, bars }) => ({
        node,
        bars: bars.filter(({ from, to }) => to > this.window.from && from < this.window.to),
      }))
      .filter(({ bars }) => bars.length > 0);
  }

  /** Those of the bars; and of the others, those that are known or have a deadline in the window. */
  private jobsIn(
    rows: readonly RanRow[],
    plan: readonly PlannedRow[],
    others: Iterable<JobId>,
  ): TimelinePicture['jobs'] {
    const { from, to } = this.window;
    const told = new Set<JobId>();
    for (const { bars } of [...rows, ...plan])
      for (const { job } of bars) if (!this.known.has(job)) told.add(job);
    for (const id of others) {
      const deadline = this.host.state.jobs.get(id)?.deadline ?? null;
      if (this.known.has(id) || (deadline !== null && deadline >= from && deadline <= to)) told.add(id);
    }
    for (const id of told) this.known.add(id);
    return [...told].flatMap((id) => timelineJob(this.host, id) ?? []);
  }
}
