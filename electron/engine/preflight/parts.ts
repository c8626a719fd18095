import type { Batch, Job } from '../../../shared/model/batch';
import type { Dependency } from '../../../shared/model/dependency';

/** So that to submit one takes no long while. */
const usualSteps = 64;

interface Part {
  readonly jobs: Job[];
  readonly dependencies: Dependency[];
  steps: number;
}

/** A batch as several, each with all that depends on each other: together they are the same to the scheduler. */
export function partsOf(batch: Batch): readonly Batch[] {
  const rootOf = rootsOf(batch);
  const parts: Part[] = [];
  const byRoot = new Map<string, Part>();
  for (const [root, jobs] of jobsByRoot(batch, rootOf)) {
    const steps = jobs.reduce((sum, job) => sum + job.steps.length, 0);
    const last = parts.at(-1);
    const part =
      last !== undefined && last.steps + steps <= usualSteps
        ? last
        : { jobs: [], dependencies: [], steps: 0 };
    if (part !== last) parts.push(part);
    part.jobs.push(...jobs);
    part.steps += steps;
    byRoot.set(root, part);
  }
  for (const dependency of batch.dependencies)
    byRoot.get(rootOf(dependency.to.job))?.dependencies.push(dependency);
  return parts.map(({ jobs, dependencies }) => ({ ...batch, jobs, dependencies }));
}

/** The same name for all jobs that depend on each other, also through others. */
function rootsOf({ jobs, dependencies }: Batch): (job: string) => string {
  const above = new Map(jobs.map(({ name }) => [name, name]));
  const rootOf = (job: string): string => {
    let root = job;
    for (let next = above.get(root); next !== undefined && next !== root; next = above.get(root)) root = next;
    above.set(job, root);
    return root;
  };
  for (const { from, to } of dependencies) if (from !== null) above.set(rootOf(from.job), rootOf(to.job));
  return rootOf;
}

function jobsByRoot({ jobs }: Batch, rootOf: (job: string) => string): ReadonlyMap<string, readonly Job[]> {
  const found = new Map<string, Job[]>();
  for (const job of jobs) {
    const root = rootOf(job.name);
    const list = found.get(root);
    if (list === undefined) found.set(root, [job]);
    else list.push(job);
  }
  return found;
}
