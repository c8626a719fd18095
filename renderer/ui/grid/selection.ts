/** Which tasks of a grid are selected, by mouse and by keyboard. */
import {
  filterTasks,
  hasTask,
  withoutRange,
  withRange,
  type TaskRanges,
} from '../../../shared/model/task-ranges';

export interface GridSelection {
  readonly tasks: TaskRanges;
  /** The one that is shown beside the grid, and from which the keys go on. */
  readonly focus: number;
  /** Where a range begins that Shift extends. */
  readonly anchor: number;
}

/** What a grid shows: only some tasks, in order, or all; and which of these stand out. */
export interface GridTasks {
  readonly shown: Uint32Array | null;
  /** Null: all. */
  readonly isLit: ((task: number) => boolean) | null;
}

export const only = (task: number): GridSelection => ({ tasks: [[task, task]], focus: task, anchor: task });

/** Those from one to another, in whatever order, that are shown and stand out. */
export function tasksBetween({ shown, isLit }: GridTasks, one: number, other: number): TaskRanges {
  const [first, last] = one < other ? [one, other] : [other, one];
  let between: TaskRanges = [[first, last]];
  if (shown !== null) between = runsOf(shown, first, last);
  return isLit === null ? between : filterTasks(between, isLit);
}

function runsOf(shown: Uint32Array, first: number, last: number): TaskRanges {
  const runs: [number, number][] = [];
  let run: [number, number] | null = null;
  for (const task of shown) {
    if (task < first) continue;
    if (task > last) break;
    if (run !== null && run[1] === task - 1) run[1] = task;
    else runs.push((run = [task, task]));
  }
  return runs;
}

/** A press of the mouse, and what is done with the tasks from there to where it is dragged. */
export interface Drag {
  readonly from: number;
  /** What was selected before, and stays so. */
  readonly base: TaskRanges;
  readonly removes: boolean;
}

export function beginDrag(
  selection: GridSelection,
  task: number,
  held: { readonly shift: boolean; readonly command: boolean },
): Drag {
  if (held.shift)
    return { from: selection.anchor, base: held.command ? selection.tasks : [], removes: false };
  if (!held.command) return { from: task, base: [], removes: false };
  return { from: task, base: selection.tasks, removes: hasTask(selection.tasks, task) };
}

export function dragTo(grid: GridTasks, { from, base, removes }: Drag, task: number): GridSelection {
  const between = from === task ? ([[task, task]] as const) : tasksBetween(grid, from, task);
  const change = removes ? withoutRange : withRange;
  const tasks =
    base.length === 0 && !removes
      ? between
      : between.reduce((all, [first, last]) => change(all, first, last), base);
  return { tasks, focus: task, anchor: from };
}

export function moveTo(
  grid: GridTasks,
  selection: GridSelection,
  task: number,
  extends_: boolean,
): GridSelection {
  if (!extends_) return only(task);
  const { anchor } = selection;
  return { tasks: tasksBetween(grid, anchor, task), focus: task, anchor };
}

export function toggle(selection: GridSelection, task: number): GridSelection {
  const change = hasTask(selection.tasks, task) ? withoutRange : withRange;
  return { tasks: change(selection.tasks, task, task), focus: task, anchor: task };
}

export function everything(grid: GridTasks, selection: GridSelection, count: number): GridSelection {
  return count === 0 ? selection : { ...selection, tasks: tasksBetween(grid, 0, count - 1) };
}
