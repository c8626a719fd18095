/** From an OpenJD template and values for its parameters to a Batch of one job. */
import { resolve } from 'node:path';
import type { Problem } from '../../../shared/ipc/errors';
import { noRetry } from '../../../shared/model/retry';
import { recognised, type ProgressRule } from '../../../shared/model/progress';
import { sharedFiles } from '../../../shared/model/files';
import { usualTenant, type Batch } from '../../../shared/model/batch';
import type { CheckpointRule } from '../../../shared/model/checkpoint';
import type { JobKind } from '../../../shared/model/states';
import { taskCount } from '../../../shared/model/space';
import type { BatchPlaces } from '../batch-places';
import { pathInWords, type TextDocument } from '../document/document';
import { startOfFile } from '../document/problems';
import { thousands } from '../document/words';
import { mostTasks } from '../values/frames';
import { createJob, parametersOf } from '../openjd/job';
import type { Job as TemplateJob, JobTemplate, ParameterDefinition } from '../openjd/model';
import { parseTemplate } from '../openjd/template';
import { makeJob, type Around, type Made } from './job';
import { typedNames } from './names';
import { usual, type Wanted } from './requirements';
import type { Outputs } from './symbols';
import { TooLarge } from './spaces';

/**
 * By its first field or any other at the beginning of a line: what is wrong with it, its reader says.
 * Within a line, so that a file of empty lines is not gone through for each of them.
 */
