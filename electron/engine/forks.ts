/** Batches that are branches: a task of each begins from a checkpoint of another job. */
import type { CheckpointId, Fork } from '../../shared/model/checkpoint';
import { jobId, type JobId } from '../../shared/model/ids';
import type { BatchRecord, FarmState, StepRecord } from './state';

/** The step whose task begins there; null: there is none, or not any more. */
export function forkedStep({ id, batch: { fork }, jobs }: BatchRecord): StepRecord | null {
  if (fork === undefined) return null;
  const job = jobs.find((one) => one.id === jobId(id, fork.to.job));
  return job?.steps[fork.to.step] ?? null;
}

/** From where a task begins that is not of its own job; null: it begins as others do. */
export function forkOf(step: StepRecord): Fork | null {
  const { batch } = step.job;
  return forkedStep(batch) === step ? (batch.batch.fork ?? null) : null;
}

/** The jobs that began from each. */
export function branchesIn(state: FarmState): ReadonlyMap<CheckpointId, readonly JobId[]> {
  const branches = new Map<CheckpointId, readonly JobId[]>();
  for (const { id, batch } of state.batches.values()) {
    if (batch.fork === undefined) continue;
    const { checkpoint, to } = batch.fork;
    branches.set(checkpoint, [...(branches.get(checkpoint) ?? []), jobId(id, to.job)]);
  }
  return branches;
}

/** What branches that have not completed would go on from, or go back to. */
export function neededByForks(state: FarmState): ReadonlyMap<CheckpointId, BatchRecord> {
  const needed = new Map<CheckpointId, BatchRecord>();
  for (const batch of state.batches.values()) {
    if (batch.batch.fork === undefined || forkedStep(batch)?.saved.has(0) !== true) continue;
    for (const id of batch.batch.fork.needs) needed.set(id, batch);
  }
  return needed;
}
