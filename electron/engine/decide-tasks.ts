import { areTaskRanges, eachTask } from '../../shared/model/task-ranges';
import type { Refusal } from '../../shared/ipc/errors';
import type { CommandOf } from './commands';
import { codes, countOf } from './counts';
import { jobState } from './derived';
import type { FactOf } from './facts';
import type { FarmState } from './state';

/** Whether some tasks of a step can be cancelled or retried, and what that means. */
export function decideTasks(
  state: FarmState,
  command: CommandOf<'cancelTasks' | 'retryTasks'>,
  at: number,
): FactOf<'tasksCancelled' | 'tasksRetried'> | Refusal {
  const { kind, by, why = null, job, step: index, tasks } = command;
  const step = state.jobs.get(job)?.steps[index];
  if (step === undefined)
    return {
      code: 'notFound',
      message: `There is no step ${index} of job ${job}. The queue lists those there are.`,
    };
  if (!areTaskRanges(tasks, step.count))
    return {
      code: 'refused',
      message: `The tasks that are named are not all tasks of ${job}, each once and in order.`,
    };
  const isToBeRetried = kind === 'retryTasks';
  if (step.job.cancelled && (!isToBeRetried || countOf(step.job.counts, 'RUNNING') > 0))
    return {
      code: 'conflict',
      message: `Job ${job} is ${jobState(step.job)}${isToBeRetried ? ', and its tasks are being stopped: retry them when they have ended' : ' already'}.`,
    };
  const meant = isToBeRetried ? ended : open;
  let count = 0;
  eachTask(tasks, (task) => {
    if (meant.has(step.states[task] ?? -1)) count++;
  });
  if (count === 0)
    return {
      code: 'conflict',
      message: isToBeRetried
        ? `None of these tasks of ${job} has failed or was cancelled: there is nothing to retry.`
        : `None of these tasks of ${job} waits or runs: there is nothing to cancel.`,
    };
  const fact = { at, by, why, job, step: index, tasks, count };
  return isToBeRetried ? { kind: 'tasksRetried', ...fact } : { kind: 'tasksCancelled', ...fact };
}

const open: ReadonlySet<number> = new Set([codes.PENDING, codes.QUEUED, codes.RUNNING]);
const ended: ReadonlySet<number> = new Set([codes.FAILED, codes.CANCELLED]);