export const isTemplate = (text: string): boolean =>
  /^[ \t]*(?:\{[ \t]*)?["']?specificationVersion["']?[ \t]*:/m.test(text.slice(0, longestHead));

const longestHead = 100_000;

export interface TemplateText extends TemplatePlace {
  readonly text: string;
}

export interface TemplatePlace {
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
  /** Of a job whose parameters are known; null: it has none. */
  readonly checkpoints: (job: TemplateJob, outputs: Outputs) => CheckpointRule | null;
}
export const plainManners: TemplateManners = {
  kind: 'command',
  progress: recognised,
  wanted: usual,
  checkpoints: () => null,
};

export type ResolvedTemplate =
  | {
      readonly ok: true;
      readonly batch: Batch;
      readonly parameters: Record<string, string>;
      readonly places: BatchPlaces;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export type OpenedTemplate =
  | {
      readonly ok: true;
      readonly job: TemplateJob;
      readonly outputs: Outputs;
      readonly inputs: readonly string[];
      readonly document: TextDocument;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Its parameters known; beside those that are given, `within` are those in which the output folder stands. */
export function openTemplate(
  input: TemplateText,
  given: Readonly<Record<string, string>>,
  within: Outputs,
): OpenedTemplate {
  const parsed = parseJobTemplate(input);
  return parsed.ok ? openParsed(parsed.template, input, given, within) : parsed;
}

type ParsedJob =
  | { readonly ok: true; readonly template: JobTemplate }
  | Extract<ResolvedTemplate, { ok: false }>;

function parseJobTemplate({ text, file }: TemplateText): ParsedJob {
  const parsed = parseTemplate(text, { file });
  if (!parsed.ok) return parsed;
  const { template } = parsed;
  return template.kind === 'job'
    ? { ok: true, template }
    : refused(
        file,
        'environment-template',
        'this is a template of an environment; a job can be made of a template with steps only',
      );
}

/** As openTemplate, of a template that has been read before. */
export function openParsed(
  template: JobTemplate,
  input: TemplatePlace,
  given: Readonly<Record<string, string>>,
  within: Outputs = new Map(),
): OpenedTemplate {
  const found = parametersOf(template, []);
  if (!found.ok) return found;
  const automatic = found.parameters.filter((one) => !within.has(one.name) && isOutput(one, given));
  const outputs: Outputs = new Map([...within, ...automatic.map(({ name }) => [name, ['', '']] as const)]);
  const known = Object.fromEntries(Object.entries(given).filter(([name]) => !outputs.has(name)));
  const standIns = Object.fromEntries([...outputs].map(([name, parts]) => [name, parts.join(resolve('/'))]));
  const created = createJob(template, {
    environments: [],
    parameters: { ...known, ...standIns },
    templateFolder: input.folder,
    folder: input.givenFrom,
  });
  if (!created.ok) return created;
  const inputs = found.parameters.filter((one) => isInput(one) && !outputs.has(one.name));
  return {
    ok: true,
    job: created.job,
    outputs,
    inputs: inputs.map(({ name }) => name),
    document: template.source.document,
  };
}

/** A Batch of its one job. */
export function resolveTemplate(
  input: TemplateText,
  given: Readonly<Record<string, string>>,
): ResolvedTemplate {
  const parsed = parseJobTemplate(input);
  return parsed.ok ? resolveParsed(parsed.template, input, given, plainManners) : parsed;
}

/** Of a template that has been read before. */
export function resolveParsed(
  template: JobTemplate,
  input: TemplatePlace,
  given: Readonly<Record<string, string>>,
  manners: TemplateManners,
): ResolvedTemplate {
  const opened = openParsed(template, input, given);
  if (!opened.ok) return opened;
  const { job, outputs, inputs, document } = opened;
  const [name = ''] = typedNames([job.name]);
  const checkpoints = manners.checkpoints(job, outputs);
  const made = tryMakeJob(job, name, {
    ...{ wanted: manners.wanted, outputs, inputs, retry: noRetry, timeoutMs: null, preemptible: false },
    ...{ progress: manners.progress, files: sharedFiles, folder: '/', environment: {} },
    ...(checkpoints === null ? {} : { checkpoints }),
  });
  if (!made.ok) return refused(input.file, made.code, made.message);
  const { steps, dependencies } = made;
  const tasks = steps.reduce((sum, { space }) => sum + taskCount(space), 0);
  if (tasks > mostTasks)
    return refused(
      input.file,
      'too-many-tasks',
      `the job has ${thousands(tasks)} tasks; a batch may have ${thousands(mostTasks)}`,
    );
  const parameters = Object.fromEntries(
    job.parameters.map((one) => [one.name, outputs.has(one.name) ? '' : one.value]),
  );
  const batch: Batch = {
    ...{ recipe: input.recipe, output: null, tenant: usualTenant, dependencies },
    name: job.name.replaceAll(/\s+/g, ' ').slice(0, longestBatchName),
    jobs: [{ name, kind: manners.kind, priority: 'MEDIUM', deadline: null, most: null, steps }],
  };
  const places: BatchPlaces = ({ step }) => {
    const index = steps.findIndex((one) => one.name === step);
    const path = index < 0 ? [] : ['steps', index];
    return { file: input.file, ...document.place(path), path: pathInWords(path) };
  };
  return { ok: true, batch, parameters, places };
}

export type TriedJob =
  | ({ readonly ok: true } & Made)
  | { readonly ok: false; readonly code: string; readonly message: string };

export function tryMakeJob(job: TemplateJob, name: string, around: Around): TriedJob {
  try {
    return { ok: true, ...makeJob(job, name, around) };
  } catch (error) {
    if (error instanceof TooLarge) return { ok: false, code: 'too-large', message: error.message };
    throw error;
  }
}

const longestBatchName = 200;

const isInput = (definition: ParameterDefinition): boolean =>
  definition.type === 'PATH' && (definition.dataFlow === 'IN' || definition.dataFlow === 'INOUT');

/** Nobody has said where its results go: to the folder of the batch. */
const isOutput = (definition: ParameterDefinition, given: Readonly<Record<string, string>>): boolean =>
  isAutomatic(definition) && (given[definition.name] ?? '') === '';

/** A folder of results of which nobody needs to say where it is. */
export const isAutomatic = (definition: ParameterDefinition): boolean =>
  definition.type === 'PATH' &&
  definition.dataFlow === 'OUT' &&
  definition.objectType !== 'FILE' &&
  definition.default === null;

function refused(
  file: string,
  code: string,
  message: string,
): { readonly ok: false; readonly problems: readonly Problem[] } {
  return { ok: false, problems: [{ code, file, ...startOfFile, path: '', message }] };
}
