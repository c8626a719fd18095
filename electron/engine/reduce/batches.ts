import { jobId, type BatchId } from '../../../shared/model/ids';
import type { Job, Step } from '../../../shared/model/batch';
import { sharedFiles } from '../../../shared/model/files';
import { recognised } from '../../../shared/model/progress';
import { taskCount } from '../../../shared/model/space';
import { addTo, codes, newCounts } from '../counts';
import { Durations } from '../durations';
import type { EdgeSpec, FactOf } from '../facts';
import { ownRank } from '../ranks';
import { newVector } from '../resources/vector';
import { TaskSet } from '../task-set';
import {
  noFailures,
  type BatchRecord,
  type FarmState,
  type JobRecord,
  type StepRecord,
  type TenantRecord,
} from '../state';

/** Without its edges. In parts, between which it is not whole. */
export function* addBatch(
  state: FarmState,
  fact: FactOf<'batchSubmitted'>,
): Generator<undefined, BatchRecord> {
  const jobs: JobRecord[] = [];
  const record: BatchRecord = {
    id: fact.id,
    sequence: state.nextBatch++,
    batch: fact.batch,
    by: fact.by,
    output: fact.output,
    schedule: fact.schedule,
    submittedAt: fact.at,
    submission: fact.submission ?? null,
    tenant: tenantOf(state, fact.batch.tenant),
    jobs,
    counts: newCounts(0),
    followers: new Map(),
    startedAt: null,
    ended: null,
  };
  for (const job of fact.batch.jobs) {
    jobs.push(addJob(state, record, job, jobs.length));
    yield;
  }
  for (const job of jobs) addTo(record.counts, codes.PENDING, job.counts[codes.PENDING] ?? 0);
  record.tenant.queued += record.counts[codes.PENDING] ?? 0;
  const { submissions } = record.tenant;
  submissions.push(fact.at);
  if (submissions.length > mostSubmissions) submissions.shift();
  state.batches.set(record.id, record);
  return record;
}

/** A quota of submissions a minute cannot be larger. */
export const mostSubmissions = 1000;

function addJob(state: FarmState, batch: BatchRecord, job: Job, index: number): JobRecord {
  const steps: StepRecord[] = [];
  const record: JobRecord = {
    id: jobId(batch.id, job.name),
    index,
    job,
    batch,
    steps,
    counts: newCounts(0),
    incoming: [],
    outgoing: [],
    priority: job.priority,
    rank: ownRank({ batch, index }),
    deadline: job.deadline,
    cancelled: false,
    held: null,
    failedOn: noFailures,
    startedAt: null,
    endedAt: null,
  };
  job.steps.forEach((step, at) => steps.push(makeStep(state, record, step, at)));
  addTo(
    record.counts,
    codes.PENDING,
    steps.reduce((sum, step) => sum + step.count, 0),
  );
  state.jobs.set(record.id, record);
  return record;
}

function makeStep(state: FarmState, job: JobRecord, step: Step, index: number): StepRecord {
  const count = taskCount(step.space);
  const record: StepRecord = {
    index,
    number: state.steps.length,
    step: asOfNow(step),
    job,
    count,
    counts: newCounts(count),
    incoming: [],
    outgoing: [],
    depth: 0,
    requestClass: state.classes.of(step.request, step.needs, job.job.kind, {}),
    states: new Uint8Array(count),
    tries: new Uint16Array(count),
    nodes: new Uint16Array(count),
    queued: new TaskSet(count),
    larger: new Map(),
    queuedLarger: new Map(),
    waits: new Map(),
    trouble: new Map(),
    saved: new Map(),
    savingMs: null,
    values: new Map(),
    durations: new Durations(),
    readySince: 0,
  };
  state.steps.push(record);
  return record;
}

/** Older batches do not tell all that there is to a step now. */
function asOfNow(step: Step): Step {
  return {
    ...step,
    progress: step.progress ?? recognised,
    files: step.files ?? sharedFiles,
    environments: (step.environments ?? []).map((one) => ({ ...one, isPrepared: one.isPrepared ?? false })),
    graceMs: step.graceMs ?? null,
    paths: step.paths ?? null,
  };
}

/** The edges that a batch brings with it. */
export function edgesOf(state: FarmState, id: BatchId, fact: FactOf<'batchSubmitted'>): readonly EdgeSpec[] {
  const end = (reference: { readonly job: string; readonly step: string | null }): EdgeSpec['to'] => {
    const job = jobId(id, reference.job);
    if (reference.step === null) return { job, step: null };
    const steps = state.jobs.get(job)?.steps ?? [];
    const step = steps.findIndex((candidate) => candidate.step.name === reference.step);
    if (step < 0) throw new Error(`a dependency names step ${reference.step} of ${job}, which is not there`);
    return { job, step };
  };
  return fact.batch.dependencies.map(({ from, to, relation, onFailure }) => ({
    from: from === null ? null : end(from),
    to: end(to),
    relation,
    onFailure,
  }));
}

export function tenantOf(state: FarmState, name: string): TenantRecord {
  const known = state.tenants.get(name);
  if (known !== undefined) return known;
  const made: TenantRecord = { name, held: newVector(), running: 0, queued: 0, submissions: [] };
  state.tenants.set(name, made);
  return made;
}
