/** The parameters of a job, as a template defines them. */
import type { Complaint, NumericLimits, TextLimits } from './constraints';
import {
  longerThanAny,
  numeric,
  numericLimits,
  outOfRange,
  wrongLength,
  wrongNumber,
  wrongText,
} from './constraints';
import type {
  Float,
  FloatParameter,
  IntParameter,
  ParameterDefinition,
  PathParameter,
  StringParameter,
} from './model';
import { namesOf } from './scope';
import type { DeclaredNames } from './scope';
import { isIdentifier } from './characters';
import { readDescription, readIdentifier, reportDuplicates } from './texts';
import {
  controls,
  isCheckBoxPair,
  onlyWith,
  readFileFilter,
  readFileFilters,
  readHints,
} from './user-interface';
import type { Fields, Value } from './value';

const types = ['STRING', 'PATH', 'INT', 'FLOAT'] as const;
const typesOfExpr = /^(?:BOOL|RANGE_EXPR|LIST\[(?:STRING|PATH|INT|FLOAT|BOOL|LIST\[INT\])\])$/;

export function readParameters(value: Value | null, most: number): readonly ParameterDefinition[] {
  const list = value?.list({ most, of: 'parameters' }) ?? [];
  reportDuplicates(
    list.map((item) => item.fieldNamed('name')),
    'parameter',
  );
  return list.map(readParameter).filter((parameter) => parameter !== null);
}

/** The names that format strings may use; also of those parameters with which something is wrong. */
export function declaredNames(value: Value | null): DeclaredNames {
  const parameters: string[] = [];
  const paths = new Set<string>();
  const items = value?.located.kind === 'list' ? value.located.items : [];
  for (const item of items) {
    if (item.kind !== 'map') continue;
    const name = item.entries.get('name')?.value;
    const type = item.entries.get('type')?.value;
    if (name?.kind !== 'scalar' || typeof name.value !== 'string' || !isIdentifier(name.value)) continue;
    parameters.push(name.value);
    if (type?.kind === 'scalar' && type.value === 'PATH') paths.add(name.value);
  }
  return namesOf(parameters, paths);
}

function readParameter(value: Value): ParameterDefinition | null {
  const type = typeOf(value);
  switch (type) {
    case null:
      return null;
    case 'STRING':
      return readString(value);
    case 'PATH':
      return readPath(value);
    case 'INT':
      return readInt(value);
    case 'FLOAT':
      return readFloat(value);
  }
}

function typeOf(value: Value): (typeof types)[number] | null {
  const named = value.fieldNamed('type');
  if (value.located.kind !== 'map') return value.wrong('a map of names to values');
  if (named === null) return value.problem('missing-field', 'the field type is missing');
  if (named.isText() && typesOfExpr.test(named.text() ?? '')) {
    named.needs('EXPR', `the type ${named.text() ?? ''}`);
    return null;
  }
  return named.oneOf(types);
}

const common = ['name', 'type', 'description', 'default', 'allowedValues', 'userInterface'];

function readCommon(fields: Fields | null): {
  readonly name: string | null;
  readonly description: string | null;
} {
  const name = fields?.required('name');
  const description = fields?.optional('description') ?? null;
  return {
    name: name ? readIdentifier(name) : null,
    description: description === null ? null : readDescription(description),
  };
}

function readString(value: Value): StringParameter | null {
  const fields = value.fields([...common, 'minLength', 'maxLength']);
  const { name, description } = readCommon(fields);
  const texts = readTexts(fields);
  const hints = readHints(fields, controls.STRING);
  if (hints.control === 'CHECK_BOX' && texts.allowedValues !== null && !isCheckBoxPair(texts.allowedValues))
    fields
      ?.optional('allowedValues')
      ?.problem(
        'bad-control',
        'a CHECK_BOX needs two allowed values: true and false, yes and no, on and off, or 1 and 0',
      );
  if (name === null) return null;
  const { label, groupLabel } = hints;
  const control = hints.control ?? (texts.allowedValues === null ? 'LINE_EDIT' : 'DROPDOWN_LIST');
  return { type: 'STRING', name, description, label, groupLabel, control, ...texts };
}

function readPath(value: Value): PathParameter | null {
  const fields = value.fields([...common, 'minLength', 'maxLength', 'objectType', 'dataFlow']);
  const { name, description } = readCommon(fields);
  const texts = readTexts(fields);
  const objectType = fields?.optional('objectType')?.oneOf(['FILE', 'DIRECTORY'] as const) ?? null;
  const dataFlow = fields?.optional('dataFlow')?.oneOf(['NONE', 'IN', 'OUT', 'INOUT'] as const) ?? null;
  const hints = readHints(fields, controls.PATH, ['fileFilters', 'fileFilterDefault']);
  const choosers = ['CHOOSE_INPUT_FILE', 'CHOOSE_OUTPUT_FILE'];
  const filters = onlyWith(hints, 'fileFilters', choosers);
  const first = onlyWith(hints, 'fileFilterDefault', choosers);
  const fileFilters = filters === null ? [] : readFileFilters(filters);
  const fileFilterDefault = first === null ? null : readFileFilter(first);
  if (name === null) return null;
  const { label, groupLabel } = hints;
  const control = hints.control ?? pathControl(objectType, dataFlow, texts.allowedValues);
  return {
    type: 'PATH',
    ...{
      name,
      description,
      label,
      groupLabel,
      control,
      objectType,
      dataFlow,
      fileFilters,
      fileFilterDefault,
    },
    ...texts,
  };
}

