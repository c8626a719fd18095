/** A submission as a job bundle: a folder with a template and the values for its parameters. */
import { dirname, isAbsolute, resolve } from 'node:path';
import { stringify } from 'yaml';
import type { Submission } from '../../../shared/model/submission';
import type { ParameterDefinition } from '../openjd/model';

export interface Bundle {
  readonly files: Readonly<Record<string, string>>;
}

/** Paths among the values become whole ones, as the bundle lies elsewhere. */
export function bundleOf(
  template: { readonly text: string; readonly file: string; readonly parameters: readonly ParameterDefinition[] },
  { parameters, folder }: Submission,
): Bundle {
  const paths = new Set(template.parameters.filter(({ type }) => type === 'PATH').map(({ name }) => name));
  const from = folder ?? dirname(template.file);
  const parameterValues = Object.entries(parameters).map(([name, value]) => ({
    name,
    value: paths.has(name) && value !== '' && !isAbsolute(value) ? resolve(from, value) : value,
  }));
  const isJson = template.text.trimStart().startsWith('{');
  return {
    files: {
      [isJson ? 'template.json' : 'template.yaml']: template.text,
      'parameter_values.yaml': stringify({ parameterValues }, { lineWidth: 0 }),
    },
  };
}
