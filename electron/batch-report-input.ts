/** What a report is made of, taken from a farm. */
import { hostname } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import type { Attempt } from '../shared/model/attempt';
import type { AttemptId, NodeId } from '../shared/model/ids';
import { nodeSettings } from '../shared/model/settings';
import { countsAsRecord } from './engine/counts';
import { isJob, jobOf } from './engine/dependencies/edges';
import { edgeState } from './engine/dependencies/readiness';
import type { Store } from './engine/ports';
import type { BatchRecord, Edge, FarmState, JobRecord, NodeRecord, StepRecord } from './engine/state';
import { bytesOfCutCharacter } from './ipc/log-reader';
import { batchRow, jobFacts, type ShownFarm } from './ipc/rows';
import type { LogBytes } from './nodes/readings';
import type { ReportInput, ReportPlace, ReportedDependency, ReportedEnd, ReportedNode } from './report/input';

export interface ReportedFarm extends ShownFarm {
  readonly store: Pick<Store, 'attempts' | 'history'>;
  readonly info: { readonly version: string; readonly runtime: string };
  readLog(attempt: AttemptId, from: number, bytes: number, node: NodeId): Promise<LogBytes>;
}

const tasksAtOnce = 1000;
const jobsAtOnce = 200;
const mostHistory = 100;

export async function reportInput(
  farm: ReportedFarm,
  batch: BatchRecord,
  place: ReportPlace,
  hash: ReportInput['hash'],
  /** When it says so, the report is not wanted any more; null: it is, however long it takes. */
  signal: AbortSignal | null,
): Promise<ReportInput> {
  const { version, runtime } = farm.info;
  const entries = await farm.store.history(batch.id, Infinity, mostHistory);
  // All of it is about this batch.
  const history = entries.map(({ about: _about, ...entry }) => entry);
  const jobs: ReportInput['jobs'][number][] = [];
  for (const [index, job] of batch.jobs.entries()) {
    jobs.push(jobFacts(farm, job));
    if (index % jobsAtOnce === jobsAtOnce - 1) await setImmediate();
  }
  const { report: _report, notify: _notify, ...row } = batchRow(farm, batch);
  return {
    drover: { version, runtime },
    writtenAt: farm.now(),
    batch: {
      ...row,
      // Of this very moment, as all else.
      tasks: countsAsRecord(batch.counts),
      tenant: batch.tenant.name,
      schedule: batch.schedule,
    },
    jobs,
    dependencies: edgesTo(batch).map(dependencyOf),
    spec: batch.batch,
    attempts: attemptsOf(farm, batch, signal),
    nodes: nodesOf(farm.state),
    history,
    logEnd: (attempt, bytes) => logEnd(farm, attempt, bytes),
    hash,
    place,
  };
}

async function* attemptsOf(
  farm: ReportedFarm,
  batch: BatchRecord,
  signal: AbortSignal | null,
): AsyncGenerator<Attempt> {
  for (const job of batch.jobs) {
    for (const step of job.steps) {
      for (let from = 0; from < step.count; from += tasksAtOnce) {
        signal?.throwIfAborted();
        const attempts = await farm.store.attempts(job.id, step.index, from, tasksAtOnce);
        yield* attempts.toSorted((a, b) => a.task - b.task);
      }
    }
  }
}

async function logEnd(
  farm: ReportedFarm,
  { id, node }: Attempt,
  bytes: number,
): Promise<{ readonly text: string; readonly isCut: boolean }> {
  try {
    const piece = await farm.readLog(id, -bytes, bytes, node);
    const isCut = piece.from > 0;
    const cut = isCut ? bytesOfCutCharacter(piece.bytes) : 0;
    return { text: piece.bytes.toString('utf8', cut), isCut };
  } catch (error) {
    const { name, state } = farm.state.nodes.get(node) ?? {};
    if (name !== undefined && state !== 'ONLINE')
      throw new Error(`it is on ${name}, which is not connected`, { cause: error });
    throw error;
  }
}

const edgesTo = (batch: BatchRecord): readonly Edge[] =>
  batch.jobs.flatMap((job) => [...job.incoming, ...job.steps.flatMap((step) => step.incoming)]);

function dependencyOf(edge: Edge): ReportedDependency {
  const { from, to, spec, reason } = edge;
  return {
    from: from === null ? null : endOf(from),
    to: endOf(to),
    relation: spec.relation,
    onFailure: spec.onFailure,
    state: edgeState(edge),
    reason,
  };
}

function endOf(end: JobRecord | StepRecord): ReportedEnd {
  const { id, job, endedAt } = jobOf(end);
  return {
    job: id,
    jobName: job.name,
    step: isJob(end) ? null : { index: end.index, name: end.step.name },
    endedAt,
  };
}

/** Also those that were taken out of the farm since, unless another one has their id now. */
function nodesOf(state: FarmState): readonly ReportedNode[] {
  const byId = new Map(state.nodeList.map((node) => [node.id, node]));
  for (const node of state.nodes.values()) byId.set(node.id, node);
  return [...byId.values()].map((node) => nodeOf(state, node));
}

function nodeOf(state: FarmState, node: NodeRecord): ReportedNode {
  const { id, kind, system, capacity, probedLabels } = node;
  const { costPerHour, watts } = nodeSettings(state.settings, id);
  // To those who read it elsewhere, "This machine" would be another one.
  const name = kind === 'local' ? hostname() : node.name;
  return { id, name, kind, system, capacity, programs: programsOf(probedLabels), costPerHour, watts };
}

/** Of `program:blender` and `blender:4.2`. */
function programsOf(labels: readonly string[]): ReportedNode['programs'] {
  const valueOf = (key: string): readonly string[] =>
    labels.filter((label) => label.startsWith(`${key}:`)).map((label) => label.slice(key.length + 1));
  return valueOf('program').map((name) => ({ name, version: valueOf(name)[0] ?? null }));
}