/** What a person gets who is told nothing else. */
export function pathControl(
  objectType: PathParameter['objectType'],
  dataFlow: PathParameter['dataFlow'],
  allowedValues: PathParameter['allowedValues'],
): PathParameter['control'] {
  if (allowedValues !== null) return 'DROPDOWN_LIST';
  if (objectType !== 'FILE') return 'CHOOSE_DIRECTORY';
  return dataFlow === 'OUT' ? 'CHOOSE_OUTPUT_FILE' : 'CHOOSE_INPUT_FILE';
}

function readTexts(fields: Fields | null): TextLimits & { readonly default: string | null } {
  const shortest = fields?.optional('minLength') ?? null;
  const minLength = shortest?.number({ whole: true, least: 0 }) ?? null;
  const longest = fields?.optional('maxLength') ?? null;
  const maxLength = longest?.number({ whole: true, least: 1 }) ?? null;
  if (minLength !== null && maxLength !== null && minLength > maxLength)
    longest?.problem('out-of-range', `found ${maxLength}, which is less than minLength, ${minLength}`);
  const limits = { minLength, maxLength };
  const allowedValues = readAllowed(fields, (value) => {
    const text = value.text();
    return text === null ? null : checked(value, text, longerThanAny(text) ?? wrongLength(text, limits));
  });
  const given = fields?.optional('default') ?? null;
  const text = given?.text() ?? null;
  return {
    ...{ minLength, maxLength, allowedValues },
    default:
      given === null || text === null
        ? null
        : checked(given, text, longerThanAny(text) ?? wrongText(text, { ...limits, allowedValues })),
  };
}

function readInt(value: Value): IntParameter | null {
  const fields = value.fields([...common, 'minValue', 'maxValue']);
  const { name, description } = readCommon(fields);
  const minValue = fields?.optional('minValue')?.integer() ?? null;
  const maxValue = fields?.optional('maxValue')?.integer() ?? null;
  const limits = numericLimits({ minValue, maxValue, allowedValues: null });
  reportOrder(fields, limits);
  const allowedValues = readAllowed(fields, (item) => {
    const integer = item.integer();
    return integer === null ? null : checked(item, integer, outOfRange(numeric(integer), limits));
  });
  const given = fields?.optional('default') ?? null;
  const integer = given?.integer() ?? null;
  const all = numericLimits({ minValue, maxValue, allowedValues });
  const standard =
    given === null || integer === null ? null : checked(given, integer, wrongNumber(numeric(integer), all));
  const hints = readHints(fields, controls.INT, ['singleStepDelta']);
  const delta = onlyWith(hints, 'singleStepDelta', ['SPIN_BOX']);
  const singleStepDelta = delta?.number({ whole: true, least: 1 }) ?? null;
  if (name === null) return null;
  const { label, groupLabel } = hints;
  const control = hints.control ?? (allowedValues === null ? 'SPIN_BOX' : 'DROPDOWN_LIST');
  return {
    type: 'INT',
    ...{ name, description, label, groupLabel, control, singleStepDelta },
    ...{ minValue, maxValue, allowedValues, default: standard },
  };
}

function readFloat(value: Value): FloatParameter | null {
  const fields = value.fields([...common, 'minValue', 'maxValue']);
  const { name, description } = readCommon(fields);
  const minValue = fields?.optional('minValue')?.float() ?? null;
  const maxValue = fields?.optional('maxValue')?.float() ?? null;
  const limits = numericLimits({ minValue, maxValue, allowedValues: null });
  reportOrder(fields, limits);
  const allowedValues = readAllowed(fields, (item) => {
    const float = item.float();
    return float === null ? null : checked(item, float, outOfRange(float, limits));
  });
  const given = fields?.optional('default') ?? null;
  const float = given?.float() ?? null;
  const all = numericLimits({ minValue, maxValue, allowedValues });
  const standard: Float | null =
    given === null || float === null ? null : checked(given, float, wrongNumber(float, all));
  const hints = readHints(fields, controls.FLOAT, ['decimals', 'singleStepDelta']);
  const delta = onlyWith(hints, 'singleStepDelta', ['SPIN_BOX']);
  const singleStepDelta = delta?.number({ whole: false, least: 0, above: true }) ?? null;
  const decimals = onlyWith(hints, 'decimals', ['SPIN_BOX'])?.number({ whole: true, least: 0 }) ?? null;
  if (name === null) return null;
  const { label, groupLabel } = hints;
  const control = hints.control ?? (allowedValues === null ? 'SPIN_BOX' : 'DROPDOWN_LIST');
  return {
    type: 'FLOAT',
    ...{ name, description, label, groupLabel, control, singleStepDelta, decimals },
    ...{ minValue, maxValue, allowedValues, default: standard },
  };
}

/** Null: none are named, or something is wrong with one of them. */
function readAllowed<Item>(
  fields: Fields | null,
  read: (value: Value) => Item | null,
): readonly Item[] | null {
  const list = fields?.optional('allowedValues')?.list({ of: 'values' }) ?? null;
  const items = list?.map(read).filter((item) => item !== null);
  return items === undefined || items.length < (list?.length ?? 0) ? null : items;
}

function reportOrder(fields: Fields | null, { minValue, maxValue }: NumericLimits): void {
  if (minValue !== null && maxValue !== null && minValue.value > maxValue.value)
    fields
      ?.optional('maxValue')
      ?.problem('out-of-range', `found ${maxValue.text}, which is less than minValue, ${minValue.text}`);
}

/** The value, also when something is wrong with it: then that has been reported. */
function checked<Item>(value: Value, item: Item, complaint: Complaint): Item {
  if (complaint !== null) value.problem('out-of-range', complaint);
  return item;
}
