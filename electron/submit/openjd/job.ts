/** From a template and values for its parameters to a job, in which only what a host knows is left open. */
import type { Problem } from '../document/problems';
import { limitsOf } from './limits';
import { gatherFindings, mergeParameters } from './merge';
import type { Findings } from './merge';
import type {
  EnvironmentTemplate,
  Job,
  JobParameter,
  JobStep,
  JobTemplate,
  ParameterDefinition,
  StepTemplate,
  Symbols,
} from './model';
import type { GivenValues } from './preprocess';
import { valuesOf } from './preprocess';
import { resolveEnvironment, resolveScript } from './resolve-environment';
import { resolveRequirements } from './resolve-requirements';
import { resolveSpace } from './resolve-space';
import { Resolver } from './resolver';

export interface JobOptions extends GivenValues {
  /** In the order in which they are entered, before those of the job. */
  readonly environments: readonly EnvironmentTemplate[];
}

export type CreatedJob =
  | { readonly ok: true; readonly job: Job }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export function createJob(template: JobTemplate, options: JobOptions): CreatedJob {
  const findings = gatherFindings();
  const definitions = mergeParameters(template, options.environments, findings);
  // What follows from something wrong is wrong once more: only the first of it is of use.
  const parameters = findings.none ? valuesOf(definitions, options, template, findings) : [];
  const job = findings.none ? makeJob(template, options.environments, parameters, findings) : null;
  return job !== null && findings.none ? { ok: true, job } : { ok: false, problems: findings.list() };
}

export type JobParameters =
  | { readonly ok: true; readonly parameters: readonly ParameterDefinition[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** What a person is asked for before a job is made: the parameters of all templates together. */
export function parametersOf(
  template: JobTemplate,
  environments: readonly EnvironmentTemplate[],
): JobParameters {
  const findings = gatherFindings();
  const definitions = mergeParameters(template, environments, findings);
  return findings.none
    ? { ok: true, parameters: definitions.map(({ definition }) => definition) }
    : { ok: false, problems: findings.list() };
}

function makeJob(
  template: JobTemplate,
  templates: readonly EnvironmentTemplate[],
  parameters: readonly JobParameter[],
  findings: Findings,
): Job | null {
  const symbols = templateSymbols(parameters);
  const resolver = new Resolver(template.source, symbols, findings);
  const most = limitsOf(template.extensions).jobName;
  const name = resolver.text(template.name, { least: 1, most, controls: 'none' });
  const outer = templates.map(({ environment, source }) =>
    resolveEnvironment(environment, new Resolver(source, symbols, findings)),
  );
  const inner = template.environments.map((environment) => resolveEnvironment(environment, resolver));
  const steps = template.steps.map((step, index) => resolveStep(step, index, resolver));
  if (name === null) return null;
  return {
    name,
    description: template.description,
    extensions: new Set([template, ...templates].flatMap(({ extensions }) => [...extensions])),
    parameters,
    environments: [...outer, ...inner],
    steps: steps.filter((step) => step !== null),
  };
}

/** What is known of a job before any of it runs: a PATH only as it was given. */
function templateSymbols(parameters: readonly JobParameter[]): Symbols {
  const symbols = new Map<string, string>();
  for (const { name, type, value } of parameters) {
    symbols.set(`RawParam.${name}`, value);
    if (type !== 'PATH') symbols.set(`Param.${name}`, value);
  }
  return symbols;
}

function resolveStep(step: StepTemplate, index: number, resolver: Resolver): JobStep | null {
  const { name, description, dependencies } = step;
  const space = resolveSpace(step.parameterSpace, ['steps', index, 'parameterSpace'], resolver);
  const hostRequirements = resolveRequirements(step.hostRequirements, resolver);
  const environments = step.environments.map((environment) => resolveEnvironment(environment, resolver));
  const script = resolveScript(step.script, resolver);
  return space === null
    ? null
    : { name, description, dependencies, environments, hostRequirements, space, script };
}
