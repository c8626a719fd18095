import type { StepPlace } from '../../shared/ipc/job';
import type { Refusal } from '../../shared/ipc/errors';
import type { BatchId, JobId } from '../../shared/model/ids';
import type { BatchRecord, FarmState, JobRecord, NodeRecord, StepRecord } from '../engine/state';

/** Input that names what is not there. Thrown while serving a request; becomes its refusal. */
export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }
}

const notFound = (message: string): Refused => new Refused({ code: 'notFound', message });

export function findJob(state: FarmState, id: JobId): JobRecord {
  const job = state.jobs.get(id);
  if (job === undefined) throw notFound(`There is no job ${id}. The queue lists those there are.`);
  return job;
}

export function findBatch(state: FarmState, id: BatchId): BatchRecord {
  const batch = state.batches.get(id);
  if (batch === undefined) throw notFound(`There is no batch ${id}. The queue lists those there are.`);
  return batch;
}

export function findStep(state: FarmState, { job, step }: StepPlace): StepRecord {
  const found = findJob(state, job).steps[step];
  if (found === undefined) throw notFound(`Job ${job} has no step number ${step}.`);
  return found;
}

/** By its id, or else its name. */
export function findNode(state: FarmState, what: string): NodeRecord {
  const node = state.nodes.get(what) ?? [...state.nodes.values()].find(({ name }) => name === what);
  if (node === undefined) throw notFound(`There is no node ${what}. drover nodes lists those there are.`);
  return node;
}

/** A batch (`b7`), a job (`b7.melt`), or a bare name: then the newest; of a batch and its job, the job. */
export function find(state: FarmState, what: string): BatchRecord | JobRecord {
  const found = lookUp(state, what);
  if (found === null)
    throw notFound(`There is no job or batch named ${what}. The queue lists those there are.`);
  return found;
}

export function lookUp(state: FarmState, what: string): BatchRecord | JobRecord | null {
  for (const [id, job] of state.jobs) if (id === what) return job;
  for (const [id, batch] of state.batches) if (id === what) return batch;
  const job = newest(state.jobs.values(), (one) => one.job.name === what, sequenceOfJob);
  const batch = newest(state.batches.values(), (one) => one.batch.name === what, sequenceOf);
  if (job === null || batch === null) return job ?? batch;
  return sequenceOfJob(job) >= sequenceOf(batch) ? job : batch;
}

const sequenceOf = ({ sequence }: BatchRecord): number => sequence;
const sequenceOfJob = ({ batch }: JobRecord): number => batch.sequence;

function newest<Item>(
  items: Iterable<Item>,
  isMeant: (item: Item) => boolean,
  sequence: (item: Item) => number,
): Item | null {
  let found: Item | null = null;
  for (const item of items)
    if (isMeant(item) && (found === null || sequence(item) >= sequence(found))) found = item;
  return found;
}

export const jobsOf = (what: BatchRecord | JobRecord): readonly JobRecord[] =>
  'jobs' in what ? what.jobs : [what];
