/** Combinations that a sweep leaves out: `except`. */
import { taskCount, taskParameters, type Space } from '../../../shared/model/space';
import { readPlain } from './axes';
import type { Path } from '../document/document';
import { parseFrames } from '../values/frames';
import { boxIntervals, leavingOut, type Interval } from '../values/intervals';
import { product, type PlacedAxis } from './products';
import { problemAt } from '../recipe/scope';
import type { Scope } from '../recipe/scope';
import { didYouMean } from '../document/suggest';
import { describe, listNames, quote, thousands } from '../document/words';

const mostExceptions = 100;
/** Of a parameter of which some values are left out; longer ranges are written without them. */
const mostValues = 20_000;

/** The product of the axes without what stands at this path; null when something is wrong. */
export function withExceptions(scope: Scope, path: Path, axes: readonly PlacedAxis[]): Space | null {
  const of = product(axes.map(({ space }) => space));
  const { document } = scope;
  if (!document.has(path) || axes.length === 0) return of;
  const places = document.items(path) ?? [path];
  if (places.length > mostExceptions) {
    const message = `${places.length} exceptions stand here; allowed are ${mostExceptions}: list their values together`;
    problemAt(scope, 'too-many', path, message);
    return null;
  }
  const lookups = axes.map((axis) => lookupOf(axis));
  const sizes = axes.map(({ space }) => taskCount(space));
  const intervals: Interval[] = [];
  let whole = true;
  for (const place of places) {
    const sets = readException(scope, place, axes, lookups);
    const found = sets === null ? [] : boxIntervals(sizes, sets);
    if (found === null) {
      problemAt(scope, 'too-large', place, tooManyPieces);
      return null;
    }
    if (sets === null) whole = false;
    intervals.push(...found);
  }
  if (!whole) return null;
  const left = leavingOut(of, intervals);
  if (left === null) problemAt(scope, 'too-large', path, tooManyPieces);
  else if (taskCount(left) === 0)
    problemAt(scope, 'empty', path, 'with these exceptions nothing is left to do');
  else return left;
  return null;
}

const tooManyPieces =
  'what is left out lies in too many separate places; leave out values of the first parameters, or list what is to be done under rows';

type Lookup = ReadonlyMap<string, ValueLookup> | null;

/** At which places of its axis a parameter has a value. */
interface ValueLookup {
  readonly byText: ReadonlyMap<string, readonly number[]>;
  readonly byNumber: ReadonlyMap<number, readonly number[]>;
}

/** Null where the axis is too long to be looked through. */
function lookupOf({ names, space }: PlacedAxis): Lookup {
  const count = taskCount(space);
  if (count > mostValues) return null;
  const lookups = new Map(
    names.map((name) => [
      name,
      { byText: new Map<string, number[]>(), byNumber: new Map<number, number[]>() },
    ]),
  );
  for (let index = 0; index < count; index++) {
    const values = taskParameters(space, index);
    for (const [name, { byText, byNumber }] of lookups) {
      const value = values[name] ?? '';
      addTo(byText, value, index);
      const number = numberIn(value);
      if (number !== null) addTo(byNumber, number, index);
    }
  }
  return lookups;
}

function addTo<Key>(map: Map<Key, number[]>, key: Key, index: number): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [index]);
  else known.push(index);
}

const numberIn = (text: string): number | null =>
  /^[+-]?(\d|\.\d)/.test(text) && Number.isFinite(Number(text)) ? Number(text) : null;

/** For each axis the places that it names; null where it names nothing of it. */
function readException(
  scope: Scope,
  place: Path,
  axes: readonly PlacedAxis[],
  lookups: readonly Lookup[],
): readonly (readonly number[] | null)[] | null {
  const sets: (readonly number[] | null)[] = axes.map(() => null);
  const names = scope.document.names(place);
  const known = axes.flatMap((axis) => axis.names);
  let whole = names.length > 0;
  if (names.length === 0 && scope.document.items(place) === null)
    problemAt(scope, 'empty', place, 'an exception names the values of at least one parameter');
  for (const name of names) {
    const at = [...place, name];
    const axis = axes.findIndex((each) => each.names.includes(name));
    const found =
      axis < 0 ? notSwept(scope, at, name, known) : placesOf(scope, at, name, lookups[axis] ?? null);
    if (found === null) {
      whole = false;
      continue;
    }
    const before = sets[axis] ?? null;
    const both = new Set(before);
    sets[axis] = before === null ? found : found.filter((index) => both.has(index));
  }
  return whole ? sets : null;
}

function notSwept(scope: Scope, at: Path, name: string, known: readonly string[]): null {
  problemAt(
    scope,
    'unknown-name',
    at,
    () =>
      `${quote(name)} is not swept here${didYouMean(name, known)}; what can be left out are values of ${listNames(known)}`,
    scope.document.namePlace(at),
  );
  return null;
}

function placesOf(scope: Scope, at: Path, name: string, lookup: Lookup): readonly number[] | null {
  const values = lookup?.get(name);
  if (values === undefined) {
    const message = `${name} has more than ${thousands(mostValues)} values; write its range without those that are left out`;
    problemAt(scope, 'too-large', at, message);
    return null;
  }
  const found = new Set<number>();
  let whole = true;
  for (const place of scope.document.items(at) ?? [at]) {
    const text = readPlain(scope, place);
    const indexes = text === null ? null : indexesOf(text, values);
    if (indexes !== null && indexes.length > 0) for (const index of indexes) found.add(index);
    else whole = false;
    if (text !== null && indexes?.length === 0) {
      const all = () => listNames(values.byText.keys());
      problemAt(
        scope,
        'unknown-value',
        place,
        () =>
          `${name} is never ${describe(text)}${didYouMean(text, values.byText.keys())}; its values are ${all()}`,
      );
    }
  }
  return whole ? [...found].toSorted((a, b) => a - b) : null;
}

/** As it is written, as the same number, or as a range of whole numbers. */
function indexesOf(text: string, { byText, byNumber }: ValueLookup): readonly number[] {
  const exact = byText.get(text);
  if (exact !== undefined) return exact;
  const number = numberIn(text);
  const same = number === null ? undefined : byNumber.get(number);
  if (same !== undefined) return same;
  const parsed = parseFrames([text]);
  if (!parsed.ok) return [];
  return [...byNumber].flatMap(([value, indexes]) =>
    parsed.ranges.some(({ first, step, count }) => {
      const steps = (value - first) / step;
      return Number.isInteger(steps) && steps >= 0 && steps < count;
    })
      ? indexes
      : [],
  );
}
