import type { Attempt } from '../../shared/model/attempt';
import { taskCount, taskLabel } from '../../shared/model/space';
import type { ReportInput } from './input';

/** What an attempt was a try at, in the words of the recipe. */
export interface AttemptPlace {
  /** Its position among the batch's jobs; -1 for a job that the batch does not have. */
  readonly job: number;
  readonly jobName: string;
  readonly stepName: string;
  /** `frame 12`; empty for the only task of a step. */
  readonly label: string;
  readonly nodeName: string;
}

export function attemptPlaces({
  jobs,
  spec,
  nodes,
}: Pick<ReportInput, 'jobs' | 'spec' | 'nodes'>): (attempt: Attempt) => AttemptPlace {
  const specs = new Map(spec.jobs.map((job) => [job.name, job]));
  const byId = new Map(
    jobs.map((job, index) => [job.id, { index, name: job.name, steps: specs.get(job.name)?.steps ?? [] }]),
  );
  const nodeNames = new Map(nodes.map(({ id, name }) => [id, name]));
  return ({ job: id, step: stepIndex, task, node }) => {
    const job = byId.get(id);
    const step = job?.steps[stepIndex];
    const known = step !== undefined && task < taskCount(step.space);
    return {
      job: job?.index ?? -1,
      jobName: job?.name ?? id,
      stepName: step?.name ?? `step ${stepIndex}`,
      label: known ? taskLabel(step.space, task) : `task ${task}`,
      nodeName: nodeNames.get(node) ?? node,
    };
  };
}

/** `beauty, frame 12`; the step only where it has a name of its own. */
export function placeInWords({ jobName, stepName, label }: AttemptPlace): string {
  const work = stepName === 'main' ? jobName : `${jobName}/${stepName}`;
  return label === '' ? work : `${work}, ${label}`;
}
