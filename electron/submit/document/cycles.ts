/** What each name comes after, in the order of the file. */
export type Predecessors = ReadonlyMap<string, readonly string[]>;

/**
 * The circles among the dependencies, each as the names on it from one that comes first in the file
 * back to itself: `['melt', 'beauty', 'melt']` says that melt comes before beauty, and beauty before
 * melt. Circles that share a name with one already found are left out: mending that may mend them.
 */
export function findCycles(predecessors: Predecessors, most: number): readonly (readonly string[])[] {
  const position = new Map([...predecessors.keys()].map((name, index) => [name, index]));
  const cycles: (readonly string[])[] = [];
  let left = new Map(predecessors);
  while (cycles.length < most) {
    left = withoutFree(left);
    const [start] = left.keys();
    if (start === undefined) break;
    const cycle = walkBack(left, start);
    for (const name of cycle) left.delete(name);
    cycles.push(fromFirst(cycle, position));
  }
  return cycles;
}

/** Takes away, again and again, what comes after nothing. All that stays has a predecessor that stays. */
function withoutFree(predecessors: Predecessors): Map<string, readonly string[]> {
  const waits = new Map<string, number>();
  const successors = new Map<string, string[]>();
  for (const [name, before] of predecessors) {
    const known = before.filter((other) => predecessors.has(other));
    waits.set(name, known.length);
    for (const other of known) {
      const list = successors.get(other);
      if (list === undefined) successors.set(other, [name]);
      else list.push(name);
    }
  }
  const left = new Map(predecessors);
  const free = [...waits].filter(([, count]) => count === 0).map(([name]) => name);
  for (let name = free.pop(); name !== undefined; name = free.pop()) {
    left.delete(name);
    for (const next of successors.get(name) ?? []) {
      const count = (waits.get(next) ?? 0) - 1;
      waits.set(next, count);
      if (count === 0) free.push(next);
    }
  }
  return left;
}

/** From predecessor to predecessor until a name comes again; turned round, so that it reads forward. */
function walkBack(left: Predecessors, start: string): string[] {
  const steps = new Map<string, number>();
  const walked: string[] = [];
  for (let name: string | undefined = start; name !== undefined;) {
    const again = steps.get(name);
    if (again !== undefined) return walked.slice(again).toReversed();
    steps.set(name, walked.length);
    walked.push(name);
    name = left.get(name)?.find((other) => left.has(other));
  }
  return walked;
}

function fromFirst(cycle: readonly string[], position: ReadonlyMap<string, number>): readonly string[] {
  let first = 0;
  for (const [index, name] of cycle.entries()) {
    if ((position.get(name) ?? 0) < (position.get(cycle[first] ?? '') ?? 0)) first = index;
  }
  return [...cycle.slice(first), ...cycle.slice(0, first), ...cycle.slice(first, first + 1)];
}
