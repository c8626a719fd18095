import { taskStates, type TaskState } from '../../../../shared/model/states';
import { eachTask, filterTasks, type TaskRanges } from '../../../../shared/model/task-ranges';

/** Of some tasks: how many there are, wait or run, wait, run, and failed or were cancelled. */
export interface Selected {
  readonly all: number;
  readonly open: number;
  readonly waiting: number;
  readonly running: number;
  readonly ended: number;
}

const codesOf = (...states: readonly TaskState[]): readonly boolean[] =>
  taskStates.map((state) => states.includes(state));
const open = codesOf('PENDING', 'QUEUED', 'RUNNING');
const waiting = codesOf('PENDING', 'QUEUED');
const running = codesOf('RUNNING');
const ended = codesOf('FAILED', 'CANCELLED');

export function selected(states: Uint8Array, tasks: TaskRanges): Selected {
  const counts = { all: 0, open: 0, waiting: 0, running: 0, ended: 0 };
  eachTask(tasks, (task) => {
    const code = states[task] ?? 0;
    counts.all++;
    if (open[code] === true) counts.open++;
    if (waiting[code] === true) counts.waiting++;
    if (running[code] === true) counts.running++;
    if (ended[code] === true) counts.ended++;
  });
  return counts;
}

/** Those that do nothing yet: cancelled, they are as they were when they are retried. */
export function waitingOf(states: Uint8Array, tasks: TaskRanges): TaskRanges {
  return filterTasks(tasks, (task) => waiting[states[task] ?? 0] === true);
}
