/** A batch that is a branch: a task that begins from a checkpoint of another batch, and what comes after it. */
import type { Batch, Job, Step, StepReference } from '../../shared/model/batch';
import { taskCount, taskParameters, type Space } from '../../shared/model/space';
import { accepted, refused, type Parsed } from './document/parsed';

/** Which task of a batch is meant, in the words of its recipe. */
export interface ForkedTask {
  readonly job: string;
  readonly step: string;
  readonly task: number;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface ForkedBatch {
  readonly batch: Batch;
  /** Where the task is, as the only one of its step. */
  readonly to: { readonly job: string; readonly step: number };
  readonly step: Step;
  /** What came before it, directly or over others, and is not run again. */
  readonly before: readonly { readonly job: string; readonly step: Step }[];
}

/** Further ones would have to be looked for one by one. */
const mostLookedAt = 100_000;

/**
 * Other tasks of the step are not run again. What comes after the step is run when it has no other task, for then
 * nothing else is missing of what that waits for.
 */
export function forkedBatch(
  batch: Batch,
  { job, step: name, task, parameters }: ForkedTask,
): Parsed<ForkedBatch> {
  const step = batch.jobs.find((one) => one.name === job)?.steps.find((one) => one.name === name);
  if (step === undefined) return refused(`the recipe has no step ${name} in a job ${job} any more`);
  if (step.checkpoints === undefined)
    return refused(`step ${name} of ${job} says nothing of checkpoints, so nothing can begin from one`);
  const index = taskLike(step.space, task, parameters);
  if (index === null)
    return refused(`with these parameters, step ${name} of ${job} has no task ${textOf(parameters)}`);
  const isOnly = taskCount(step.space) === 1;
  const only: Step = isOnly ? step : { ...step, space: spaceOf(taskParameters(step.space, index)) };
  const kept = isOnly ? following(batch, { job, step: name }) : new Set([keyOf(job, name)]);
  const jobs = batch.jobs
    .map((one): Job => ({
      ...one,
      steps: one.steps
        .filter((each) => kept.has(keyOf(one.name, each.name)))
        .map((each) => (each === step ? only : each)),
    }))
    .filter(({ steps }) => steps.length > 0);
  const isKept = (end: StepReference): boolean => stepsOf(batch, end).some((key) => kept.has(key));
  // What came before is there: nothing waits for it.
  const dependencies = batch.dependencies.filter(
    ({ from, to }) => isKept(to) && (from === null || isKept(from)),
  );
  const steps = jobs.find((one) => one.name === job)?.steps ?? [];
  const to = { job, step: steps.findIndex((one) => one.name === name) };
  const earlier = leading(batch, { job, step: name });
  const before = batch.jobs.flatMap((one) =>
    one.steps
      .filter((each) => earlier.has(keyOf(one.name, each.name)))
      .map((each) => ({ job: one.name, step: each })),
  );
  return accepted({ batch: { ...batch, jobs, dependencies }, to, step: only, before });
}

/** Null: there is none with these values. */
function taskLike(space: Space, task: number, wanted: ForkedTask['parameters']): number | null {
  const count = taskCount(space);
  const text = textOf(wanted);
  const isLike = (index: number): boolean => textOf(taskParameters(space, index)) === text;
  if (task < count && isLike(task)) return task;
  for (let index = 0; index < Math.min(count, mostLookedAt); index++) if (isLike(index)) return index;
  return null;
}

const textOf = (values: ForkedTask['parameters']): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .toSorted()
    .join(', ');

function spaceOf(values: ForkedTask['parameters']): Space {
  const [names, row] = [Object.keys(values), Object.values(values)];
  return { kind: 'rows', names, rows: [row] };
}

/** The step itself and all that waits for it, directly or over others. */
function following(batch: Batch, step: { readonly job: string; readonly step: string }): ReadonlySet<string> {
  const kept = new Set([keyOf(step.job, step.step)]);
  for (const key of kept)
    for (const { from, to } of batch.dependencies)
      if (from !== null && stepsOf(batch, from).includes(key))
        for (const later of stepsOf(batch, to)) kept.add(later);
  return kept;
}

/** All that the step waits for, directly or over others. */
function leading(batch: Batch, step: { readonly job: string; readonly step: string }): ReadonlySet<string> {
  const own = keyOf(step.job, step.step);
  const found = new Set([own]);
  for (const key of found)
    for (const { from, to } of batch.dependencies)
      if (from !== null && stepsOf(batch, to).includes(key))
        for (const earlier of stepsOf(batch, from)) found.add(earlier);
  found.delete(own);
  return found;
}

const stepsOf = ({ jobs }: Batch, { job, step }: StepReference): readonly string[] =>
  step === null
    ? (jobs.find(({ name }) => name === job)?.steps ?? []).map(({ name }) => keyOf(job, name))
    : [keyOf(job, step)];

const keyOf = (job: string, step: string): string => `${job}/${step}`;
