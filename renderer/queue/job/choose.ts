import { taskStates } from '../../../shared/model/states';
import type { TaskState } from '../../../shared/model/states';

const codeOf = (state: TaskState): number => taskStates.indexOf(state);

/** The task that a person most likely wants to see: one that runs, else one that failed, else the first. */
export function firstToSee(states: Uint8Array): number {
  const running = states.indexOf(codeOf('RUNNING'));
  if (running >= 0) return running;
  return Math.max(0, states.indexOf(codeOf('FAILED')));
}

/** The tasks in a state, in order. */
export function tasksInState(states: Uint8Array, state: TaskState): Uint32Array {
  const code = codeOf(state);
  const found: number[] = [];
  for (let task = states.indexOf(code); task >= 0; task = states.indexOf(code, task + 1)) found.push(task);
  return Uint32Array.from(found);
}
