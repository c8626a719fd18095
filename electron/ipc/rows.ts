/** What clients are shown of the state, in the shapes of the contract. */
import type { BatchRow, JobRow, StepRow } from '../../shared/ipc/queue';
import type { EdgeRow, GraphJob } from '../../shared/ipc/graph';
import type { JobDetail, StepDetail, TaskRow } from '../../shared/ipc/job';
import type { NodeRow } from '../../shared/ipc/nodes';
import type { Attempt } from '../../shared/model/attempt';
import type { AttemptId, JobId } from '../../shared/model/ids';
import { taskLabel, type Space } from '../../shared/model/space';
import { batchEnds } from '../../shared/model/states';
import type { Action } from '../../shared/model/batch';
import { eachAmount, noRequest, type Request } from '../../shared/model/amounts';
import type { ExpectedEnd, JobForecast } from '../../shared/model/forecast';
import type { Relation } from '../../shared/model/dependency';
import { countOf, countsAsRecord, totalOf, type Counts } from '../engine/counts';
import { jobOf } from '../engine/dependencies/edges';
import { edgeState } from '../engine/dependencies/readiness';
import { batchState, jobState, stepState } from '../engine/derived';
import { forkOf } from '../engine/forks';
import { explain } from '../engine/explain/explain';
import {
  taskState,
  type BatchRecord,
  type Edge,
  type FarmState,
  type JobRecord,
  type LiveAttempt,
  type NodeRecord,
  type StepRecord,
} from '../engine/state';
import { usageOfNode } from '../engine/resources/kinds';
import type { Store } from '../engine/ports';
import type { Scheduler } from '../engine/schedule/scheduler';
import { clockInWords } from '../nodes/health/clock-offset';
import type { Feeling } from '../nodes/health/feeling';
import type { Progress } from '../nodes/progress/parser';

/** As much of a Host as is shown. */
export interface ShownFarm {
  readonly state: FarmState;
  readonly scheduler: Scheduler;
  readonly store: Pick<Store, 'attempts'>;
  now(): number;
  readonly progress: { of(attempt: AttemptId): Progress | null };
  reportOf(batch: BatchRecord): string | null;
  forecastOf(job: JobId): JobForecast | null;
}

export function batchRow(farm: ShownFarm, batch: BatchRecord): BatchRow {
  return {
    id: batch.id,
    name: batch.batch.name,
    owner: batch.by,
    tenant: batch.tenant.name,
    state: batchState(batch),
    tasks: countsAsRecord(batch.counts),
    progress: running(farm, batch.counts, (live) => live.step.job.batch === batch).progress,
    submittedAt: batch.submittedAt,
    startedAt: batch.startedAt,
    endedAt: batch.ended?.at ?? null,
    output: batch.output,
    report: farm.reportOf(batch),
    notify: batch.batch.notify ?? batchEnds,
  };
}

export function jobRow(farm: ShownFarm, job: JobRecord): JobRow {
  const { progress, nodes } = running(farm, job.counts, (live) => live.step.job === job);
  return {
    id: job.id,
    batch: job.batch.id,
    name: job.job.name,
    kind: job.job.kind,
    priority: job.priority,
    place: job.rank.place,
    state: jobState(job),
    tasks: countsAsRecord(job.counts),
    progress,
    startedAt: job.startedAt,
    endedAt: job.endedAt,
    stopping: job.cancelled ? countOf(job.counts, 'RUNNING') : 0,
    held: job.held !== null,
    deadline: job.deadline,
    end: expectedEnd(farm, job),
    nodes,
    request: requestOf(job),
    stepCount: job.steps.length,
  };
}

export function stepRow(farm: ShownFarm, step: StepRecord): StepRow {
  return {
    name: step.step.name,
    state: stepState(step),
    tasks: countsAsRecord(step.counts),
    progress: running(farm, step.counts, (live) => live.step === step).progress,
    request: step.step.request,
  };
}

