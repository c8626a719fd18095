import type { Path } from '../document/document';
import { quote } from '../document/words';
import { longestValue } from './limits';
import type {
  Chunks,
  FormatString,
  IntRange,
  KnownValues,
  ParameterSpace,
  ParameterSpaceTemplate,
  TaskParameterTemplate,
  Written,
} from './model';
import { chunkCountRule, chunkSecondsRule, parseFloat64, parseInteger } from './numbers';
import { allowedInstead } from './parameter-space';
import { parseRanges } from './ranges';
import type { Resolver } from './resolver';
import { makeSpace } from './space';
import type { KnownParameter } from './space';

/** Null, and a problem, when its values cannot be combined. */
export function resolveSpace(
  template: ParameterSpaceTemplate | null,
  path: Path,
  resolver: Resolver,
): ParameterSpace | null {
  const { parameters, combination } = template ?? single;
  const known = parameters.map((parameter) => resolveParameter(parameter, resolver));
  const whole = known.filter((parameter) => parameter !== null);
  if (whole.length < known.length) return null;
  const made = makeSpace(whole, combination);
  return made.ok ? made.space : resolver.problem([...path, 'combination'], 'unequal-counts', made.message);
}

/** A step without parameters has one task. */
const single: ParameterSpaceTemplate = { parameters: [], combination: { kind: 'product', of: [] } };

function resolveParameter(parameter: TaskParameterTemplate, resolver: Resolver): KnownParameter | null {
  const { name, type } = parameter;
  const values = resolveValues(parameter, resolver);
  if (parameter.type !== 'CHUNK[INT]' || values?.kind !== 'ranges')
    return values === null ? null : { name, type, values };
  const chunks = resolveChunks(parameter.chunks, resolver);
  return chunks === null ? null : { name, type, values: { kind: 'chunks', ranges: values.ranges, chunks } };
}

function resolveChunks(chunks: Chunks<Written>, resolver: Resolver): Chunks | null {
  const { rangeConstraint, targetRuntimeSeconds: seconds } = chunks;
  const defaultTaskCount = resolver.number(chunks.defaultTaskCount, chunkCountRule);
  const targetRuntimeSeconds = seconds === null ? null : resolver.number(seconds, chunkSecondsRule);
  return defaultTaskCount === null ? null : { defaultTaskCount, targetRuntimeSeconds, rangeConstraint };
}

function resolveValues({ type, range }: TaskParameterTemplate, resolver: Resolver): KnownValues | null {
  if (range.kind === 'expression') {
    const ranges = resolveExpression(range.expression, resolver);
    return ranges === null ? null : { kind: 'ranges', ranges };
  }
  const resolved = range.values.map((format) => resolveListed(format, type, resolver));
  const texts = resolved.filter((text) => text !== null);
  if (texts.length < resolved.length) return null;
  if (type !== 'INT' && type !== 'CHUNK[INT]') return { kind: 'texts', texts };
  const numbers = texts.map((text) => parseInteger(text) ?? 0n);
  return { kind: 'ranges', ranges: numbers.map((value) => ({ start: value, end: value, step: 1n })) };
}

function resolveExpression(format: FormatString, resolver: Resolver): readonly IntRange[] | null {
  const text = resolver.text(format);
  if (text === null) return null;
  const parsed = parseRanges(text);
  if (parsed.ok) return parsed.ranges;
  return resolver.problem(
    format.path,
    'bad-range',
    `its names filled in, this is ${quote(text)}: ${parsed.message}`,
  );
}

function resolveListed(
  format: FormatString,
  type: TaskParameterTemplate['type'],
  resolver: Resolver,
): string | null {
  const text = resolver.text(format, { most: longestValue });
  if (text === null) return null;
  const allowed = allowedInstead(text, type);
  if (allowed === null) return type === 'FLOAT' ? (parseFloat64(text)?.text ?? text) : text;
  return resolver.problem(
    format.path,
    'wrong-type',
    `its names filled in, this is ${quote(text)}; allowed is ${allowed}`,
  );
}
