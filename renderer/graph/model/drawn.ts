/** What is drawn of a graph: which nodes, and which edges between them. */
import type { GraphJob } from '../../../shared/ipc/graph';
import type { EdgeEnd } from '../../../shared/model/edge';
import type { JobId } from '../../../shared/model/ids';
import { alikeJobs } from './alike';
import { sameEnd } from './graph';
import type { GraphEdge, Jobs } from './graph';

export type DrawnNode =
  | { readonly kind: 'job'; readonly id: string; readonly job: JobId; readonly parent: null }
  /** A job of which the steps are drawn in it. */
  | { readonly kind: 'open'; readonly id: string; readonly job: JobId; readonly parent: null }
  | {
      readonly kind: 'step';
      readonly id: string;
      readonly job: JobId;
      readonly step: number;
      readonly parent: string;
    }
  /** Jobs that stand in the same place. */
  | { readonly kind: 'stack'; readonly id: string; readonly jobs: readonly JobId[]; readonly parent: null };

export interface DrawnEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** One, or all those between the same two nodes. */
  readonly edges: readonly GraphEdge[];
}

export interface Drawn {
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  /** Edges that come from no work, by the node that they hold: the clock, and locks. */
  readonly conditions: ReadonlyMap<string, readonly GraphEdge[]>;
  nodeOf(end: EdgeEnd): string;
}

export interface Folding {
  /** Jobs of which the steps are shown. */
  readonly openJobs: ReadonlySet<JobId>;
  /** Whether small jobs that stand in the same place are drawn as one, and of which that is not so. */
  readonly stacks: boolean;
  readonly openStacks: ReadonlySet<string>;
}

/** Stacks are made of the edges of the farm, so that a draft does not tear them apart while it is made. */
export function stacksOf(jobs: Jobs, edges: readonly GraphEdge[]): readonly (readonly JobId[])[] {
  return alikeJobs(
    jobs,
    edges.filter(({ row }) => row !== null),
  );
}

export const stackId = (jobs: readonly JobId[]): string => `stack ${jobs[0] ?? ''}`;

export function drawn(
  jobs: Jobs,
  edges: readonly GraphEdge[],
  stacks: readonly (readonly JobId[])[],
  folding: Folding,
): Drawn {
  const stackOf = new Map<JobId, string>();
  const nodes: DrawnNode[] = [];
  if (folding.stacks) {
    for (const members of stacks) {
      const id = stackId(members);
      if (folding.openStacks.has(id)) continue;
      for (const job of members) stackOf.set(job, id);
      nodes.push({ kind: 'stack', id, jobs: members, parent: null });
    }
  }
  for (const job of jobs.values()) if (!stackOf.has(job.id)) nodes.push(...nodesOf(job, folding));
  const nodeOf = (end: EdgeEnd): string => {
    const { job, step } = sameEnd(jobs, end);
    return stackOf.get(job) ?? (step !== null && folding.openJobs.has(job) ? stepId(job, step) : job);
  };
  const drawnEdges = new Map<string, { from: string; to: string; edges: GraphEdge[] }>();
  const conditions = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    const { from, to } = edge.spec;
    const end = nodeOf(to);
    if (from === null) {
      conditions.set(end, [...(conditions.get(end) ?? []), edge]);
      continue;
    }
    const start = nodeOf(from);
    // Between steps of a job that is folded there is nothing to be seen.
    if (start === end) continue;
    const id = `${start} > ${end}`;
    const known = drawnEdges.get(id);
    if (known === undefined) drawnEdges.set(id, { from: start, to: end, edges: [edge] });
    else known.edges.push(edge);
  }
  return {
    nodes,
    edges: [...drawnEdges].map(([id, edge]) => ({ id, ...edge })),
    conditions,
    nodeOf,
  };
}

const stepId = (job: JobId, step: number): string => `${job} ${step}`;

function nodesOf(job: GraphJob, { openJobs }: Folding): readonly DrawnNode[] {
  if (job.steps.length < 2 || !openJobs.has(job.id))
    return [{ kind: 'job', id: job.id, job: job.id, parent: null }];
  return [
    { kind: 'open', id: job.id, job: job.id, parent: null },
    ...job.steps.map((_, step): DrawnNode => ({
      kind: 'step',
      id: stepId(job.id, step),
      job: job.id,
      step,
      parent: job.id,
    })),
  ];
}

/** What an edge from or to a node is of: of a stack, all of its jobs. */
export function endsOf(node: DrawnNode): readonly EdgeEnd[] {
  switch (node.kind) {
    case 'stack':
      return node.jobs.map((job) => ({ job, step: null }));
    case 'step':
      return [{ job: node.job, step: node.step }];
    case 'job':
    case 'open':
      return [{ job: node.job, step: null }];
  }
}