/** As a node of the graph of a batch. */
export function graphJob(farm: ShownFarm, job: JobRecord, batch: BatchRecord): GraphJob {
  return {
    ...jobRow(farm, job),
    batchName: job.batch.batch.name,
    isOutside: job.batch !== batch,
    steps: job.steps.map((step) => ({
      name: step.step.name,
      state: stepState(step),
      tasks: countsAsRecord(step.counts),
    })),
  };
}

export function edgeRow(edge: Edge): EdgeRow {
  return { id: edge.id, ...edge.spec, state: edgeState(edge), reason: edge.reason };
}

export function jobDetail(farm: ShownFarm, job: JobRecord): JobDetail {
  return { ...jobFacts(farm, job), verdicts: explain(farm.scheduler, job, farm.now()) };
}

/** All of it but why what waits does not run. */
export function jobFacts(farm: ShownFarm, job: JobRecord): Omit<JobDetail, 'verdicts'> {
  const { batch } = job;
  const before = edgesBefore(job);
  return {
    ...jobRow(farm, job),
    batchName: batch.batch.name,
    owner: batch.by,
    tenant: batch.tenant.name,
    most: job.job.most,
    submittedAt: batch.submittedAt,
    output: batch.output,
    recipe: batch.batch.recipe,
    after: jobsBefore(job, before),
    conditions: conditionsOf(before),
    steps: job.steps.map(stepDetail),
    branch: job.steps.map(forkOf).find((fork) => fork !== null) ?? null,
    savesWork: job.steps.some(({ step }) => step.checkpoints !== undefined),
    forecast: farm.forecastOf(job.id),
  };
}

/** Those that end at the job as a whole, and at its steps. */
function edgesBefore(job: JobRecord): readonly Edge[] {
  return [...job.incoming, ...job.steps.flatMap((step) => step.incoming)];
}

function jobsBefore(job: JobRecord, edges: readonly Edge[]): readonly JobId[] {
  const ids = edges.flatMap(({ from }) => (from === null ? [] : [jobOf(from).id]));
  return [...new Set(ids)].filter((id) => id !== job.id);
}

/** Each once: steps of a job often hold the same lock. */
function conditionsOf(edges: readonly Edge[]): readonly Relation[] {
  const relations = edges.flatMap(({ from, spec }) => (from === null ? [spec.relation] : []));
  return [...new Map(relations.map((relation) => [JSON.stringify(relation), relation])).values()];
}

export function stepDetail({ step, count, counts }: StepRecord): StepDetail {
  return {
    name: step.name,
    count,
    space: isShort(step.space) ? step.space : null,
    tasks: countsAsRecord(counts),
    request: step.request,
    needs: step.needs,
    retry: step.retry,
    timeoutMs: step.timeoutMs,
    preemptible: step.preemptible,
    command: commandText(step.action),
    program: step.action.kind === 'prepared' ? step.action.program : null,
    folder: step.folder,
  };
}

const longestSpace = 64 * 1024;
const lengths = new WeakMap<Space, number>();

/** Written out once: nothing of it ever changes. */
function isShort(space: Space): boolean {
  const length = lengths.get(space) ?? JSON.stringify(space).length;
  lengths.set(space, length);
  return length <= longestSpace;
}

function commandText(action: Action): string {
  return action.kind === 'command'
    ? action.argv.map((word) => (/\s|^$/.test(word) ? JSON.stringify(word) : word)).join(' ')
    : action.text;
}

/**
 * How far it is: done tasks, and of the running ones the part that they say is done. And where it runs.
 */
