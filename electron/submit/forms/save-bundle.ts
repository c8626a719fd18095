/** A submission as a job bundle: a folder with a template and the values for its parameters. */
import { dirname, isAbsolute, resolve } from 'node:path';
import { stringify } from 'yaml';
import type { Submission } from '../../../shared/model/submission';
import type { ParameterDefinition } from '../openjd/model';

export interface TemplateParts {
  readonly text: string;
  readonly file: string;
  readonly parameters: readonly ParameterDefinition[];
}

/** The texts of its files, by name. Paths among the values become whole ones, as the bundle lies elsewhere. */
export function bundleOf(
  { text, file, parameters: definitions }: TemplateParts,
  { parameters, folder = dirname(file) }: Submission,
): Readonly<Record<string, string>> {
  const paths = new Set(definitions.filter(({ type }) => type === 'PATH').map(({ name }) => name));
  const parameterValues = Object.entries(parameters).map(([name, value]) => ({
    name,
    value: paths.has(name) && value !== '' && !isAbsolute(value) ? resolve(folder, value) : value,
  }));
  const isJson = text.trimStart().startsWith('{');
  return {
    [isJson ? 'template.json' : 'template.yaml']: text,
    'parameter_values.yaml': stringify({ parameterValues }, { lineWidth: 0 }),
  };
}
