/** Who waits for whom, jobs and steps together, and where that goes round in a circle. */
import type { StepReference } from '../../../shared/model/batch';
import type { Dependency } from '../../../shared/model/dependency';
import { findCycles } from '../document/cycles';
import type { Path } from '../document/document';

export interface PlacedEdge {
  readonly dependency: Dependency;
  readonly from: StepReference;
  readonly to: StepReference;
  /** Where the recipe says so. */
  readonly place: Path;
}

export interface Circle {
  readonly at: Path;
  readonly message: string;
}

/*
 * A job is waited for as a whole and waits as a whole, so it is two points: `melt` before all of its
 * steps, and `melt/` after them. A step is one: `melt/bake`. No name holds a slash.
 */
const before = ({ job, step }: StepReference): string => (step === null ? job : `${job}/${step}`);
const behind = ({ job, step }: StepReference): string => `${job}/${step ?? ''}`;

export function waitingCircles(
  jobs: ReadonlyMap<string, readonly string[]>,
  edges: readonly PlacedEdge[],
  most: number,
): readonly Circle[] {
  const predecessors = new Map<string, string[]>();
  for (const [job, steps] of jobs) {
    predecessors.set(job, []);
    for (const step of steps) predecessors.set(`${job}/${step}`, [job]);
    predecessors.set(`${job}/`, steps.length === 0 ? [job] : steps.map((step) => `${job}/${step}`));
  }
  const places = new Map<string, Path>();
  for (const { from, to, place } of edges) {
    predecessors.get(before(to))?.push(behind(from));
    const key = `${behind(from)} ${before(to)}`;
    if (!places.has(key)) places.set(key, place);
  }
  return findCycles(predecessors, most).map((cycle) => {
    // It starts at what the file has first, which a circle can only enter by an edge.
    const [first = ''] = cycle;
    const names = shown(cycle.slice(0, -1));
    const own = jobOf(names[0] ?? '');
    const stepsOfOne = names.every((name) => name.startsWith(`${own}/`));
    const kind = stepsOfOne ? 'steps' : names.some((name) => name.includes('/')) ? 'jobs and steps' : 'jobs';
    const words = stepsOfOne ? names.map((name) => name.slice(own.length + 1)) : names;
    return {
      at: places.get(`${cycle.at(-2) ?? ''} ${first}`) ?? [],
      message: `these ${kind} wait for each other, so none could start: ${arrows([...words, ...words.slice(0, 1)])}`,
    };
  });
}

const jobOf = (name: string): string => name.split('/', 1)[0] ?? '';

/** Without the ends of jobs, and without the steps that are only passed on the way through a whole job. */
function shown(circle: readonly string[]): readonly string[] {
  return circle.filter((name, index) => {
    const job = jobOf(name);
    if (name === job) return true;
    const isPassed = circle.at(index - 1) === job && circle[(index + 1) % circle.length] === `${job}/`;
    return name !== `${job}/` && !isPassed;
  });
}

function arrows(circle: readonly string[]): string {
  const rest = circle.length - 40;
  const shown = rest > 1 ? [...circle.slice(0, 30), `(${rest} more)`, ...circle.slice(-10)] : circle;
  return shown.join(' -> ');
}
