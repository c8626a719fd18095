import type {
  MomentJob,
  PlannedRow,
  TimelineJob,
  TimelineMoment,
  TimelineWhatIf,
  TimelineWish,
} from '../../shared/ipc/timeline';
import type { JobId, NodeId } from '../../shared/model/ids';
import { totalOf } from '../engine/counts';
import { jobState } from '../engine/derived';
import { Plan } from '../engine/forecast/plan';
import { whatIf } from '../engine/forecast/what-if';
import type { JobRecord } from '../engine/state';
import type { Host } from '../host';
import { Refused } from './find';
import type { Handlers } from './handlers';
import { inBackground } from './in-background';
import { changeFor } from './what-if';

export const timelineHandlers: Handlers<'timeline.moment' | 'timeline.whatIf'> = {
  'timeline.moment': (host, { at }) => momentOf(host, at),
  'timeline.whatIf': (host, wish) => tryOut(host, wish),
};

/** Null: there is no such job any more. */
export function timelineJob(host: Pick<Host, 'state' | 'forecastOf'>, id: JobId): TimelineJob | null {
  const job = host.state.jobs.get(id);
  if (job === undefined) return null;
  const end = host.forecastOf(id)?.end ?? null;
  return {
    id,
    batch: job.batch.id,
    name: job.job.name,
    batchName: job.batch.batch.name,
    kind: job.job.kind,
    state: jobState(job),
    deadline: job.deadline,
    p50: end?.p50 ?? null,
    p90: end?.p90 ?? null,
  };
}

const mostJobs = 100;

async function momentOf(host: Host, at: number): Promise<TimelineMoment> {
  const { begun, ended, waiting } = sorted(host.state.jobs.values(), at);
  // No attempt at those that had not ended is older than the first of them.
  const since = begun.reduce((first, { startedAt }) => Math.min(first, startedAt ?? first), at);
  const tally = await host.store.tally(since - 1, at + 1);
  const known = new Map(tally.jobs.map((job) => [job.job, job]));
  const jobs = begun
    .map((job): MomentJob => {
      const { running, completed, failed } = known.get(job.id) ?? { running: 0, completed: 0, failed: 0 };
      const names = { id: job.id, name: job.job.name, batchName: job.batch.batch.name };
      return { ...names, tasks: totalOf(job.counts), running, done: completed, failed };
    })
    .toSorted((a, b) => b.running - a.running);
  return {
    at,
    running: tally.jobs.reduce((sum, { running }) => sum + running, 0),
    nodes: tally.nodes,
    ended,
    waiting,
    jobs: jobs.slice(0, mostJobs),
    left: Math.max(0, jobs.length - mostJobs),
  };
}

function sorted(
  jobs: Iterable<JobRecord>,
  at: number,
): { begun: readonly JobRecord[]; ended: number; waiting: number } {
  const begun: JobRecord[] = [];
  let [ended, waiting] = [0, 0];
  for (const job of jobs) {
    if (job.batch.submittedAt > at) continue;
    if (job.endedAt !== null && job.endedAt <= at) ended++;
    else if (job.startedAt !== null && job.startedAt <= at) begun.push(job);
    else waiting++;
  }
  return { begun, ended, waiting };
}

const mostDifferences = 200;
const mostBars = 5000;

async function tryOut(host: Host, { wish, later, nodes }: TimelineWish): Promise<TimelineWhatIf> {
  const change = changeFor(host, wish);
  const { user: by } = host;
  const add = later.map(({ job, at }) => ({
    from: null,
    to: { job, step: null },
    relation: { type: 'TEMPORAL', rule: { kind: 'notBefore', at } } as const,
    onFailure: 'hold' as const,
  }));
  const commands =
    add.length === 0
      ? change.commands
      : [...(change.commands ?? []), { kind: 'link', by, add, remove: [] } as const];
  const at = host.now();
  const plan = new Plan(at);
  const result = await inBackground(
    host,
    whatIf(
      host.state,
      at,
      { ...change, commands: commands ?? [] },
      {
        progress: (attempt) => host.progress.fractionOf(attempt),
        onEnd: plan.add,
      },
    ),
  );
  if ('code' in result) throw new Refused(result);
  const differences = result.differences.toSorted(
    (a, b) => Math.abs(b.milliseconds ?? Infinity) - Math.abs(a.milliseconds ?? Infinity),
  );
  const { rows, isCut } = firstOf(plan, nodes);
  const ids = new Set<JobId>(differences.slice(0, mostDifferences).map(({ job }) => job));
  for (const { bars } of rows) for (const { job } of bars) ids.add(job);
  return {
    differences: differences.slice(0, mostDifferences),
    left: Math.max(0, differences.length - mostDifferences),
    plan: rows.filter(({ node }) => host.state.nodes.has(node)),
    added: rows.filter(({ node }) => !host.state.nodes.has(node)),
    isCut,
    jobs: [...ids].flatMap((id) => timelineJob(host, id) ?? []),
  };
}

/** Those of the nodes in sight first, and of new ones, as many as fit into an answer. */
function firstOf(plan: Plan, inSight: readonly NodeId[]): { rows: readonly PlannedRow[]; isCut: boolean } {
  const rows: PlannedRow[] = [];
  let left = mostBars;
  for (const node of new Set([...inSight, ...plan.all])) {
    const row = plan.of(node, () => true);
    if (row.bars.length === 0) continue;
    if (left === 0) return { rows, isCut: true };
    rows.push({ node, bars: row.bars.slice(0, left) });
    left -= Math.min(left, row.bars.length);
  }
  return { rows, isCut: left === 0 };
}
