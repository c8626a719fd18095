/** Some of the tasks of a step: the first and the last of each run of them, in order, none twice. */
export type TaskRanges = readonly (readonly [first: number, last: number])[];

export function areTaskRanges(ranges: TaskRanges, count: number): boolean {
  let before = -1;
  for (const [first, last] of ranges) {
    if (!Number.isInteger(first) || !Number.isInteger(last)) return false;
    if (first <= before || last < first || last >= count) return false;
    before = last;
  }
  return true;
}

export function countOfTasks(ranges: TaskRanges): number {
  return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

export function eachTask(ranges: TaskRanges, call: (task: number) => void): void {
  for (const [first, last] of ranges) for (let task = first; task <= last; task++) call(task);
}

export function hasTask(ranges: TaskRanges, task: number): boolean {
  return rangeAt(ranges, task) !== null;
}

/** The run that a task is in; null: it is in none. */
export function rangeAt(ranges: TaskRanges, task: number): readonly [number, number] | null {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle];
    if (range === undefined) return null;
    if (range[1] < task) low = middle + 1;
    else if (range[0] > task) high = middle - 1;
    else return range;
  }
  return null;
}

/** Both together. */
export function withRange(ranges: TaskRanges, first: number, last: number): TaskRanges {
  const joined: [number, number] = [first, last];
  const before: (readonly [number, number])[] = [];
  const after: (readonly [number, number])[] = [];
  for (const range of ranges) {
    if (range[1] < first - 1) before.push(range);
    else if (range[0] > last + 1) after.push(range);
    else {
      joined[0] = Math.min(joined[0], range[0]);
      joined[1] = Math.max(joined[1], range[1]);
    }
  }
  return [...before, joined, ...after];
}

export function withoutRange(ranges: TaskRanges, first: number, last: number): TaskRanges {
  return ranges.flatMap((range) => {
    if (range[1] < first || range[0] > last) return [range];
    const rest: (readonly [number, number])[] = [];
    if (range[0] < first) rest.push([range[0], first - 1]);
    if (range[1] > last) rest.push([last + 1, range[1]]);
    return rest;
  });
}

/** Those of them that are wanted. */
export function filterTasks(ranges: TaskRanges, isWanted: (task: number) => boolean): TaskRanges {
  const found: [number, number][] = [];
  let open: [number, number] | null = null;
  eachTask(ranges, (task) => {
    if (!isWanted(task)) return;
    if (open !== null && open[1] === task - 1) open[1] = task;
    else {
      open = [task, task];
      found.push(open);
    }
  });
  return found;
}
