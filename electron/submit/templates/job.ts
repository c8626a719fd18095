/** A job of Open Job Description, its parameters known, as a job of a Batch. */
import type { SessionEnvironment, Step } from '../../../shared/model/batch';
import type { Dependency } from '../../../shared/model/dependency';
import type { Cancelation, FormatString, Job as TemplateJob, JobParameter, JobStep } from '../openjd/model';
import { sessionEnvironments } from './environments';
import { typedNames } from './names';
import { addRequirements, type Wanted } from './requirements';
import { taskScript } from './scripts';
import { spaceOf } from './spaces';
import {
  addTaskFiles,
  addTaskWords,
  commonWords,
  namesOf,
  wordsIn,
  type Known,
  type Outputs,
} from './symbols';

/** What the template does not say, or what counts more than what it says. */
export interface Around extends Pick<
  Step,
  'retry' | 'timeoutMs' | 'preemptible' | 'progress' | 'files' | 'checkpoints' | 'folder' | 'environment'
> {
  readonly wanted: Wanted;
  readonly outputs: Outputs;
  /** Parameters that are files or folders to be read. */
  readonly inputs: readonly string[];
}

export interface Made {
  readonly steps: readonly Step[];
  readonly dependencies: readonly Dependency[];
}

/** As a job that is called so in its batch. Throws CannotAsk and TooLarge. */
export function makeJob(job: TemplateJob, name: string, around: Around): Made {
  const names = typedNames(job.steps.map((step) => step.name));
  const typed = new Map(job.steps.map((step, index) => [step.name, names[index] ?? step.name]));
  return {
    steps: job.steps.map((step) => stepOf(job, step, typed.get(step.name) ?? step.name, around)),
    dependencies: dependenciesOf(job, name, typed),
  };
}

function stepOf(
  { parameters, environments }: TemplateJob,
  step: JobStep,
  name: string,
  around: Around,
): Step {
  const { wanted, outputs, inputs, timeoutMs, ...rest } = around;
  const { onRun, embeddedFiles } = step.script;
  const names = namesOf(parameters, step.space.parameters);
  const known: Known = { parameters, outputs, tasks: step.space.parameters, names };
  const words = commonWords(known);
  const shared: readonly SessionEnvironment[] = sessionEnvironments(
    [...environments, ...step.environments],
    words,
  );
  addTaskWords(words, known);
  addTaskFiles(words, embeddedFiles);
  const paths = [
    ...parameters.filter(({ type }) => type === 'PATH').map(({ name }) => names.job.get(name) ?? name),
    ...step.space.parameters
      .filter(({ type }) => type === 'PATH')
      .map(({ name }) => names.task.get(name) ?? name),
  ];
  return {
    ...rest,
    ...addRequirements(step.hostRequirements, wanted),
    name,
    action: {
      kind: 'prepared',
      text: taskScript(onRun, embeddedFiles, wordsIn(words)),
      program: programOf(
        onRun.command,
        parameters.filter(({ name: one }) => !outputs.has(one)),
      ),
      reads: inputs.map((input) => names.job.get(input) ?? input),
    },
    space: spaceOf(step.space, names),
    timeoutMs: onRun.timeout === null ? timeoutMs : onRun.timeout * 1000,
    graceMs: graceOf(onRun.cancelation),
    environments: shared,
    parameters: Object.fromEntries(
      parameters
        .filter(({ name }) => !outputs.has(name))
        .map(({ name, value }) => [names.job.get(name) ?? name, value]),
    ),
    paths,
  };
}

/** Where it is known before a task runs, and is the same on all nodes. */
function programOf({ segments }: FormatString, parameters: readonly JobParameter[]): string | null {
  const values = new Map(
    parameters.filter(({ type }) => type !== 'PATH').map(({ name, value }) => [`Param.${name}`, value]),
  );
  const pieces = segments.map((one) => (one.kind === 'text' ? one.text : values.get(one.symbol)));
  return pieces.includes(undefined) ? null : pieces.join('');
}

const usualNotice = 120;

const graceOf = (cancelation: Cancelation): number =>
  cancelation.mode === 'TERMINATE' ? 0 : 1000 * (cancelation.notifyPeriodInSeconds ?? usualNotice);

function dependenciesOf(
  { steps }: TemplateJob,
  job: string,
  typed: ReadonlyMap<string, string>,
): readonly Dependency[] {
  return steps.flatMap(({ name, dependencies }) =>
    dependencies.map((before): Dependency => ({
      from: { job, step: typed.get(before) ?? before },
      to: { job, step: typed.get(name) ?? name },
      relation: { type: 'SEQUENTIAL', mapping: { kind: 'all' } },
      onFailure: 'hold',
    })),
  );
}
