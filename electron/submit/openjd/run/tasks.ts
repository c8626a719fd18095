import type { ParameterSpace } from '../model';
import { AdaptiveChunks } from './adaptive-chunks';
import type { Task, TaskSource } from './task-source';

export function allTasks(space: ParameterSpace): TaskSource {
  return AdaptiveChunks.of(space) ?? inOrder(space);
}

function inOrder(space: ParameterSpace): TaskSource {
  let index = 0n;
  return {
    next: () => (index < space.taskCount ? space.taskParametersAt(index++) : null),
    took: () => undefined,
  };
}

export function theseTasks(tasks: readonly Task[]): TaskSource {
  let index = 0;
  return { next: () => tasks[index++] ?? null, took: () => undefined };
}

export function firstTasks(source: TaskSource, most: number): TaskSource {
  let left = most;
  return { next: () => (left-- > 0 ? source.next() : null), took: (seconds) => source.took(seconds) };
}