function running(
  farm: ShownFarm,
  counts: Counts,
  belongs: (live: LiveAttempt) => boolean,
): { readonly progress: number; readonly nodes: readonly string[] } {
  const total = totalOf(counts);
  let done = countOf(counts, 'COMPLETED');
  const nodes = new Set<string>();
  if (countOf(counts, 'RUNNING') > 0) {
    for (const live of farm.state.attempts.values()) {
      if (!belongs(live)) continue;
      done += farm.progress.of(live.id)?.fraction ?? 0;
      nodes.add(live.node.name);
    }
  }
  return { progress: total === 0 ? 1 : Math.min(1, done / total), nodes: [...nodes] };
}

/** Null also as soon as it is held, before that is foretold anew. */
export function expectedEnd(farm: Pick<ShownFarm, 'forecastOf'>, job: JobRecord): ExpectedEnd | null {
  const forecast = job.held === null ? farm.forecastOf(job.id) : null;
  return forecast?.end == null ? null : { ...forecast.end, isGuess: forecast.basis === 'guess' };
}

const requests = new WeakMap<JobRecord, Request>();

/** Put together once: what steps ask for does not change. */
function requestOf(job: JobRecord): Request {
  const known = requests.get(job);
  if (known !== undefined) return known;
  const [first = noRequest, ...others] = job.steps.map(({ step }) => step.request);
  const most = others.reduce(
    (one, other) => ({
      ...one,
      ...eachAmount((name) => Math.max(one[name], other[name])),
      special: mostOfEach(one.special, other.special),
    }),
    first,
  );
  requests.set(job, most);
  return most;
}

function mostOfEach(one: Request['special'], other: Request['special']): Request['special'] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...names].map((name) => [name, Math.max(one[name] ?? 0, other[name] ?? 0)]));
}

export async function taskRows(
  farm: ShownFarm,
  step: StepRecord,
  from: number,
  count: number,
): Promise<readonly TaskRow[]> {
  const to = Math.min(step.count, from + count);
  const newest = new Map<number, Attempt>();
  for (const attempt of await farm.store.attempts(step.job.id, step.index, from, to - from))
    newest.set(attempt.task, attempt);
  const rows: TaskRow[] = [];
  for (let task = from; task < to; task++) rows.push(taskRow(farm, step, task, newest.get(task)));
  return rows;
}

function taskRow(farm: ShownFarm, step: StepRecord, task: number, attempt: Attempt | undefined): TaskRow {
  const state = taskState(step, task);
  const told = attempt !== undefined && state === 'RUNNING' ? farm.progress.of(attempt.id) : null;
  return {
    task,
    label: taskLabel(step.step.space, task),
    state,
    attempts: step.tries[task] ?? 0,
    attempt: attempt?.id ?? null,
    node: attempt === undefined ? null : (farm.state.nodes.get(attempt.node)?.name ?? attempt.node),
    assignedAt: attempt?.assignedAt ?? null,
    endedAt: attempt?.endedAt ?? null,
    end: attempt?.end ?? null,
    usage: attempt?.usage ?? null,
    progress: told?.fraction ?? null,
    phrase: told?.phrase ?? null,
  };
}

export function nodeRow(state: FarmState, node: NodeRecord, feeling: Feeling | null): NodeRow {
  // What it did before it was lost tells nothing of now.
  const isThere = node.state === 'ONLINE' || node.state === 'MAINTENANCE';
  const { load = null, latest: vitals = null, clockOffset = null } = (isThere ? feeling : null) ?? {};
  return {
    id: node.id,
    name: node.name,
    kind: node.kind,
    address: node.address,
    state: node.state,
    reason: node.reason,
    setAsideUntil: node.setAsideUntil,
    vitals,
    clock: clockOffset === null ? null : clockInWords(node.name, clockOffset),
    system: node.system,
    labels: [...node.labels],
    capacity: node.capacity,
    running: node.running,
    resources: usageOfNode(state, node, {
      cpu: load === null ? null : load.cpu * node.capacity.cpu,
      memoryMiB: load === null ? null : load.memory * node.capacity.memoryMiB,
    }).filter(({ capacity, held }) => capacity > 0 || held > 0),
  };
}
