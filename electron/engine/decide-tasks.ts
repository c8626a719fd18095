import { areTaskRanges, eachTask } from '../../shared/model/task-ranges';
import type { Refusal } from '../../shared/ipc/errors';
import type { CommandOf } from './commands';
import { codes, countOf } from './counts';
import { jobState } from './derived';
import type { FactOf } from './facts';
import { couldGoElsewhere } from './resources/avoids';
import type { FarmState, StepRecord } from './state';

type TaskCommand = CommandOf<'cancelTasks' | 'retryTasks' | 'skipTasks'>;

/** Whether some tasks of a step can be cancelled, retried or skipped, and what that means. */
export function decideTasks(
  state: FarmState,
  command: TaskCommand,
  at: number,
): FactOf<'tasksCancelled' | 'tasksRetried' | 'tasksSkipped'> | Refusal {
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
  if (step.job.cancelled && (kind === 'cancelTasks' || countOf(step.job.counts, 'RUNNING') > 0))
    return {
      code: 'conflict',
      message: `Job ${job} is ${jobState(step.job)}${kind === 'cancelTasks' ? ' already' : `, and its tasks are being stopped: ${verbs[kind]} them when they have ended`}.`,
    };
  const elsewhere = command.kind === 'retryTasks' && command.elsewhere === true;
  const meant = elsewhere ? endedOrRunning : meantBy[kind];
  let count = 0;
  const nodes = new Set<number>();
  eachTask(tasks, (task) => {
    if (!meant.has(step.states[task] ?? -1)) return;
    count++;
    nodes.add((step.nodes[task] ?? 0) - 1);
  });
  if (count === 0)
    return {
      code: 'conflict',
      message: `None of these tasks of ${job} ${elsewhere ? 'runs, ' : ''}${whichOnes[kind]}: there is nothing to ${verbs[kind]}.`,
    };
  if (elsewhere) {
    const refusal = problemWithElsewhere(state, step, nodes, count);
    if (refusal !== null) return refusal;
  }
  const fact = { at, by, why, job, step: index, tasks, count };
  switch (kind) {
    case 'cancelTasks':
      return { kind: 'tasksCancelled', ...fact };
    case 'skipTasks':
      return { kind: 'tasksSkipped', ...fact };
    case 'retryTasks':
      return elsewhere ? { kind: 'tasksRetried', ...fact, elsewhere } : { kind: 'tasksRetried', ...fact };
  }
}

/** What each of them keeps off is remembered for each. */
const mostElsewhere = 10_000;

function problemWithElsewhere(
  state: FarmState,
  { requestClass, job }: StepRecord,
  nodes: ReadonlySet<number>,
  count: number,
): Refusal | null {
  if (count > mostElsewhere)
    return {
      code: 'refused',
      message: `At most ${mostElsewhere} tasks can be sent elsewhere at once, and these are ${count}. Choose fewer, or set the node aside.`,
    };
  const stuck = [...nodes].map((index) => state.nodeList[index]);
  if (stuck.some((node) => node === undefined || couldGoElsewhere(state, requestClass, node.id))) return null;
  const names = stuck.flatMap((node) => node?.name ?? []).join(', ');
  return {
    code: 'conflict',
    message: `No other node than ${names} could take these tasks of ${job.id} now. Add one, or retry them as they are.`,
  };
}

const ended = [codes.FAILED, codes.CANCELLED];
const endedOrRunning: ReadonlySet<number> = new Set([...ended, codes.RUNNING]);
const meantBy: Readonly<Record<TaskCommand['kind'], ReadonlySet<number>>> = {
  cancelTasks: new Set([codes.PENDING, codes.QUEUED, codes.RUNNING]),
  retryTasks: new Set(ended),
  skipTasks: new Set([codes.PENDING, codes.QUEUED, ...ended]),
};
const whichOnes: Readonly<Record<TaskCommand['kind'], string>> = {
  cancelTasks: 'waits or runs',
  retryTasks: 'has failed or was cancelled',
  skipTasks: 'waits, has failed or was cancelled',
};
const verbs = { cancelTasks: 'cancel', retryTasks: 'retry', skipTasks: 'skip' } as const;
