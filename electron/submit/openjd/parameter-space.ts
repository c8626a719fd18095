/** The parameters of a step's tasks, as a template defines them. */
import { isIdentifier } from './characters';
import { associatedNames, countCombinations, parseCombination, productOf } from './combination';
import { isPlain } from './format';
import { longestValue, mostRangeValues, mostTaskParameters } from './limits';
import type {
  Chunks,
  Combination,
  FormatString,
  ParameterSpaceTemplate,
  RangeTemplate,
  TaskParameterTemplate,
  Written,
} from './model';
import { aNumber, anInteger, chunkCountRule, chunkSecondsRule, parseFloat64, parseInteger } from './numbers';
import { parseRanges, sequenceOf } from './ranges';
import type { Scope } from './scope';
import { readFormat } from './scope';
import { readIdentifier, reportDuplicates } from './texts';
import type { Value } from './value';
import { readWritten } from './written';

/** The names that format strings may use; also of those parameters with which something is wrong. */
export function taskParameterNames(space: Value | null): readonly string[] {
  const list = space?.fieldNamed('taskParameterDefinitions')?.located;
  const items = list?.kind === 'list' ? list.items : [];
  return items.flatMap((item) => {
    const name = item.kind === 'map' ? item.entries.get('name')?.value : undefined;
    return name?.kind === 'scalar' && typeof name.value === 'string' && isIdentifier(name.value)
      ? [name.value]
      : [];
  });
}

export function readSpace(value: Value, scope: Scope): ParameterSpaceTemplate | null {
  const fields = value.fields(['taskParameterDefinitions', 'combination']);
  const defined = fields?.required('taskParameterDefinitions');
  const list = defined?.list({ most: mostTaskParameters, of: 'task parameters' }) ?? [];
  reportDuplicates(
    list.map((item) => item.fieldNamed('name')),
    'task parameter',
  );
  const read = list.map((item) => readTaskParameter(item, scope));
  const parameters = read.filter((parameter) => parameter !== null);
  const first = read.findIndex(isChunked);
  for (const [index, item] of list.entries())
    if (index > first && isChunked(read[index]))
      item.problem('too-many', 'this is the second parameter in chunks; at most one is allowed');
  const names = taskParameterNames(value);
  const combined = fields?.optional('combination') ?? null;
  const combination = combined === null ? productOf(names) : readCombination(combined, names, parameters);
  if (combination === null || parameters.length < list.length) return null;
  const counts = countCombinations(combination, (name) => literalCount(parameters, name) ?? 1n);
  const known = parameters.every(({ name }) => literalCount(parameters, name) !== null);
  if (known && typeof counts !== 'bigint') combined?.problem('unequal-counts', counts.message);
  return { parameters, combination };
}

const isChunked = (parameter: TaskParameterTemplate | null | undefined): boolean =>
  parameter?.type === 'CHUNK[INT]';

function readCombination(
  value: Value,
  names: readonly string[],
  parameters: readonly TaskParameterTemplate[],
): Combination | null {
  const text = value.text();
  if (text === null) return null;
  const parsed = parseCombination(text, names);
  if (!parsed.ok) {
    for (const { code, piece, index, message } of parsed.mistakes)
      value.problemIn(code, piece, index, message);
    return null;
  }
  const associated = associatedNames(parsed.combination);
  for (const { name } of parameters.filter(isChunked))
    if (associated.includes(name))
      value.problem(
        'bad-combination',
        `${name} is in chunks, and cannot go together with others in ( , ); * is allowed`,
      );
  return parsed.combination;
}

/** How many values it has, if that is known before a job is made. */
function literalCount(parameters: readonly TaskParameterTemplate[], name: string): bigint | null {
  const range = parameters.find((parameter) => parameter.name === name)?.range;
  if (range === undefined) return null;
  if (range.kind === 'list') return BigInt(range.values.length);
  const parsed = isPlain(range.expression) ? parseRanges(range.expression.text) : null;
  return parsed?.ok === true ? sequenceOf(parsed.ranges).count : null;
}

const types = ['INT', 'FLOAT', 'STRING', 'PATH'] as const;
const chunked = 'CHUNK[INT]';

