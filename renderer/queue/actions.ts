/** What a person can do with a batch or a job, wherever it is shown. */
import type { BatchRow, JobRow } from '../../shared/ipc/queue';
import type { BatchId } from '../../shared/model/ids';
import { isEnded } from '../../shared/model/states';
import type { TaskCounts } from '../../shared/model/states';
import { navigate } from '../app/useRoute';
import { bridge } from '../live/connection';
import { requestOrTell } from '../live/request';
import { confirm } from '../ui/confirm';
import { tellDone, tellRefusal } from '../ui/tell';
import { countInWords } from '../ui/words';
import { fits, simpleActions } from './act/job-actions';
import type { QueueRow, RunRow } from './rows';

/** A batch or a job, as far as the actions need it. */
export interface Target {
  readonly id: BatchRow['id'] | JobRow['id'];
  readonly kind: 'batch' | 'job';
  readonly name: string;
  readonly batch: BatchId;
  readonly tasks: TaskCounts;
  readonly canCancel: boolean;
  readonly canRetry: boolean;
}

export function targetOfBatch(batch: BatchRow): Target {
  const { id, name, tasks, state } = batch;
  const canRetry = tasks.FAILED + tasks.CANCELLED > 0;
  return { id, kind: 'batch', name, batch: id, tasks, canCancel: !isEnded(state), canRetry };
}

export function targetOfJob(job: JobRow): Target {
  const { id, name, tasks, batch } = job;
  return {
    id,
    kind: 'job',
    name,
    batch,
    tasks,
    canCancel: fits('cancel', job),
    canRetry: fits('retry', job),
  };
}

export function targetOfRun(row: RunRow): Target {
  return row.kind === 'batch' ? targetOfBatch(row.batch) : targetOfJob(row.job);
}

/** Asks first only when something runs: what waits comes back with one click on retry. */
export async function cancel(target: Target): Promise<void> {
  const running = target.tasks.RUNNING;
  if (running > 0) {
    const isSure = await confirm({
      title: `Cancel ${target.name}?`,
      text: `${countInWords(running, 'task is', 'tasks are')} running and will be stopped; what ${running === 1 ? 'it has' : 'they have'} done so far may be lost. Completed tasks keep their results.`,
      yes: `Cancel the ${target.kind}`,
      no: 'Keep running',
    });
    if (!isSure) return;
  }
  const { wish, done } = simpleActions.cancel;
  const changed = await requestOrTell(wish(target.name), 'batch.cancel', { what: target.id, why: null });
  if (changed !== null) tellDone(done(target.name, true), countInWords(changed.tasks, 'task'));
}

export async function retry(target: Target): Promise<void> {
  const { wish, done } = simpleActions.retry;
  const changed = await requestOrTell(wish(target.name), 'batch.retry', { what: target.id, why: null });
  if (changed !== null)
    tellDone(done(target.name, true), `${countInWords(changed.tasks, 'task')} will run again`);
}

export function openRow(row: QueueRow): void {
  if (row.kind === 'step') navigate({ page: 'job', job: row.job.id, step: row.index });
  else
    navigate(
      row.kind === 'batch' ? { page: 'batch', batch: row.batch.id } : { page: 'job', job: row.job.id },
    );
}

export async function open(batch: BatchId, what: 'output' | 'report'): Promise<void> {
  try {
    await bridge.openResult(batch, what);
  } catch (error) {
    tellRefusal(what === 'output' ? 'open the results folder' : 'open the report', {
      message: error instanceof Error ? error.message : String(error),
    });
  }
}
