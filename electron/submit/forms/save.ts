/**
 * What was filled in as a folder that can be submitted from wherever it lies: a template and a file of values, as
 * others read them too, and a recipe that also has what only Drover knows.
 */
import { dirname, isAbsolute, resolve } from 'node:path';
import { parse, stringify } from 'yaml';
import { builtInParameters, usualTenant, type Batch } from '../../../shared/model/batch';
import type { Submission } from '../../../shared/model/submission';
import type { ParameterDefinition } from '../openjd/model';
import type { Preset } from '../presets/preset';
import { needsOf } from '../presets/submit-preset';

export interface TemplateParts {
  readonly text: string;
  readonly file: string;
  readonly parameters: readonly ParameterDefinition[];
  /** Null: it is of no preset. */
  readonly preset: Preset | null;
}

/** The texts of its files, by name. `batch`: what it makes; null: something is still wrong, so there is no recipe. */
export function filesToSave(
  template: TemplateParts,
  submission: Submission,
  batch: Batch | null,
): Readonly<Record<string, string>> {
  const values = wholePaths(template, submission);
  const parameterValues = Object.entries(values).map(([name, value]) => ({ name, value }));
  const templateName = template.text.trimStart().startsWith('{') ? 'template.json' : 'template.yaml';
  return {
    [templateName]: template.text,
    'parameter_values.yaml': inYaml({ parameterValues }),
    ...(batch === null ? {} : { 'recipe.yaml': inYaml(recipeOf(batch, values, templateName, template)) }),
  };
}

/** A recipe as people read and change it. */
export const recipeToSave = (text: string): string =>
  text.trimStart().startsWith('{') ? inYaml(JSON.parse(text)) : text;

function inYaml(value: unknown): string {
  const text = stringify(value, { lineWidth: 0 });
  // Blocks of lines lose some blanks: what has such is written between quotes.
  return JSON.stringify(parse(text)) === JSON.stringify(value)
    ? text
    : stringify(value, { lineWidth: 0, blockQuote: false });
}

/** Paths become whole ones, as the folder that they were relative to is another one. */
function wholePaths(
  { file, parameters: definitions }: TemplateParts,
  { parameters, folder = dirname(file) }: Submission,
): Readonly<Record<string, string>> {
  const paths = new Set(definitions.filter(({ type }) => type === 'PATH').map(({ name }) => name));
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      paths.has(name) && value !== '' && !isAbsolute(value) ? resolve(folder, value) : value,
    ]),
  );
}

function recipeOf(
  { name, tenant, jobs }: Batch,
  values: Readonly<Record<string, string>>,
  template: string,
  { preset }: TemplateParts,
): unknown {
  const [job] = jobs;
  if (job === undefined) throw new Error('a batch of a template has no job');
  const { kind, priority, deadline } = job;
  const { given, parameters } = literally(values);
  return {
    drover: 1,
    batch: name,
    ...(tenant === usualTenant ? {} : { tenant }),
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
    jobs: {
      [job.name]: {
        ...(kind === 'command' ? {} : { kind }),
        ...(priority === 'MEDIUM' ? {} : { priority }),
        ...(deadline === null ? {} : { deadline: new Date(deadline).toISOString().replace(/\.\d+Z$/, 'Z') }),
        ...(preset === null ? {} : mannersOf(preset, values)),
        template,
        parameters: given,
      },
    },
  };
}

function mannersOf(
  preset: Preset,
  values: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  const { resources, progress } = preset;
  const needs = needsOf(preset, values);
  return {
    resources: { cpu: resources.cpu, memory: `${resources.memoryMiB} MiB` },
    ...(needs.length === 0 ? {} : { needs: { all: needs } }),
    ...(progress.kind === 'program' ? { progress: progress.program } : {}),
    ...(progress.kind === 'pattern' ? { progress: { pattern: progress.pattern } } : {}),
    ...(progress.kind === 'none' ? { progress: 'none' } : {}),
  };
}

/** In a recipe `{{` begins the name of a value; values of parameters are never looked through. */
function literally(values: Readonly<Record<string, string>>): {
  readonly given: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
} {
  const taken = new Set<string>(builtInParameters);
  const parameters: Record<string, string> = {};
  const given = Object.entries(values).map(([name, value]): [string, string] => {
    if (!value.includes('{{')) return [name, value];
    let own = name;
    while (taken.has(own)) own += '_';
    taken.add(own);
    parameters[own] = value;
    return [name, `{{${own}}}`];
  });
  return { given: Object.fromEntries(given), parameters };
}
