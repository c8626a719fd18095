/** Copies of jobs, with the edges between them. */
import { freeName, renamed } from './sketch';
import type { Sketch, SketchEdge, SketchJob } from './sketch';

export interface Clip {
  readonly jobs: readonly SketchJob[];
  readonly edges: readonly SketchEdge[];
}

export function copied({ jobs, edges }: Sketch, ids: ReadonlySet<string>): Clip {
  return {
    jobs: jobs.filter(({ id }) => ids.has(id)),
    edges: edges.filter(({ from, to }) => ids.has(from) && ids.has(to)),
  };
}

/** With names of their own; folders that are called after them go along, others are shared with what was copied. */
export function pasted(
  sketch: Sketch,
  clip: Clip,
  by: { readonly x: number; readonly y: number },
): { readonly sketch: Sketch; readonly ids: ReadonlySet<string> } {
  let copies: Sketch = { ...sketch, jobs: clip.jobs, edges: [] };
  const taken = [...sketch.jobs];
  for (const job of clip.jobs) {
    const name = freeName({ jobs: taken }, job.name);
    taken.push({ ...job, name });
    copies = renamed(copies, job.id, name);
  }
  let { nextId } = sketch;
  const ids = new Map(clip.jobs.map(({ id }) => [id, `j${nextId++}`]));
  const jobs = copies.jobs.map((job) => ({
    ...job,
    id: ids.get(job.id) ?? job.id,
    x: job.x + by.x,
    y: job.y + by.y,
  }));
  const edges = clip.edges.flatMap((edge) => {
    const [from, to] = [ids.get(edge.from), ids.get(edge.to)];
    return from === undefined || to === undefined ? [] : [{ ...edge, id: `e${nextId++}`, from, to }];
  });
  return {
    sketch: { ...sketch, jobs: [...sketch.jobs, ...jobs], edges: [...sketch.edges, ...edges], nextId },
    ids: new Set(jobs.map(({ id }) => id)),
  };
}
