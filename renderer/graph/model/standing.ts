/** What a node of several jobs, or an edge of several, is like as a whole. */
import type { GraphJob } from '../../../shared/ipc/graph';
import { noTasks, taskStates, totalOf } from '../../../shared/model/states';
import type { DependencyState, JobState, TaskCounts } from '../../../shared/model/states';

export interface Standing {
  readonly state: JobState;
  readonly tasks: TaskCounts;
  readonly progress: number;
}

/** What needs a person comes first, then what moves. */
const loudest: readonly JobState[] = [
  'FAILED',
  'RUNNING',
  'PAUSED',
  'QUEUED',
  'PENDING',
  'CANCELLED',
  'COMPLETED',
];

export function standingOf(jobs: readonly GraphJob[]): Standing {
  const states = new Set(jobs.map(({ state }) => state));
  const tasks: Record<keyof TaskCounts, number> = { ...noTasks };
  let done = 0;
  let all = 0;
  for (const job of jobs) {
    for (const state of taskStates) tasks[state] += job.tasks[state];
    const count = totalOf(job.tasks);
    all += count;
    done += job.progress * count;
  }
  return {
    state: loudest.find((state) => states.has(state)) ?? 'PENDING',
    tasks,
    progress: all === 0 ? 1 : done / all,
  };
}

const gravest: readonly DependencyState[] = ['FAILED', 'PENDING', 'BYPASSED', 'SATISFIED'];

export function edgesState(states: Iterable<DependencyState>): DependencyState {
  const found = new Set(states);
  return gravest.find((state) => found.has(state)) ?? 'PENDING';
}

export const edgeStateWords: Readonly<Record<DependencyState, string>> = {
  PENDING: 'waiting',
  SATISFIED: 'satisfied',
  FAILED: 'failed',
  BYPASSED: 'bypassed',
};
