/** The hints of a parameter about the field in which a person gives its value. */
import { longestFilePattern, mostFileFilters } from './limits';
import type { FileFilter, ParameterDefinition } from './model';
import { readLabel, readText } from './texts';
import type { Fields, Value } from './value';

export interface Hints<Control extends string> {
  readonly fields: Fields | null;
  readonly label: string | null;
  readonly groupLabel: string | null;
  /** Null: not said. */
  readonly control: Control | null;
}

/** Controls that need allowed values, and those for any value; others can do with both. */
interface Controls<Control extends string> {
  readonly free: readonly Control[];
  readonly choosing: readonly Control[];
}

const hidden = ['HIDDEN'] as const;

export const controls = {
  STRING: { free: ['LINE_EDIT', 'MULTILINE_EDIT'], choosing: ['DROPDOWN_LIST', 'CHECK_BOX'] },
  PATH: {
    free: ['CHOOSE_INPUT_FILE', 'CHOOSE_OUTPUT_FILE', 'CHOOSE_DIRECTORY'],
    choosing: ['DROPDOWN_LIST'],
  },
  INT: { free: ['SPIN_BOX'], choosing: ['DROPDOWN_LIST'] },
  FLOAT: { free: ['SPIN_BOX'], choosing: ['DROPDOWN_LIST'] },
} as const satisfies Record<ParameterDefinition['type'], Controls<string>>;

/** `own`: the hints that only parameters of this type have. */
export function readHints<Control extends string>(
  definition: Fields | null,
  { free, choosing }: Controls<Control>,
  own: readonly string[] = [],
): Hints<Control | 'HIDDEN'> {
  const hasChoice = definition?.has('allowedValues') ?? false;
  const fields =
    definition?.optional('userInterface')?.fields(['control', 'label', 'groupLabel', ...own]) ?? null;
  const named = fields?.optional('control') ?? null;
  const control = named?.oneOf<Control | 'HIDDEN'>([...free, ...choosing, ...hidden]) ?? null;
  const includes = (list: readonly string[]): boolean => control !== null && list.includes(control);
  if (includes(free) && hasChoice)
    named?.problem(
      'bad-control',
      `${control} is for any value, and there are allowedValues; allowed is ${[...choosing, ...hidden].join(', ')}`,
    );
  if (includes(choosing) && !hasChoice)
    named?.problem('bad-control', `${control} needs allowedValues to choose from`);
  const label = fields?.optional('label') ?? null;
  const groupLabel = fields?.optional('groupLabel') ?? null;
  return {
    fields,
    control,
    label: label === null ? null : readLabel(label),
    groupLabel: groupLabel === null ? null : readLabel(groupLabel),
  };
}

/** A hint that is of use only with some of the controls. It may stand where no control is named. */
export function onlyWith(hints: Hints<string>, name: string, controlsOf: readonly string[]): Value | null {
  const value = hints.fields?.optional(name) ?? null;
  if (value !== null && hints.control !== null && !controlsOf.includes(hints.control))
    value.problem(
      'bad-control',
      `${name} is of no use with ${hints.control}; it goes with ${controlsOf.join(', ')}`,
    );
  return value;
}

const pairs: readonly (readonly [string, string])[] = [
  ['true', 'false'],
  ['yes', 'no'],
  ['on', 'off'],
  ['1', '0'],
];

export function isCheckBoxPair(values: readonly string[]): boolean {
  const [first = '', second = ''] = values.map((value) => value.toLowerCase());
  return (
    values.length === 2 &&
    pairs.some(([yes, no]) => (first === yes && second === no) || (first === no && second === yes))
  );
}

export function readFileFilters(value: Value): readonly FileFilter[] {
  const filters = value.list({ least: 0, most: mostFileFilters, of: 'file filters' }) ?? [];
  return filters.map(readFileFilter).filter((filter) => filter !== null);
}

export function readFileFilter(value: Value): FileFilter | null {
  const fields = value.fields(['label', 'patterns']);
  const named = fields?.required('label');
  const label = named ? readLabel(named) : null;
  const list = fields?.required('patterns')?.list({ of: 'patterns' }) ?? null;
  const patterns = list?.map(readPattern).filter((pattern) => pattern !== null);
  return label === null || patterns === undefined ? null : { label, patterns };
}

const patternForm = /^(?:\*|\*\.\*|\*\.[^\p{Cc}\\/*?[\]#%&{}<>$!'":@`|=]+)$/u;

function readPattern(value: Value): string | null {
  const pattern = readText(value, { least: 1, most: longestFilePattern });
  if (pattern === null || patternForm.test(pattern)) return pattern;
  return value.problem(
    'bad-pattern',
    () =>
      `found ${value.found()}; allowed are *, *.* and those like *.png, without signs that file names do not have`,
  );
}
