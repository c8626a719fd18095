/** The steps of a job, and what each waits for. */
import { findCycles } from '../document/cycles';
import { didYouMean } from '../document/suggest';
import { listNames, quote } from '../document/words';
import { mostProblems } from '../document/problems';
import type { ActionScopes } from './actions';
import { fileNames, interpreterNames, readSimpleAction, readStepScript } from './actions';
import { readEnvironments } from './environments';
import { readRequirements } from './host-requirements';
import type { StepScript, StepTemplate, Written } from './model';
import { readSpace, taskParameterNames } from './parameter-space';
import type { DeclaredNames } from './scope';
import { stepScope, templateScope } from './scope';
import { readDescription, readName, reportDuplicates } from './texts';
import type { Fields, Value } from './value';

export function readSteps(value: Value | null, names: DeclaredNames): readonly StepTemplate[] {
  const list = value?.list({ of: 'steps' }) ?? [];
  const stepNames = list.map((item) => item.fieldNamed('name'));
  reportDuplicates(stepNames, 'step');
  const known = new Set(stepNames.flatMap((name) => (name?.isText() === true ? [name.text() ?? ''] : [])));
  const steps = list.map((item) => readStep(item, names, known));
  reportCycles(list, steps);
  return steps.filter((step) => step !== null);
}

const fieldNames = [
  'name',
  'description',
  'dependencies',
  'stepEnvironments',
  'hostRequirements',
  'parameterSpace',
  'script',
];
const gated = {
  let: 'EXPR',
  ...Object.fromEntries(interpreterNames.map((name) => [name, 'FEATURE_BUNDLE_1' as const])),
} as const;

function readStep(value: Value, names: DeclaredNames, steps: ReadonlySet<string>): StepTemplate | null {
  const fields = value.fields(fieldNames, gated);
  const named = fields?.required('name');
  const name = named ? readName(named, value.reading.limits.stepName) : null;
  const about = fields?.optional('description') ?? null;
  const description = about === null ? null : readDescription(about);
  const template = templateScope(names);
  const space = fields?.optional('parameterSpace') ?? null;
  const parameterSpace = space === null ? null : readSpace(space, template);
  const hostRequirements = readRequirements(fields?.optional('hostRequirements') ?? null, template);
  const environments = readEnvironments(fields?.optional('stepEnvironments') ?? null, names);
  const dependencies = readDependencies(fields?.optional('dependencies') ?? null, name, steps);
  const script = fields === null ? null : readScript(fields, names, taskParameterNames(space));
  return name === null || script === null
    ? null
    : { name, description, dependencies, environments, hostRequirements, parameterSpace, script };
}

function readScript(
  fields: Fields,
  names: DeclaredNames,
  taskParameters: readonly string[],
): StepScript<Written> | null {
  const scopes = (files: readonly string[]): ActionScopes => ({
    template: templateScope(names),
    host: stepScope(names, taskParameters, files),
  });
  const given = interpreterNames.filter((name) => fields.has(name));
  const [interpreter] = given;
  const script = fields.optional('script');
  const all = [...(script === null ? [] : ['script']), ...given];
  if (all.length > 1)
    fields.value.problem('conflict', `found ${listNames(all)}; a step has only one of them`);
  if (script !== null) return readStepScript(script, scopes(fileNames(script)));
  if (interpreter === undefined) return fields.value.problem('missing-field', 'the field script is missing');
  const action = fields.optional(interpreter);
  return action === null ? null : readSimpleAction(action, interpreter, scopes([]));
}

function readDependencies(
  value: Value | null,
  own: string | null,
  steps: ReadonlySet<string>,
): readonly string[] {
  const list = value?.list({ of: 'dependencies' }) ?? [];
  const found = new Set<string>();
  for (const item of list) {
    const named = item.fields(['dependsOn'])?.required('dependsOn');
    const name = named?.text() ?? null;
    if (!named || name === null) continue;
    if (name === own) named.problem('cycle', 'a step cannot wait for itself');
    else if (found.has(name))
      named.problem('duplicate-name', `${quote(name)} stands here for the second time; once is enough`);
    else if (!steps.has(name))
      named.problem(
        'unknown-step',
        () => `no step is named ${quote(name)}${didYouMean(name, steps)}; there are ${listNames(steps)}`,
      );
    else found.add(name);
  }
  return [...found];
}

function reportCycles(list: readonly Value[], steps: readonly (StepTemplate | null)[]): void {
  const before = new Map(
    steps.flatMap((step) => (step === null ? [] : [[step.name, step.dependencies] as const])),
  );
  for (const cycle of findCycles(before, mostProblems)) {
    const [first = ''] = cycle;
    const at = steps.findIndex((step) => step?.name === first);
    list[at]
      ?.fieldNamed('dependencies')
      ?.problem('cycle', `these steps wait for each other: ${cycle.join(', which comes before ')}`);
  }
}
