/** From an OpenJD template and values for its parameters to a Batch of one job. */
import { resolve } from 'node:path';
import type { Problem } from '../../../shared/ipc/errors';
import { noRetry } from '../../../shared/model/retry';
import { recognised, type ProgressRule } from '../../../shared/model/progress';
import { sharedFiles } from '../../../shared/model/files';
import { usualTenant, type Batch, type Job } from '../../../shared/model/batch';
import type { JobKind } from '../../../shared/model/states';
import { taskCount } from '../../../shared/model/space';
import { startOfFile } from '../document/problems';
import { thousands } from '../document/words';
import { mostTasks } from '../frames';
import { createJob, parametersOf } from '../openjd/job';
import type { ParameterDefinition } from '../openjd/model';
import { parseTemplate } from '../openjd/template';
import { makeJob } from './job';
import { typedNames } from './names';
import { CannotAsk, usual, type Wanted } from './requirements';
import { TooLarge } from './spaces';

/** By its first field or any other at the beginning of a line: what is wrong with it, its reader says. */
export const isTemplate = (text: string): boolean =>
  /^(?:\s*\{)?\s*["']?specificationVersion["']?\s*:/m.test(text.slice(0, longestHead));

const longestHead = 100_000;

export interface TemplateText {
  readonly text: string;
  /** For messages. */
  readonly file: string;
  /** Absolute: of the template. */
  readonly folder: string;
  /** Absolute: what paths that people give are relative to. */
  readonly givenFrom: string;
  /** The file's path, where there is one. */
  readonly recipe: string | null;
}

/** What a preset knows beside its template. */
export interface TemplateManners {
  readonly kind: JobKind;
  readonly progress: ProgressRule;
  readonly wanted: Wanted;
}
export const plainManners: TemplateManners = { kind: 'command', progress: recognised, wanted: usual };

export type ResolvedTemplate =
  | { readonly ok: true; readonly batch: Batch; readonly parameters: Record<string, string> }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export function resolveTemplate(
  input: TemplateText,
  given: Readonly<Record<string, string>>,
  manners: TemplateManners = plainManners,
): ResolvedTemplate {
  const parsed = parseTemplate(input.text, { file: input.file });
  if (!parsed.ok) return parsed;
  const { template } = parsed;
  if (template.kind === 'environment')
    return refused(input.file, 'environment-template', [
      'this is a template of an environment; a job can be made of a template with steps only',
    ]);
  const found = parametersOf(template, []);
  if (!found.ok) return found;
  const outputs = new Set(found.parameters.filter((one) => isOutput(one, given)).map(({ name }) => name));
  const known = Object.fromEntries(Object.entries(given).filter(([name]) => !outputs.has(name)));
  const standIns = Object.fromEntries([...outputs].map((name) => [name, resolve('/')]));
  const created = createJob(template, {
    environments: [],
    parameters: { ...known, ...standIns },
    templateFolder: input.folder,
    folder: input.givenFrom,
  });
  if (!created.ok) return created;
  const { job } = created;
  try {
    const [name = ''] = typedNames([job.name]);
    const { steps, dependencies } = makeJob(job, name, {
      ...{ wanted: manners.wanted, outputs, retry: noRetry, timeoutMs: null, preemptible: false },
      ...{ progress: manners.progress, files: sharedFiles, folder: '/', environment: {} },
    });
    const tasks = steps.reduce((sum, { space }) => sum + taskCount(space), 0);
    if (tasks > mostTasks)
      return refused(input.file, 'too-many-tasks', [
        `the job has ${thousands(tasks)} tasks; a batch may have ${thousands(mostTasks)}`,
      ]);
    const made: Job = { name, kind: manners.kind, priority: 'MEDIUM', deadline: null, most: null, steps };
    const parameters = Object.fromEntries(
      job.parameters.map((one) => [one.name, outputs.has(one.name) ? '' : one.value]),
    );
    const batch: Batch = {
      ...{ recipe: input.recipe, output: null, tenant: usualTenant, jobs: [made], dependencies },
      name: job.name.replaceAll(/\s+/g, ' ').slice(0, longestBatchName),
    };
    return { ok: true, batch, parameters };
  } catch (error) {
    if (error instanceof CannotAsk) return refused(input.file, 'cannot-ask', [error.message]);
    if (error instanceof TooLarge) return refused(input.file, 'too-large', [error.message]);
    throw error;
  }
}

const longestBatchName = 200;

/** Nobody has said where its results go: to the folder of the batch. */
const isOutput = (definition: ParameterDefinition, given: Readonly<Record<string, string>>): boolean =>
  isAutomatic(definition) && (given[definition.name] ?? '') === '';

/** A folder of results of which nobody needs to say where it is. */
export const isAutomatic = (definition: ParameterDefinition): boolean =>
  definition.type === 'PATH' &&
  definition.dataFlow === 'OUT' &&
  definition.objectType !== 'FILE' &&
  definition.default === null;

function refused(file: string, code: string, messages: readonly string[]): ResolvedTemplate {
  return {
    ok: false,
    problems: messages.map((message) => ({ code, file, ...startOfFile, path: '', message })),
  };
}
