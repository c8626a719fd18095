/** The third stage: everything that a valid recipe says or implies, worked out. */
import { basename, extname } from 'node:path';
import { usualTenant } from '../../../shared/model/batch';
import type { Batch, Job, Step } from '../../../shared/model/batch';
import type { Dependency } from '../../../shared/model/dependency';
import { taskCount } from '../../../shared/model/space';
import { jobKinds, priorities } from '../../../shared/model/states';
import { resolveLocks, resolveTimes } from './conditions';
import { onlyStep, resolveDependencies } from './dependencies';
import type { Path } from '../document/document';
import { readEnvironments } from './environments';
import type { Environments } from './environments';
import { mostTasks } from '../values/frames';
import { parseMoment } from '../values/moments';
import { accepted, refused } from '../document/parsed';
import { isName, nameRule } from '../schema/values';
import { notices } from '../schema/recipe';
import type { JobFields, RecipeFields, WorkFields } from '../schema/recipe';
import { resolveFolder, resolveStep } from './resolve-step';
import { refuseBesideTemplate, resolveTemplateJob } from './resolve-template';
import { spaceFields } from '../schema/space';
import { filledText, innermost, problemAt, readValue } from './scope';
import type { Scope } from './scope';
import { parseCount } from '../values/units';
import { stepKey } from '../sweeps/task-by-task';
import { weightOf, weightOfDependency } from './weight';
import { describe, listNames, quote, thousands } from '../document/words';

/** A few lines with aliases can name very much: what a batch holds, each step written out, is bounded. */
const heaviest = 32 * 1024 * 1024;

/** When anything is among the problems afterwards, the batch is of no use. */
export function resolveBatch(scope: Scope, fields: RecipeFields, file: string, recipe: string | null): Batch {
  const { document } = scope;
  const name = resolveName(scope, fields, file);
  const builtIns = new Map([['Batch', name]]);
  const output = document.has(['output']) ? resolveFolder(scope, ['output'], builtIns) : null;
  if (document.has(['output'])) builtIns.set('Output', output ?? '');

  if (document.names(['jobs']).length === 0) {
    const code = document.has(['jobs']) ? 'no-jobs' : 'missing-field';
    problemAt(scope, code, ['jobs'], 'there is nothing to do: a recipe has at least one job');
  }

  const environments = readEnvironments(scope);
  const parameters = Object.fromEntries(scope.parameters);
  const jobs: Job[] = [];
  const conditions: Dependency[] = [];
  let tasks = 0;
  let weight = 0;
  for (const [jobName, job] of inOrder(scope, ['jobs'], fields.jobs ?? {})) {
    const path = ['jobs', jobName];
    const { job: resolved, dependencies: inside } = resolveJob(
      scope,
      jobName,
      job,
      parameters,
      environments,
      builtIns,
    );
    jobs.push(resolved);
    conditions.push(...inside);
    const steps = resolved.steps.map((step) => step.name);
    const own = [...resolveTimes(scope, jobName), ...resolveLocks(scope, jobName, steps)];
    conditions.push(...own);
    tasks += resolved.steps.reduce((sum, step) => sum + taskCount(step.space), 0);
    if (tasks > mostTasks) {
      problemAt(
        scope,
        'too-many-tasks',
        path,
        `with this job the batch has ${thousands(tasks)} tasks; a batch may have ${thousands(mostTasks)}`,
        document.namePlace(path),
      );
      break;
    }
    weight += resolved.steps.reduce((sum, step) => sum + weightOf(step), own.length * weightOfDependency);
    if (weight > heaviest) {
      problemAt(
        scope,
        'too-large',
        path,
        `with this job the batch, with all that its steps inherit written out, is larger than ${heaviest / 1024 / 1024} MiB`,
        document.namePlace(path),
      );
      break;
    }
  }
  const spaces = new Map(
    jobs.flatMap((job) => job.steps.map((step) => [stepKey(job.name, step.name), step.space] as const)),
  );
  const templateSteps = new Map(
    [...scope.templates.keys()].map((name) => {
      const made = jobs.find((job) => job.name === name);
      return [name, made?.steps.map((step) => step.name) ?? []];
    }),
  );
  const dependencies = [...resolveDependencies(scope, spaces, templateSteps), ...conditions];
  return { name, recipe, output, tenant: resolveTenant(scope), ...resolveNotify(scope), jobs, dependencies };
}

function resolveTenant(scope: Scope): string {
  const tenant = readValue(scope, ['tenant'], 'bad-name', (text) =>
    isName(text) ? accepted(text) : refused(`${quote(text)} cannot be the name of a tenant; ${nameRule}`),
  );
  return tenant ?? usualTenant;
}

/** Of all ends where nothing is said. */
function resolveNotify(scope: Scope): Pick<Batch, 'notify'> {
  const path = ['notify'];
  if (!scope.document.has(path)) return {};
  const places = scope.document.items(path) ?? [path];
  const words = notices.filter((word) => places.some((place) => scope.document.textAt(place) === word));
  if (words.length > 1 && words.includes('never'))
    problemAt(scope, 'contradiction', path, 'never stands beside other ends: is it told of them or not?');
  return { notify: words.flatMap((word) => endsTold[word]) };
}

const endsTold = { done: ['COMPLETED'], failed: ['FAILED'], never: [] } as const;

