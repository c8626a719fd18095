/** From the definitions of a template's parameters to the fields of a form. */
import type { Control, Field, FieldCondition, FieldGroup } from '../../../shared/ipc/forms';
import { isAutomatic } from '../templates/read-template';
import type { JobTemplate, ParameterDefinition } from '../openjd/model';
import { placesOf } from './places';

export interface Hints {
  /** When a field is there; missing: always. */
  readonly when: ReadonlyMap<string, FieldCondition>;
  /** What may well be meant, by the field. */
  readonly suggestions: ReadonlyMap<string, readonly string[]>;
}
export const noHints: Hints = { when: new Map(), suggestions: new Map() };

/** In the order of the template; a group stands where its first field does. */
export function fieldGroups(
  template: JobTemplate,
  parameters: readonly ParameterDefinition[],
  hints: Hints,
): readonly FieldGroup[] {
  const places = placesOf(template.source.document);
  const ranges = rangeParameters(template);
  const groups = new Map<string | null, Field[]>([[null, []]]);
  for (const parameter of parameters) {
    const { name, label, description, groupLabel } = parameter;
    const fields = groups.get(groupLabel) ?? [];
    groups.set(groupLabel, fields);
    fields.push({
      name,
      description,
      label: label ?? spaced(name),
      control: controlOf(parameter, ranges.has(name), hints.suggestions.get(name) ?? []),
      default: defaultOf(parameter),
      isOptional: isAutomatic(parameter),
      when: hints.when.get(name) ?? null,
      places: places.get(name) ?? [],
    });
  }
  return [...groups].map(([title, fields]) => ({ title, fields })).filter(({ fields }) => fields.length > 0);
}

export function defaultOf(parameter: ParameterDefinition): string | null {
  if (parameter.default === null) return null;
  return parameter.type === 'FLOAT' ? parameter.default.text : String(parameter.default);
}

/** `OutputDir` is `Output dir`, `GPUCount` is `GPU count`. */
export function spaced(name: string): string {
  const words = name
    .replaceAll('_', ' ')
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ')
    .split(' ')
    .filter((word) => word !== '');
  return words
    .map((word, index) => (index === 0 || /^[A-Z0-9]{2,}$/.test(word) ? word : word.toLowerCase()))
    .join(' ');
}

/** Those whose value is a range of a step's tasks as it stands. */
function rangeParameters({ steps }: JobTemplate): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { parameterSpace } of steps) {
    for (const { range } of parameterSpace?.parameters ?? []) {
      if (range.kind !== 'expression') continue;
      const [only, ...others] = range.expression.segments;
      const name = only?.kind === 'value' ? /^(?:Raw)?Param\.(.+)$/.exec(only.symbol)?.[1] : undefined;
      if (name !== undefined && others.length === 0) found.add(name);
    }
  }
  return found;
}

function controlOf(
  parameter: ParameterDefinition,
  isRange: boolean,
  suggestions: readonly string[],
): Control {
  const { allowedValues } = parameter;
  switch (parameter.control) {
    case 'HIDDEN':
      return { kind: 'hidden' };
    case 'DROPDOWN_LIST':
      return { kind: 'choice', values: (allowedValues ?? []).map(asTyped) };
    case 'CHECK_BOX':
      return checkBox(parameter.allowedValues?.map(asTyped) ?? []);
    case 'LINE_EDIT':
      return {
        kind: 'line',
        holds: isRange ? 'ranges' : 'text',
        suggestions,
        longest: parameter.maxLength,
      };
    case 'MULTILINE_EDIT':
      return { kind: 'lines', longest: parameter.maxLength };
    case 'SPIN_BOX':
      return numberOf(parameter);
    case 'CHOOSE_INPUT_FILE':
    case 'CHOOSE_OUTPUT_FILE': {
      const { fileFilters, fileFilterDefault: first } = parameter;
      const others = fileFilters.filter(({ label }) => label !== first?.label);
      return {
        kind: 'path',
        pick: parameter.control === 'CHOOSE_INPUT_FILE' ? 'file' : 'newFile',
        filters: first === null ? others : [first, ...others],
      };
    }
    case 'CHOOSE_DIRECTORY':
      return { kind: 'path', pick: 'folder', filters: [] };
  }
}

const asTyped = (value: string | bigint | { readonly text: string }): string =>
  typeof value === 'object' ? value.text : String(value);

const yes = /^(?:true|yes|on|1)$/i;

function checkBox(values: readonly string[]): Control {
  const on = values.find((value) => yes.test(value));
  const off = values.find((value) => !yes.test(value));
  return on === undefined || off === undefined ? { kind: 'choice', values } : { kind: 'check', on, off };
}

/** With more steps than this, a slider is no help. */
const mostSteps = 100;

function numberOf(parameter: ParameterDefinition & { readonly type: 'INT' | 'FLOAT' }): Control {
  const isWhole = parameter.type === 'INT';
  const decimals = isWhole ? 0 : parameter.decimals;
  const least = parameter.minValue === null ? null : asTyped(parameter.minValue);
  const most = parameter.maxValue === null ? null : asTyped(parameter.maxValue);
  const span = least === null || most === null ? null : Number(most) - Number(least);
  const step = parameter.singleStepDelta ?? (isWhole ? 1 : stepWithin(span, decimals));
  const isSlider = span !== null && span > 0 && span / step <= mostSteps;
  return { kind: 'number', isWhole, least, most, step, decimals, isSlider };
}

/** Where nobody says: a hundredth of a known range, as a power of ten, or the last digit that is shown. */
function stepWithin(span: number | null, decimals: number | null): number {
  if (span !== null && span > 0 && Number.isFinite(span)) return 10 ** Math.ceil(Math.log10(span) - 2);
  return decimals === null ? 1 : 10 ** -Math.min(decimals, 15);
}
