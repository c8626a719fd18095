/** Small templates around the piece that a test is about. */
import { createJob } from './job';
import type { JobOptions } from './job';
import type { EnvironmentTemplate, Job, JobTemplate, Template } from './model';
import { parseTemplate } from './template';

/** Pieces of YAML or JSON; those that are left out are the plainest that are valid. */
export interface Pieces {
  readonly extensions?: string;
  readonly name?: string;
  readonly description?: string;
  readonly parameters?: string;
  readonly jobEnvironments?: string;
  /** Instead of the one step. */
  readonly steps?: string;
  readonly stepName?: string;
  readonly dependencies?: string;
  readonly stepEnvironments?: string;
  readonly hostRequirements?: string;
  readonly space?: string;
  readonly script?: string;
  /** Instead of the script's action. */
  readonly action?: string;
  readonly embeddedFiles?: string;
}

/** A job template, with each field on a line of its own. */
export function jobTemplate(pieces: Pieces = {}): string {
  const { action = '{ command: echo }', embeddedFiles } = pieces;
  const files = embeddedFiles === undefined ? '' : `, embeddedFiles: ${embeddedFiles}`;
  const step = flow({
    name: pieces.stepName ?? 'Step',
    dependencies: pieces.dependencies,
    stepEnvironments: pieces.stepEnvironments,
    hostRequirements: pieces.hostRequirements,
    parameterSpace: pieces.space,
    script: pieces.script ?? `{ actions: { onRun: ${action} }${files} }`,
  });
  return block({
    specificationVersion: 'jobtemplate-2023-09',
    extensions: pieces.extensions,
    name: pieces.name ?? 'Job',
    description: pieces.description,
    parameterDefinitions: pieces.parameters,
    jobEnvironments: pieces.jobEnvironments,
    steps: pieces.steps ?? `[${step}]`,
  });
}

export function environmentTemplate(
  environment = '{ name: Env, variables: { A: b } }',
  parameters?: string,
  extensions?: string,
): string {
  return block({
    specificationVersion: 'environment-2023-09',
    extensions,
    parameterDefinitions: parameters,
    environment,
  });
}

type Given = Readonly<Record<string, string | undefined>>;

const pairs = (fields: Given): string[] =>
  Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
const flow = (fields: Given): string => `{ ${pairs(fields).join(', ')} }`;
const block = (fields: Given): string => `${pairs(fields).join('\n')}\n`;

/** `steps[0].name: missing-field`, for each that there is. */
export function mistakesOf(text: string): readonly string[] {
  const parsed = parseTemplate(text, { file: 't.yaml' });
  return parsed.ok ? [] : parsed.problems.map(({ path, code }) => `${path}: ${code}`);
}

export function messagesOf(text: string): readonly string[] {
  const parsed = parseTemplate(text, { file: 't.yaml' });
  return parsed.ok ? [] : parsed.problems.map(({ message }) => message);
}

export function templateOf(text: string): Template {
  const parsed = parseTemplate(text, { file: 't.yaml' });
  if (!parsed.ok)
    throw new Error(parsed.problems.map(({ path, message }) => `${path}: ${message}`).join('\n'));
  return parsed.template;
}

export function jobTemplateOf(pieces: Pieces): JobTemplate {
  const template = templateOf(jobTemplate(pieces));
  if (template.kind !== 'job') throw new Error('this is no job template');
  return template;
}

export function environmentTemplateOf(text: string): EnvironmentTemplate {
  const template = templateOf(text);
  if (template.kind !== 'environment') throw new Error('this is no environment template');
  return template;
}

const nowhere: JobOptions = {
  environments: [],
  parameters: {},
  templateFolder: '/templates',
  folder: '/work',
};

/** The job, or what is wrong as `path: code`. */
export function jobOf(pieces: Pieces, options: Partial<JobOptions> = {}): Job | readonly string[] {
  const created = createJob(jobTemplateOf(pieces), { ...nowhere, ...options });
  return created.ok ? created.job : created.problems.map(({ path, code }) => `${path}: ${code}`);
}

export function validJob(pieces: Pieces, options: Partial<JobOptions> = {}): Job {
  const job = jobOf(pieces, options);
  if ('name' in job) return job;
  throw new Error(job.join('\n'));
}
