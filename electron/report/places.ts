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
    jobs.map((job, index) => {
      const steps = specs.get(job.name)?.steps ?? [];
      return [
        job.id,
        { index, name: job.name, steps: steps.map((step) => ({ step, count: taskCount(step.space) })) },
      ];
    }),
  );
  const nodeNames = new Map(nodes.map(({ id, name }) => [id, name]));
  return ({ job: id, step: stepIndex, task, node }) => {
    const job = byId.get(id);
    const step = job?.steps[stepIndex];
    return {
      job: job?.index ?? -1,
      jobName: job?.name ?? id,
      stepName: step?.step.name ?? `step ${stepIndex}`,
      label: step !== undefined && task < step.count ? taskLabel(step.step.space, task) : `task ${task}`,
      nodeName: nodeNames.get(node) ?? node,
    };
  };
}

/** `beauty`, or `beauty/main` where the step has a name of its own. */
export function workInWords(job: string, step: string): string {
  return step === 'main' || step === '' ? job : `${job}/${step}`;
}

/** `beauty, frame 12`; the step only where it has a name of its own. */
export function placeInWords({ jobName, stepName, label }: AttemptPlace): string {
  const work = workInWords(jobName, stepName);
  return label === '' ? work : `${work}, ${label}`;
}
