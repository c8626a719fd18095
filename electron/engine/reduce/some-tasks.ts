/** What people do with some of the tasks of a step. */
import { eachTask } from '../../../shared/model/task-ranges';
import { codes } from '../counts';
import { finalState } from '../derived';
import type { FactOf } from '../facts';
import { noFailures, type FarmState, type StepRecord } from '../state';
import { keepOff } from './edges';
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

/** They count as completed; what failed because of them stays failed until it is retried. */
export function skipTasks(
  state: FarmState,
  moves: TaskMoves,
  step: StepRecord,
  { tasks }: FactOf<'tasksSkipped'>,
): void {
  const { batch } = step.job;
  const ended: number[] = [];
  const waiting: number[] = [];
  eachTask(tasks, (task) => {
    const code = step.states[task];
    if (code === codes.RUNNING || code === codes.COMPLETED) return;
    if (step.waits.delete(task) && step.waits.size === 0) state.waiting.delete(step);
    (code === codes.FAILED || code === codes.CANCELLED ? ended : waiting).push(task);
  });
  // First what had failed: when nothing is left of that, the end of the others lets nothing fail.
  moves.mend(step, ended);
  moves.together(() => {
    for (const task of waiting) moves.move(step, task, codes.COMPLETED);
  });
  for (const task of [...ended, ...waiting]) step.trouble.delete(task);
  if (batch.ended !== null && batch.ended.state !== finalState(batch)) batch.ended = null;
}

/** Those that run and are sent elsewhere are stopped by facts of their own. */
export function retryTasks(
  state: FarmState,
  moves: TaskMoves,
  step: StepRecord,
  { tasks, elsewhere }: FactOf<'tasksRetried'>,
): void {
  const { job } = step;
  job.cancelled = false;
  job.endedAt = null;
  job.batch.ended = null;
  job.failedOn = noFailures;
  eachTask(tasks, (task) => {
    const code = step.states[task];
    const isRunning = elsewhere === true && code === codes.RUNNING;
    if (code !== codes.FAILED && code !== codes.CANCELLED && !isRunning) return;
    const last = state.nodeList[(step.nodes[task] ?? 0) - 1];
    if (elsewhere === true) keepOff(state, step, task, last?.id ?? null);
    else if (step.larger.has(task)) keepOff(state, step, task, null);
    if (isRunning) return;
    step.trouble.delete(task);
    moves.move(step, task, codes.PENDING);
  });
  eachTask(tasks, (task) => moves.recheck(step, task));
  moves.begunAnew(step);
  moves.reorder(job);
}
