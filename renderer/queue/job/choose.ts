import { taskStates } from '../../../shared/model/states';
import type { TaskState } from '../../../shared/model/states';

const codeOf = (state: TaskState): number => taskStates.indexOf(state);

/** The task that a person most likely wants to see: one that runs, else one that failed, else the first. */
export function firstToSee(states: Uint8Array): number {
  const running = states.indexOf(codeOf('RUNNING'));
  if (running >= 0) return running;
  return Math.max(0, states.indexOf(codeOf('FAILED')));
}

/** The tasks in some states, in order. */
export function tasksInStates(states: Uint8Array, wanted: ReadonlySet<TaskState>): Uint32Array {
  const isWanted = taskStates.map((state) => wanted.has(state));
  const found: number[] = [];
  states.forEach((code, task) => {
    if (isWanted[code] === true) found.push(task);
  });
  return Uint32Array.from(found);
}

/** The task itself where it is in one of the states, else the first that is; null: none is. */
export function firstIn(states: Uint8Array, wanted: ReadonlySet<TaskState>, task: number): number | null {
  const isWanted = taskStates.map((state) => wanted.has(state));
  if (isWanted[states[task] ?? 0] === true) return task;
  const first = states.findIndex((code) => isWanted[code] === true);
  return first < 0 ? null : first;
}
