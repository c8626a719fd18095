/** What people do with some of the tasks of a step. */
import { eachTask } from '../../../shared/model/task-ranges';
import { codes } from '../counts';
import type { FactOf } from '../facts';
import { noFailures, type FarmState, type StepRecord } from '../state';
import type { TaskMoves } from './tasks';

/** Those that run are stopped by facts of their own, and are cancelled when they have ended. */
export function cancelTasks(
  state: FarmState,
  moves: TaskMoves,
  step: StepRecord,
  { tasks }: FactOf<'tasksCancelled'>,
): void {
  moves.together(() =>
    eachTask(tasks, (task) => {
      const code = step.states[task];
      if (code !== codes.PENDING && code !== codes.QUEUED) return;
      if (step.waits.delete(task) && step.waits.size === 0) state.waiting.delete(step);
      moves.move(step, task, codes.CANCELLED);
    }),
  );
  moves.touch(step.job);
}

export function retryTasks(moves: TaskMoves, step: StepRecord, { tasks }: FactOf<'tasksRetried'>): void {
  const { job } = step;
  job.cancelled = false;
  job.endedAt = null;
  job.batch.ended = null;
  job.failedOn = noFailures;
  eachTask(tasks, (task) => {
    const code = step.states[task];
    if (code !== codes.FAILED && code !== codes.CANCELLED) return;
    step.trouble.delete(task);
    moves.move(step, task, codes.PENDING);
  });
  eachTask(tasks, (task) => moves.recheck(step, task));
  moves.begunAnew(step);
  moves.reorder(job);
}
