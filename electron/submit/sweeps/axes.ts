/** The values of a single parameter that is swept: a list, a range, or numbers between two others. */
import type { EvenSpace, Space } from '../../../shared/model/space';
import { mostShuffled } from '../../../shared/model/space/draw';
import type { Span } from '../../../shared/model/space/sample';
import type { Path } from '../document/document';
import { mostTasks, type NumbersForm } from '../values/frames';
import { isPassable, unpassable } from '../document/locate';
import { accepted, refused } from '../document/parsed';
import type { Parsed } from '../document/parsed';
import { readRanges } from '../values/ranges';
import { axisFields, scales } from '../schema/space';
import { filledText, problemAt, readValue } from '../recipe/scope';
import type { Scope } from '../recipe/scope';
import { parseCount } from '../values/units';
import { describe, quote, thousands } from '../document/words';

/** Of samples also any number between two others. */
export type Axis = Space | Span;

const numbersForm: NumbersForm = {
  what: 'number',
  badCode: 'bad-values',
  duplicateCode: 'duplicate-value',
  most: mostShuffled,
  mostInWords: 'values; a parameter may have',
};

interface AxisForm {
  /** Of all combinations, two of the same value would be the same task. */
  readonly distinct: boolean;
  /** Numbers between two others need no count. */
  readonly sampled: boolean;
}

/** Null when something is wrong with it; what, is among the problems. */
export function readAxis(scope: Scope, path: Path, name: string, form: AxisForm): Axis | null {
  const { document } = scope;
  const items = document.items(path);
  if (items !== null) {
    const values = readTexts(scope, path, items, form.distinct);
    return values === null ? null : { kind: 'values', name, values };
  }
  if (document.isText(path)) {
    const ranges = readRanges(scope, path, numbersForm);
    return ranges === null ? null : { kind: 'range', name, ranges };
  }
  return document.has([...path, 'from']) ? readNumbers(scope, path, name, form) : null;
}

function readTexts(
  scope: Scope,
  path: Path,
  items: readonly Path[],
  distinct: boolean,
): readonly string[] | null {
  if (items.length === 0) {
    problemAt(scope, 'empty', path, 'the list is empty; leave the parameter out, or give it a value');
    return null;
  }
  const values: string[] = [];
  const seen = new Set<string>();
  for (const place of items) {
    const value = readPlain(scope, place);
    if (value === null) continue;
    values.push(value);
    if (distinct && seen.has(value))
      problemAt(scope, 'duplicate-value', place, `${describe(value)} stands here for the second time`);
    seen.add(value);
  }
  return values.length < items.length ? null : values;
}

/** A text, number or truth value as it is written, with the values of parameters in it. */
export function readPlain(scope: Scope, path: Path): string | null {
  const value = filledText(scope, path);
  if (value === null || isPassable(value)) return value;
  problemAt(scope, 'bad-character', path, `the value ${unpassable}`);
  return null;
}

function readNumbers(scope: Scope, path: Path, name: string, { sampled }: AxisForm): Axis | null {
  const { document } = scope;
  const from = readValue(scope, [...path, 'from'], 'bad-number', parseDecimal);
  const to = readValue(scope, [...path, 'to'], 'bad-number', parseDecimal);
  const scale = scales.find((one) => one === document.textAt([...path, 'scale'])) ?? 'linear';
  if (from === null || to === null) return null;
  if (scale === 'log' && !(from > 0 && to > 0)) {
    problemAt(
      scope,
      'bad-number',
      [...path, 'scale'],
      'by factors a value is only reached between numbers above 0',
    );
    return null;
  }
  const [field, second] = ['count', 'step'].filter((each) => document.has([...path, each]));
  if (field === undefined) {
    const isMistyped = document.names(path).some((each) => !axisFields.includes(each));
    if (isMistyped) return null;
    if (sampled) return { kind: 'span', name, from, to, scale };
    problemAt(
      scope,
      'missing-field',
      path,
      'how many values are there? Add count: 5 or step: 0.1, or a sample of the whole sweep',
    );
    return null;
  }
  if (second !== undefined) {
    const at = [...path, second];
    problemAt(
      scope,
      'contradiction',
      at,
      'count and step say the same; leave one of them out',
      document.namePlace(at),
    );
    return null;
  }
  if (field === 'step') return readSteps(scope, path, { kind: 'even', name, from, to, count: 1, scale });
  const count = readValue(
    scope,
    [...path, 'count'],
    'bad-count',
    parseCount('number of values', 1, mostTasks),
  );
  return count === null ? null : { kind: 'even', name, from, to, count, scale };
}

function readSteps(scope: Scope, path: Path, space: EvenSpace): EvenSpace | null {
  const at = [...path, 'step'];
  const { from, to } = space;
  if (space.scale === 'log') {
    const message = 'with scale: log values are reached by factors; say how many there are: count: 5';
    problemAt(scope, 'contradiction', at, message);
    return null;
  }
  const step = readValue(scope, at, 'bad-step', parseDecimal);
  if (step === null) return null;
  // A hair more, as 0.1 is not quite a tenth.
  const count = Math.floor(((to - from) / step) * (1 + 1e-12) + 1e-9) + 1;
  if (step !== 0 && count >= 1 && count <= mostTasks)
    return { ...space, to: Number((from + (count - 1) * step).toPrecision(12)), count };
  const what =
    step === 0
      ? 'a step of 0 leads nowhere; allowed is any other number'
      : count < 1
        ? `steps of ${step} lead from ${from} away from ${to}`
        : `steps of ${step} from ${from} to ${to} are more than the ${thousands(mostTasks)} that are allowed`;
  problemAt(scope, 'bad-step', at, what);
  return null;
}

export function parseDecimal(text: string): Parsed<number> {
  const isNumber = /^\s*[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})(e[+-]?\d{1,3})?\s*$/i.test(text);
  const value = isNumber ? Number(text) + 0 : Number.NaN;
  if (value === 0 || (Math.abs(value) <= largest && Math.abs(value) >= 1 / largest)) return accepted(value);
  const allowed = isNumber
    ? `none is larger than ${largest}, or nearer to 0 than ${1 / largest}`
    : 'allowed is one such as 2, -0.5 or 1e-3';
  return refused(`${quote(text)} is no number to use here; ${allowed}`);
}

/** So that what is worked out from two of them is a number as well. */
const largest = 1e100;