const longestName = 200;

function resolveName(scope: Scope, fields: RecipeFields, file: string): string {
  if (fields.batch === undefined) {
    const fromFile = basename(file, extname(file))
      .replace(/\p{C}+/gu, ' ')
      .trim();
    return fromFile === '' ? 'batch' : fromFile.slice(0, longestName);
  }
  const name = filledText(scope, ['batch'])?.trim() ?? null;
  if (name === null) return '';
  if (name === '') problemAt(scope, 'empty', ['batch'], `found ${describe(name)}; a name should stand here`);
  else if (name.length > longestName)
    problemAt(
      scope,
      'bad-name',
      ['batch'],
      `the name has ${name.length} characters; allowed are ${longestName}`,
    );
  else if (/\p{C}/u.test(name))
    problemAt(
      scope,
      'bad-name',
      ['batch'],
      'the name holds line breaks or other characters that cannot be shown',
    );
  return name;
}

function resolveJob(
  scope: Scope,
  name: string,
  fields: JobFields,
  parameters: Readonly<Record<string, string>>,
  environments: Environments,
  builtIns: ReadonlyMap<string, string>,
): { readonly job: Job; readonly dependencies: readonly Dependency[] } {
  const path = ['jobs', name];
  checkActions(scope, path, ['run', 'command', 'steps', 'template', 'preset']);
  const steps: Step[] = [];
  const dependencies: Dependency[] = [];
  const add = (stepName: string, stepFields: WorkFields, stepPath: Path, levels: readonly Path[]): void => {
    const known = new Map([...builtIns, ['Job', name], ['Step', stepName]]);
    const step = resolveStep(
      scope,
      stepFields,
      { name: stepName, path: stepPath, levels, builtIns: known },
      parameters,
      environments,
    );
    if (step !== null) steps.push(step);
  };
  const template = scope.templates.get(name);
  if (template !== undefined) {
    refuseBesideTemplate(scope, name, [...spaceFields, 'environments']);
    const made = template === null ? null : resolveTemplateJob(scope, name, template, environments, builtIns);
    steps.push(...(made?.steps ?? []));
    dependencies.push(...(made?.dependencies ?? []));
  } else if (fields.steps === undefined) {
    if (scope.document.has([...path, 'parameters'])) {
      const at = [...path, 'parameters'];
      const message =
        'these are for a template or preset, and the job has none; parameters of the recipe stand beside jobs';
      problemAt(scope, 'misplaced-field', at, message, scope.document.namePlace(at));
    }
    add(onlyStep, fields, path, [[], path]);
  } else {
    if (scope.document.names([...path, 'steps']).length === 0) {
      problemAt(
        scope,
        'empty',
        [...path, 'steps'],
        'there is nothing to do: a job with steps has at least one',
      );
    }
    for (const field of spaceFields) {
      const at = [...path, field];
      if (!scope.document.has(at)) continue;
      const message = `the job has steps: give its ${field} to the steps that it is for`;
      problemAt(scope, 'misplaced-field', at, message, scope.document.namePlace(at));
    }
    for (const [stepName, step] of inOrder(scope, [...path, 'steps'], fields.steps)) {
      const stepPath = [...path, 'steps', stepName];
      checkActions(scope, stepPath, ['run', 'command']);
      add(stepName, step, stepPath, [[], path, stepPath]);
    }
  }
  const wordAt = (field: string): string => {
    const at = innermost(scope, [[], path], [field]);
    return at === null ? '' : scope.document.textAt(at);
  };
  const priority = wordAt('priority').toUpperCase();
  const kind = wordAt('kind');
  const deadline = innermost(scope, [[], path], ['deadline']);
  const job: Job = {
    name,
    kind: jobKinds.find((one) => one === kind) ?? template?.preset?.kind ?? 'command',
    priority: priorities.find((one) => one === priority) ?? 'MEDIUM',
    deadline: deadline === null ? null : readValue(scope, deadline, 'bad-time', parseMoment),
    most: readValue(scope, [...path, 'most'], 'bad-most', parseCount('number of tasks', 1, mostTasks)),
    steps,
  };
  return { job, dependencies };
}

/** Looks at the file, not at the fields: one that is there and wrong is not missing. */
function checkActions(scope: Scope, path: Path, allowed: readonly string[]): void {
  const [first, second] = scope.document.names(path).filter((field) => allowed.includes(field));
  if (first === undefined) {
    problemAt(
      scope,
      'no-action',
      path,
      `there is nothing to run; allowed is one of ${listNames(allowed)}`,
      scope.document.namePlace(path),
    );
  } else if (second !== undefined) {
    const at = [...path, second];
    problemAt(
      scope,
      'several-actions',
      at,
      `there is "${first}" already; only one of ${listNames(allowed)} is allowed`,
      scope.document.namePlace(at),
    );
  }
}

/** Objects would bring names such as "10" to the front. */
function inOrder<Fields>(
  scope: Scope,
  path: Path,
  record: Readonly<Record<string, Fields>>,
): (readonly [string, Fields])[] {
  const fields = new Map(Object.entries(record));
  return scope.document.names(path).flatMap((name) => {
    const field = fields.get(name);
    return field === undefined ? [] : [[name, field] as const];
  });
}
