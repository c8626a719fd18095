import { useCallback, useMemo } from 'react';
import { shortTaskLabel, taskLabel, type Space } from '../../../shared/model/space';
import { numberInWords } from '../../ui/words';

/** Cells are large enough for a name only when there are few of them. */
const fewTasks = 1000;

export interface TaskLabels {
  labelOf(this: void, task: number): string;
  /** For the cells themselves: `12` of `frame 12`; nothing where the values do not fit. */
  readonly shortLabels: readonly string[] | null;
}

/** How people name the tasks of a step. */
export function useTaskLabels(space: Space | null, count: number): TaskLabels {
  const labelOf = useCallback(
    (task: number): string =>
      (space === null ? '' : taskLabel(space, task)) || `task ${numberInWords(task + 1)}`,
    [space],
  );
  const shortLabels = useMemo(() => {
    if (space === null || count > fewTasks || space.kind === 'single') return null;
    return Array.from({ length: count }, (_, task) => shortTaskLabel(space, task));
  }, [space, count]);
  return { labelOf, shortLabels };
}