function readTaskParameter(value: Value, scope: Scope): TaskParameterTemplate | null {
  const sort = value.fieldNamed('type');
  const inChunks = sort?.located.kind === 'scalar' && sort.located.value === chunked;
  const fields = value.fields(['name', 'type', 'range', ...(inChunks ? ['chunks'] : [])]);
  const named = fields?.required('name');
  const name = named ? readIdentifier(named) : null;
  const typed = fields?.required('type');
  const ranged = fields?.required('range');
  if (inChunks) {
    const allowed = typed?.needs('TASK_CHUNKING', `the type ${chunked}`) ?? false;
    const range = ranged ? readIntRange(ranged, scope) : null;
    const cut = fields?.required('chunks');
    const chunks = cut ? readChunks(cut, scope) : null;
    return name === null || range === null || chunks === null || !allowed
      ? null
      : { type: chunked, name, range, chunks };
  }
  const type = typed?.oneOf(types) ?? null;
  if (type === null || !ranged) return null;
  const range = type === 'INT' ? readIntRange(ranged, scope) : readList(ranged, scope, type);
  return name === null || range === null ? null : { type, name, range };
}

function readChunks(value: Value, scope: Scope): Chunks<Written> | null {
  const fields = value.fields(['defaultTaskCount', 'targetRuntimeSeconds', 'rangeConstraint']);
  const count = fields?.required('defaultTaskCount');
  const defaultTaskCount = count ? readWritten(count, chunkCountRule, scope, null) : null;
  const seconds = fields?.optional('targetRuntimeSeconds') ?? null;
  const targetRuntimeSeconds = seconds === null ? null : readWritten(seconds, chunkSecondsRule, scope, null);
  const rangeConstraint =
    fields?.required('rangeConstraint')?.oneOf(['CONTIGUOUS', 'NONCONTIGUOUS'] as const) ?? null;
  return defaultTaskCount === null || rangeConstraint === null
    ? null
    : { defaultTaskCount, targetRuntimeSeconds, rangeConstraint };
}

function readIntRange(value: Value, scope: Scope): RangeTemplate | null {
  if (!value.isText()) return readList(value, scope, 'INT');
  const expression = readFormat(value, scope);
  if (expression === null) return null;
  if (!isPlain(expression)) return { kind: 'expression', expression };
  const parsed = parseRanges(expression.text);
  return parsed.ok
    ? { kind: 'expression', expression }
    : value.problemIn('bad-range', parsed.piece, parsed.index, parsed.message);
}

type ListedType = (typeof types)[number];

function readList(value: Value, scope: Scope, type: ListedType): RangeTemplate | null {
  if (value.located.kind !== 'list')
    return value.wrong(type === 'INT' ? 'a list of values or a range such as 1-10:2' : 'a list of values');
  const list = value.list({ most: mostRangeValues, of: 'values' });
  const values = list?.map((item) => readListed(item, scope, type)).filter((each) => each !== null);
  return values === undefined || values.length < (list?.length ?? 0) ? null : { kind: 'list', values };
}

function readListed(value: Value, scope: Scope, type: ListedType): FormatString | null {
  const number = type === 'INT' || type === 'FLOAT' ? value.numberText() : null;
  // A list of texts may have an empty one; an empty path leads nowhere.
  const least = type === 'PATH' ? 1 : 0;
  const format =
    number === null ? readFormat(value, scope, { least, most: longestValue }) : plain(value, number);
  if (format === null || !isPlain(format)) return format;
  const allowed = allowedInstead(format.text, type);
  return allowed === null ? format : value.wrong(allowed);
}

const plain = (value: Value, text: string): FormatString => ({
  text,
  segments: [{ kind: 'text', text }],
  path: value.path,
});

/** What is allowed instead; null: it is. */
export function allowedInstead(text: string, type: TaskParameterTemplate['type']): string | null {
  if ((type === 'INT' || type === 'CHUNK[INT]') && parseInteger(text) === null) return anInteger;
  return type === 'FLOAT' && parseFloat64(text) === null ? aNumber : null;
}
