/** The states of steps, jobs, batches and attempts follow from what is below or around them. */
import type { AttemptState, BatchEnd, BatchState, JobState } from '../../shared/model/states';
import { countOf, totalOf, type Counts } from './counts';
import type { BatchRecord, JobRecord, LiveAttempt, StepRecord } from './state';

export function stepState(step: StepRecord): JobState {
  const { cancelled, held, startedAt } = step.job;
  return stateOf(step.counts, {
    cancelled,
    held: held !== null,
    started: startedAt !== null,
    waits: step.waits.size > 0,
  });
}

export function jobState(job: JobRecord): JobState {
  return stateOf(job.counts, {
    cancelled: job.cancelled,
    held: job.held !== null,
    started: job.startedAt !== null,
    waits: job.steps.some((step) => step.waits.size > 0),
  });
}

export function batchState(batch: BatchRecord): BatchState {
  if (batch.ended !== null) return batch.ended.state;
  return stateOf(batch.counts, {
    cancelled: false,
    held:
      batch.jobs.length > 0 &&
      batch.jobs.every((job) => job.held !== null || isOver(job)) &&
      batch.jobs.some((job) => job.held !== null),
    started: batch.startedAt !== null,
    waits: batch.jobs.some((job) => job.steps.some((step) => step.waits.size > 0)),
  });
}

const isOver = (job: JobRecord): boolean => ['COMPLETED', 'FAILED', 'CANCELLED'].includes(jobState(job));

/** The state in which a batch ends when none of its tasks can go on. */
export function finalState(batch: BatchRecord): BatchEnd {
  if (countOf(batch.counts, 'COMPLETED') === totalOf(batch.counts)) return 'COMPLETED';
  // Where nothing of its own was cancelled, it waits for what has failed elsewhere.
  const cancelled = countOf(batch.counts, 'FAILED') === 0 && countOf(batch.counts, 'CANCELLED') > 0;
  return cancelled ? 'CANCELLED' : 'FAILED';
}

export function attemptState(live: LiveAttempt): AttemptState {
  if (live.node.state === 'OFFLINE' || live.node.state === 'ERROR' || !live.node.reconciled) return 'UNKNOWN';
  return live.stopping === null ? 'RUNNING' : 'STOPPING';
}

interface Circumstances {
  readonly cancelled: boolean;
  readonly held: boolean;
  readonly started: boolean;
  /** A task will be tried again after a while. */
  readonly waits: boolean;
}

function stateOf(counts: Counts, { cancelled, held, started, waits }: Circumstances): JobState {
  const open = countOf(counts, 'PENDING') + countOf(counts, 'QUEUED') + countOf(counts, 'RUNNING');
  if (countOf(counts, 'COMPLETED') === totalOf(counts)) return 'COMPLETED';
  if (cancelled) return 'CANCELLED';
  if (open > 0 && held) return 'PAUSED';
  if (countOf(counts, 'RUNNING') > 0) return 'RUNNING';
  if (countOf(counts, 'QUEUED') > 0 || waits) return started ? 'RUNNING' : 'QUEUED';
  if (countOf(counts, 'FAILED') > 0) return 'FAILED';
  return countOf(counts, 'CANCELLED') > 0 && open === 0 ? 'CANCELLED' : 'PENDING';
}
