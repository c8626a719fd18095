import type { EdgeStanding, GraphDelta, GraphPicture } from '../../../shared/ipc/graph';
import type { EdgeId } from '../../../shared/model/ids';
import { edgesOf, jobOf } from '../../engine/dependencies/edges';
import type { Fact } from '../../engine/facts';
import type { Changes } from '../../engine/reduce/changes';
import type { BatchRecord, Edge, JobRecord } from '../../engine/state';
import { edgeRow, graphJob, type ShownFarm } from '../rows';
import type { LiveView } from './view';

/** The jobs of a batch with all edges that begin or end there. Only what was touched is looked at again. */
export class GraphView implements LiveView {
  /** How the client knows the edges. */
  private readonly sent = new Map<EdgeId, string>();
  private shown = new Set<JobRecord>();
  private readonly changed = new Set<JobRecord>();
  private hasOtherEdges = false;

  constructor(
    private readonly farm: ShownFarm,
    private readonly batch: BatchRecord,
  ) {}

  picture(): GraphPicture {
    this.sent.clear();
    this.changed.clear();
    this.hasOtherEdges = false;
    const edges = this.edges();
    this.shown = this.jobsAt(edges);
    const rows = edges.map(edgeRow);
    for (const row of rows) this.sent.set(row.id, standingOf(row));
    return { jobs: [...this.shown].map((job) => graphJob(this.farm, job, this.batch)), edges: rows };
  }

  note(facts: readonly Fact[], changes: Changes): boolean {
    for (const id of changes.jobs) {
      const job = this.farm.state.jobs.get(id);
      if (job !== undefined && this.shown.has(job)) this.changed.add(job);
    }
    this.hasOtherEdges ||= facts.some(({ kind }) => kind === 'edgesChanged' || kind === 'edgeResolved');
    return this.changed.size > 0 || this.hasOtherEdges;
  }

  delta(): GraphDelta | null {
    const edges = this.hasOtherEdges
      ? this.edges()
      : [...new Set([...this.changed].flatMap(edgesOf))].filter((edge) => this.isHere(edge));
    const removed = this.hasOtherEdges ? this.forgetMissing(edges) : [];
    const jobs = new Set(this.changed);
    if (this.hasOtherEdges) {
      const before = this.shown;
      this.shown = this.jobsAt(edges);
      for (const job of this.shown) if (!before.has(job)) jobs.add(job);
    }
    this.changed.clear();
    this.hasOtherEdges = false;
    const fresh: Edge[] = [];
    const states: EdgeStanding[] = [];
    for (const edge of edges) {
      const { id, state, reason } = edgeRow(edge);
      const standing = standingOf({ id, state, reason });
      const known = this.sent.get(id);
      if (known === standing) continue;
      this.sent.set(id, standing);
      if (known === undefined) fresh.push(edge);
      else states.push({ id, state, reason });
    }
    if (jobs.size + fresh.length + states.length + removed.length === 0) return null;
    return {
      jobs: [...jobs].map((job) => graphJob(this.farm, job, this.batch)),
      edges: fresh.map(edgeRow),
      states,
      removed,
    };
  }

  again(): null {
    return null;
  }

  private edges(): readonly Edge[] {
    return [...new Set(this.batch.jobs.flatMap(edgesOf))];
  }

  private isHere({ from, to }: Edge): boolean {
    return jobOf(to).batch === this.batch || (from !== null && jobOf(from).batch === this.batch);
  }

  private jobsAt(edges: readonly Edge[]): Set<JobRecord> {
    const jobs = new Set(this.batch.jobs);
    for (const { from, to } of edges) {
      if (from !== null) jobs.add(jobOf(from));
      jobs.add(jobOf(to));
    }
    return jobs;
  }

  private forgetMissing(edges: readonly Edge[]): readonly EdgeId[] {
    const present = new Set(edges.map(({ id }) => id));
    const missing = [...this.sent.keys()].filter((id) => !present.has(id));
    for (const id of missing) this.sent.delete(id);
    return missing;
  }
}

const standingOf = ({ state, reason }: EdgeStanding): string => `${state} ${reason ?? ''}`;
