/** A pipeline as it is being put together: its jobs have places, and names that may change. */
import { allToAll } from '../../../shared/model/dependency';
import type { Relation, UpstreamFailure } from '../../../shared/model/dependency';
import type { JobKind, Priority } from '../../../shared/model/states';

export interface SketchJob {
  readonly id: string;
  readonly name: string;
  /** One that is shipped: a person's own are values for such. */
  readonly preset: string;
  readonly title: string;
  readonly kind: JobKind;
  /** Those that differ from the default, as they are typed. */
  readonly values: Readonly<Record<string, string>>;
  readonly x: number;
  readonly y: number;
}

export interface SketchEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly relation: Relation;
  readonly onFailure: UpstreamFailure;
}

export interface Sketch {
  readonly name: string;
  readonly tenant: string | null;
  readonly priority: Priority | null;
  readonly deadline: number | null;
  readonly jobs: readonly SketchJob[];
  readonly edges: readonly SketchEdge[];
  /** Absolute: what relative paths are relative to; empty: not known before there is a job. */
  readonly folder: string;
  readonly nextId: number;
}

export const emptySketch: Sketch = {
  ...{ name: '', tenant: null, priority: null, deadline: null },
  ...{ jobs: [], edges: [], folder: '', nextId: 1 },
};

export const isEmptySketch = ({ jobs, name }: Sketch): boolean => jobs.length === 0 && name.trim() === '';

export type NewJob = Pick<SketchJob, 'preset' | 'title' | 'kind' | 'values' | 'x' | 'y'> & {
  /** What it is called, if that is free. */
  readonly wanted: string;
  /** The parameter of its folder of results; it has a folder of its own, so that results do not mix. Null: it has none. */
  readonly output: string | null;
};

export function withJob(sketch: Sketch, { wanted, output, ...job }: NewJob): Sketch {
  const id = `j${sketch.nextId}`;
  const name = freeName(sketch, wanted);
  const values = output === null ? job.values : { ...job.values, [output]: ownFolder(name) };
  return { ...sketch, jobs: [...sketch.jobs, { ...job, id, name, values }], nextId: sketch.nextId + 1 };
}

const ownFolder = (name: string): string => `{{Output}}/${name}`;

export const nameForm = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,63}$/u;

/** What is wrong with a name; null: nothing is. */
export function nameProblem({ jobs }: Sketch, id: string, name: string): string | null {
  if (!nameForm.test(name)) return 'Letters, digits and _ . - only, 64 at most.';
  return jobs.some((job) => job.id !== id && job.name === name) ? 'Another job has this name.' : null;
}

export function freeName({ jobs }: Pick<Sketch, 'jobs'>, wanted: string): string {
  const plain = wanted
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_.-]+/gu, '-')
    .replaceAll(/^[.-]+|[.-]+$/g, '')
    .slice(0, 50);
  const base = plain === '' ? 'job' : plain;
  const stem = base.replace(/-\d+$/, '');
  const taken = new Set(jobs.map(({ name }) => name));
  let free = base;
  for (let number = 2; taken.has(free); number++) free = `${stem}-${number}`;
  return free;
}

export function withoutJobs(sketch: Sketch, ids: ReadonlySet<string>): Sketch {
  return {
    ...sketch,
    jobs: sketch.jobs.filter(({ id }) => !ids.has(id)),
    edges: sketch.edges.filter(({ from, to }) => !ids.has(from) && !ids.has(to)),
  };
}

export const withoutEdges = (sketch: Sketch, ids: ReadonlySet<string>): Sketch => ({
  ...sketch,
  edges: sketch.edges.filter(({ id }) => !ids.has(id)),
});

export const changedJob = (sketch: Sketch, id: string, change: (job: SketchJob) => SketchJob): Sketch => ({
  ...sketch,
  jobs: sketch.jobs.map((job) => (job.id === id ? change(job) : job)),
});

/** The folder of its results is called as before only where nobody has said otherwise: wherever it is named, it goes along. */
export function renamed(sketch: Sketch, id: string, name: string): Sketch {
  const before = sketch.jobs.find((job) => job.id === id)?.name;
  if (before === undefined || before === name) return sketch;
  return {
    ...sketch,
    jobs: sketch.jobs.map((job) => ({
      ...job,
      name: job.id === id ? name : job.name,
      values: Object.fromEntries(
        Object.entries(job.values).map(([key, value]) => [
          key,
          withFolder(value, ownFolder(before), ownFolder(name)),
        ]),
      ),
    })),
  };
}

/** Only whole names of folders: `{{Output}}/film` is not in `{{Output}}/film-2`. */
function withFolder(text: string, before: string, after: string): string {
  const parts = text.split(before);
  return parts.reduce((whole, part) => {
    const isWhole = !/^[\p{L}\p{N}_.-]/u.test(part);
    return `${whole}${isWhole ? after : before}${part}`;
  });
}

export const moved = (
  sketch: Sketch,
  places: ReadonlyMap<string, { readonly x: number; readonly y: number }>,
): Sketch => ({
  ...sketch,
  jobs: sketch.jobs.map((job) => {
    const place = places.get(job.id);
    return place === undefined ? job : { ...job, x: Math.round(place.x), y: Math.round(place.y) };
  }),
});

export const edgeBetween = ({ edges }: Sketch, from: string, to: string): SketchEdge | null =>
  edges.find((edge) => edge.from === from && edge.to === to) ?? null;

/** With the usual rule. Whoever calls has looked whether it closes a loop. */
export function withEdge(sketch: Sketch, from: string, to: string): Sketch {
  if (edgeBetween(sketch, from, to) !== null) return sketch;
  const edge: SketchEdge = {
    ...{ id: `e${sketch.nextId}`, from, to },
    relation: { type: 'SEQUENTIAL', mapping: allToAll },
    onFailure: 'hold',
  };
  return { ...sketch, edges: [...sketch.edges, edge], nextId: sketch.nextId + 1 };
}

export const changedEdge = (
  sketch: Sketch,
  id: string,
  change: (edge: SketchEdge) => SketchEdge,
): Sketch => ({ ...sketch, edges: sketch.edges.map((edge) => (edge.id === id ? change(edge) : edge)) });

/** The jobs on the way around that an edge would close, from its beginning to its beginning; null: it closes none. */
export function loopThrough(
  edges: readonly Pick<SketchEdge, 'from' | 'to'>[],
  from: string,
  to: string,
): readonly string[] | null {
  const cameFrom = new Map<string, string | null>([[to, null]]);
  const open = [to];
  for (const at of open) {
    if (at === from) {
      const way = [from];
      for (let back = cameFrom.get(at) ?? null; back !== null; back = cameFrom.get(back) ?? null)
        way.unshift(back);
      return [from, ...way];
    }
    for (const edge of edges) {
      if (edge.from !== at || cameFrom.has(edge.to)) continue;
      cameFrom.set(edge.to, at);
      open.push(edge.to);
    }
  }
  return null;
}

/** Whatever comes before a job, the nearest first. */
export function earlierJobs({ jobs, edges }: Sketch, id: string): readonly SketchJob[] {
  const found = [id];
  for (const at of found)
    for (const { from, to } of edges) if (to === at && !found.includes(from)) found.push(from);
  return found.slice(1).flatMap((one) => jobs.find((job) => job.id === one) ?? []);
}
