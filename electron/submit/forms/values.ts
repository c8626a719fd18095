/** The values that a form has at first: those that come later count more. */
import type { Field, FieldGroup, Origin } from '../../../shared/ipc/forms';
import type { ParameterDefinition } from '../openjd/model';

export interface Layer {
  readonly origin: Origin;
  readonly values: Readonly<Record<string, string>>;
}

export interface FirstValues {
  /** Those that are not the default. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly origins: Readonly<Record<string, Origin>>;
}

export function firstValues(groups: readonly FieldGroup[], layers: readonly Layer[]): FirstValues {
  const parameters: Record<string, string> = {};
  const origins: Record<string, Origin> = {};
  for (const field of groups.flatMap(({ fields }) => fields)) {
    const { name } = field;
    for (const { origin, values } of layers.toReversed()) {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      // What the last time was right may not be so any more; what a person says now is theirs to mend.
      if (value === undefined || (origin === 'last' && !fits(field, value))) continue;
      if (value !== field.default) parameters[name] = value;
      if (value !== field.default || origin !== 'last') origins[name] = origin;
      break;
    }
  }
  return { parameters, origins };
}

function fits({ control }: Field, value: string): boolean {
  switch (control.kind) {
    case 'choice':
      return control.values.includes(value);
    case 'check':
      return value === control.on || value === control.off;
    case 'number': {
      const number = Number(value);
      const { least, most } = control;
      return (
        value.trim() !== '' &&
        Number.isFinite(number) &&
        (least === null || number >= Number(least)) &&
        (most === null || number <= Number(most))
      );
    }
    case 'line':
    case 'lines':
      return control.longest === null || value.length <= control.longest;
    case 'path':
    case 'hidden':
      return true;
  }
}

/**
 * What may be taken over from the last time where another file is opened now: nothing that belongs to that file, and no
 * path, as results would be written over those of the last time.
 */
export function rememberedApart(
  parameters: readonly ParameterDefinition[],
  values: Readonly<Record<string, string>>,
  ofFile: ReadonlySet<string>,
): Readonly<Record<string, string>> {
  const kept = parameters.filter(({ name, type }) => type !== 'PATH' && !ofFile.has(name));
  return Object.fromEntries(
    kept.flatMap(({ name }) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
