import { taskStates, type TaskCounts, type TaskState } from '../../shared/model/states';

/** How many tasks are in each state, by the state's code. */
export type Counts = Int32Array;

export const codes: Readonly<Record<TaskState, number>> = {
  PENDING: 0,
  QUEUED: 1,
  RUNNING: 2,
  COMPLETED: 3,
  FAILED: 4,
  CANCELLED: 5,
};

export function newCounts(pending: number): Counts {
  const counts = new Int32Array(taskStates.length);
  counts[codes.PENDING] = pending;
  return counts;
}

export function countOf(counts: Counts, state: TaskState): number {
  return counts[codes[state]] ?? 0;
}

export function addTo(counts: Counts, code: number, difference: number): void {
  counts[code] = (counts[code] ?? 0) + difference;
}

export function totalOf(counts: Counts): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

export function countsAsRecord(counts: Counts): TaskCounts {
  const [PENDING = 0, QUEUED = 0, RUNNING = 0, COMPLETED = 0, FAILED = 0, CANCELLED = 0] = counts;
  return { PENDING, QUEUED, RUNNING, COMPLETED, FAILED, CANCELLED };
}
