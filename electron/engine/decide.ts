import type { Refusal } from '../../shared/ipc/errors';
import type { BatchId, JobId } from '../../shared/model/ids';
import type { Command } from './commands';
import { countOf } from './counts';
import type { Fact } from './facts';
import { jobState, type FarmState, type JobRecord } from './state';

export type Decision =
  | { readonly kind: 'accepted'; readonly facts: readonly Fact[]; readonly outcome: Outcome }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** What was done, for whoever wished it. */
export interface Outcome {
  readonly batch: BatchId | null;
  readonly jobs: readonly JobId[];
  readonly tasks: number;
}

/** Checks a command against the state. Changes nothing. */
export function decide(state: FarmState, command: Command, at: number): Decision {
  switch (command.kind) {
    case 'submit': {
      const id = state.nextBatchId();
      const fact: Fact = {
        kind: 'batchSubmitted',
        at,
        by: command.by,
        id,
        output: command.outputFor(id),
        batch: command.batch,
      };
      return { kind: 'accepted', facts: [fact], outcome: { batch: id, jobs: [], tasks: 0 } };
    }
    case 'cancel':
      return each(state, command.jobs, (job) => cancel(job, at, command.by));
    case 'retry':
      return each(state, command.jobs, (job) => retry(job, at, command.by));
  }
}

interface Change {
  readonly fact: Fact;
  readonly tasks: number;
}

/** Applies a wish to those jobs where it can be done; refused only when there is none. */
function each(
  state: FarmState,
  ids: readonly JobId[],
  change: (job: JobRecord) => Change | Refusal,
): Decision {
  const facts: Fact[] = [];
  const jobs: JobId[] = [];
  const refusals: Refusal[] = [];
  let tasks = 0;
  for (const id of ids) {
    const job = state.jobs.get(id);
    const result: Change | Refusal =
      job === undefined
        ? { code: 'notFound', message: `There is no job ${id}. The queue lists those there are.` }
        : change(job);
    if ('fact' in result) {
      facts.push(result.fact);
      jobs.push(id);
      tasks += result.tasks;
    } else {
      refusals.push(result);
    }
  }
  const [first] = refusals;
  if (facts.length === 0 && first !== undefined) {
    const message = ids.length === 1 ? first.message : refusals.map((refusal) => refusal.message).join('\n');
    return { kind: 'refused', refusal: { code: first.code, message } };
  }
  return { kind: 'accepted', facts, outcome: { batch: null, jobs, tasks } };
}

function cancel(job: JobRecord, at: number, by: string): Change | Refusal {
  const open =
    countOf(job.counts, 'PENDING') + countOf(job.counts, 'QUEUED') + countOf(job.counts, 'RUNNING');
  if (job.cancelled || open === 0) {
    return {
      code: 'conflict',
      message: `Job ${job.id} is ${jobState(job)} already: there is nothing to cancel.`,
    };
  }
  return { fact: { kind: 'jobCancelled', at, by, job: job.id }, tasks: open };
}

function retry(job: JobRecord, at: number, by: string): Change | Refusal {
  const running = countOf(job.counts, 'RUNNING');
  if (job.cancelled && running > 0) {
    return {
      code: 'conflict',
      message: `Job ${job.id} is being stopped: ${running} of its tasks still run. Retry it when they have ended.`,
    };
  }
  const again = countOf(job.counts, 'FAILED') + countOf(job.counts, 'CANCELLED');
  if (again === 0) {
    return {
      code: 'conflict',
      message: `Job ${job.id} is ${jobState(job)} and has no failed or cancelled task to retry.`,
    };
  }
  return { fact: { kind: 'jobRetried', at, by, job: job.id }, tasks: again };
}
