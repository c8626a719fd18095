/** The graph of a batch as the window knows it: jobs with their steps, and edges, of which some are only drafted. */
import type { EdgeRow, GraphJob } from '../../../shared/ipc/graph';
import type { EdgeEnd, NewEdge } from '../../../shared/model/edge';
import type { EdgeId, JobId } from '../../../shared/model/ids';

export type Jobs = ReadonlyMap<JobId, GraphJob>;
export type Edges = ReadonlyMap<EdgeId, EdgeRow>;

/** An edge as it stands or would stand, whoever knows of it. */
export interface GraphEdge {
  /** `e12` of the farm, `d3` of the draft. */
  readonly key: string;
  readonly spec: NewEdge;
  /** As it is in the farm; null: it is only drafted. */
  readonly row: EdgeRow | null;
  readonly change: 'none' | 'added' | 'removed';
}

export const keyOf = (id: EdgeId): string => `e${id}`;

/** A job with a single step is the same as that step. */
export function sameEnd(jobs: Jobs, { job, step }: EdgeEnd): EdgeEnd {
  return step !== null && (jobs.get(job)?.steps.length ?? 0) === 1 ? { job, step: null } : { job, step };
}

/** `melt`, or `melt / bake` where the job has several steps; of another batch with its name. */
export function endInWords(jobs: Jobs, end: EdgeEnd, batch?: string): string {
  const job = jobs.get(end.job);
  if (job === undefined) return end.job;
  const { step } = sameEnd(jobs, end);
  const name = step === null ? job.name : `${job.name} / ${job.steps[step]?.name ?? step}`;
  return batch === undefined || job.batch === batch ? name : `${job.batchName}: ${name}`;
}
