/** The third stage: everything that a valid recipe says or implies, worked out. */
import { basename, extname } from 'node:path';
import type { Batch, Dependency, Job, Step } from '../../shared/model/batch';
import { taskCount } from '../../shared/model/space';
import { priorities } from '../../shared/model/states';
import { resolveDependencies } from './dependencies';
import type { Path } from './document';
import { readEnvironments } from './environments';
import type { Environments } from './environments';
import { mostTasks } from './frames';
import type { JobFields, RecipeFields, WorkFields } from './recipe-schema';
import { resolveFolder, resolveStep } from './resolve-step';
import { filledText, problemAt } from './scope';
import type { Scope } from './scope';
import { weightOf } from './weight';
import { describe, listNames, thousands } from './words';

/** A few lines with aliases can name very much: what a batch holds, each step written out, is bounded. */
const heaviest = 32 * 1024 * 1024;

/** When anything is among the problems afterwards, the batch is of no use. */
export function resolveBatch(scope: Scope, fields: RecipeFields, file: string, recipe: string | null): Batch {
  const { document } = scope;
  const name = resolveName(scope, fields, file);
  const builtIns = new Map([['Batch', name]]);
  const output = document.has(['output']) ? resolveFolder(scope, ['output'], builtIns) : null;
  if (document.has(['output'])) builtIns.set('Output', output ?? '');

  const names = document.names(['jobs']);
  if (names.length === 0 && document.has(['jobs']))
    problemAt(scope, 'no-jobs', ['jobs'], 'there is nothing to do: a recipe has at least one job');

  const environments = readEnvironments(scope);
  const parameters = Object.fromEntries(scope.parameters);
  const jobs: Job[] = [];
  const within: Dependency[] = [];
  let tasks = 0;
  let weight = 0;
  for (const [jobName, job] of inOrder(scope, ['jobs'], fields.jobs)) {
    const path = ['jobs', jobName];
    const resolved = resolveJob(scope, jobName, job, parameters, environments, builtIns);
    jobs.push(resolved);
    within.push(...stepDependencies(scope, jobName, job));
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
    weight += resolved.steps.reduce((sum, step) => sum + weightOf(step), 0);
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
  const waiting = inOrder(scope, ['jobs'], fields.jobs).map(([jobName, { after }]) => ({
    name: jobName,
    path: ['jobs', jobName],
    after,
  }));
  const between = resolveDependencies(scope, 'job', waiting, names, (job) => ({ job, step: null }));
  return { name, recipe, output, jobs, dependencies: [...between, ...within] };
}

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
): Job {
  const path = ['jobs', name];
  checkActions(scope, path, ['run', 'command', 'steps']);
  const steps: Step[] = [];
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
  if (fields.steps === undefined) {
    add('main', fields, path, [[], path]);
  } else {
    if (scope.document.names([...path, 'steps']).length === 0) {
      problemAt(
        scope,
        'empty',
        [...path, 'steps'],
        'there is nothing to do: a job with steps has at least one',
      );
    }
    if (scope.document.has([...path, 'frames'])) {
      const frames = [...path, 'frames'];
      problemAt(
        scope,
        'misplaced-field',
        frames,
        'the job has steps: give its frames to the steps that work on frames',
        scope.document.namePlace(frames),
      );
    }
    for (const [stepName, step] of inOrder(scope, [...path, 'steps'], fields.steps)) {
      const stepPath = [...path, 'steps', stepName];
      checkActions(scope, stepPath, ['run', 'command']);
      add(stepName, step, stepPath, [[], path, stepPath]);
    }
  }
  const priority = priorities.find((one) => one === fields.priority?.toUpperCase()) ?? 'MEDIUM';
  return { name, kind: fields.kind ?? 'command', priority, steps };
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

function stepDependencies(scope: Scope, job: string, { steps }: JobFields): Dependency[] {
  if (steps === undefined) return [];
  const path = ['jobs', job, 'steps'];
  const waiting = inOrder(scope, path, steps).map(([name, { after }]) => ({
    name,
    path: [...path, name],
    after,
  }));
  return resolveDependencies(scope, 'step', waiting, scope.document.names(path), (step) => ({ job, step }));
}
