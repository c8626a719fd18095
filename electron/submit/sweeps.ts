/** The parameters of a step that are swept: `sweep`, `zip`, `rows` and `table`. */
import { taskCount, type Space } from '../../shared/model/space';
import { readAxis, readPlain, type Axis } from './axes';
import type { Path } from './document';
import { parameterNameForm } from './placeholders';
import type { PlacedAxis } from './products';
import { problemAt } from './scope';
import type { Scope } from './scope';
import { didYouMean } from './suggest';
import { listNames, quote, thousands } from './words';

/** Its values may be wrong, its names are known. */
export type ReadAxis = PlacedAxis<Axis | null>;

export const sweepFields = ['sweep', 'zip', 'rows', 'table'] as const;

/** In the order of these fields; null when it is not even known which parameters there are. */
export function readSweep(scope: Scope, path: Path): readonly ReadAxis[] | null {
  const { document } = scope;
  const [sweep, zip, rows, table] = sweepFields.map((field) => [...path, field]);
  const form = { distinct: true, sampled: document.has([...path, 'sample']) };
  const axes: ReadAxis[] = parametersAt(scope, sweep ?? []).map((name) => {
    const place = [...path, 'sweep', name];
    return { names: [name], place, space: readAxis(scope, place, name, form) };
  });
  if (zip !== undefined && document.has(zip))
    axes.push(...(document.items(zip) ?? [zip]).map((place) => readZip(scope, place)));
  if (rows !== undefined && document.has(rows)) axes.push(readRows(scope, rows));
  if (table === undefined || !document.has(table)) return axes;
  const read = scope.tables.get(JSON.stringify(table)) ?? null;
  if (read === null) return null;
  axes.push({ names: read.names, place: table, space: { kind: 'rows', ...read } });
  return axes;
}

const parametersAt = (scope: Scope, path: Path): readonly string[] =>
  scope.document.names(path).filter((name) => parameterNameForm.test(name));

const isSeparate = (axis: Axis | null): axis is Space => axis !== null && axis.kind !== 'span';

function readZip(scope: Scope, place: Path): ReadAxis {
  const names = parametersAt(scope, place);
  const form = { distinct: false, sampled: false };
  const of = names.map((name) => readAxis(scope, [...place, name], name, form)).filter(isSeparate);
  if (names.length === 0 && scope.document.has(place))
    problemAt(scope, 'empty', place, 'there is nothing here to put side by side');
  if (names.length === 0 || of.length < names.length) return { names, place, space: null };
  const [first = { kind: 'single' }, ...more] = of;
  const count = taskCount(first);
  const other = more.findIndex((each) => taskCount(each) !== count);
  if (other === -1) return { names, place, space: more.length === 0 ? first : { kind: 'zip', of } };
  const [name = '', otherName = ''] = [names[0], names[other + 1]];
  const otherCount = taskCount(more[other] ?? first);
  problemAt(
    scope,
    'unequal-values',
    [...place, otherName],
    `${name} has ${inWords(count)} and ${otherName} ${inWords(otherCount)}: side by side they need the same number`,
  );
  return { names, place, space: null };
}

const inWords = (count: number): string => (count === 1 ? '1 value' : `${thousands(count)} values`);

function readRows(scope: Scope, place: Path): ReadAxis {
  const { document } = scope;
  const items = document.items(place) ?? [];
  const names = parametersAt(scope, items[0] ?? []);
  if (items.length === 0 && document.has(place))
    problemAt(scope, 'empty', place, 'the list is empty; leave it out, or write a row');
  const rows: (readonly string[])[] = [];
  for (const item of items) {
    const values = readRow(scope, item, names);
    if (values !== null) rows.push(values);
  }
  const whole = names.length > 0 && rows.length === items.length;
  return { names, place, space: whole ? { kind: 'rows', names, rows } : null };
}

/** All rows have what the first one has. */
function readRow(scope: Scope, place: Path, names: readonly string[]): readonly string[] | null {
  const { document } = scope;
  const found = document.names(place);
  if (found.length === 0) {
    problemAt(scope, 'empty', place, 'a row has the value of at least one parameter');
    return null;
  }
  const missing = names.find((name) => !found.includes(name));
  const unknown = found.find((name) => !names.includes(name) && parameterNameForm.test(name));
  if (missing !== undefined)
    problemAt(
      scope,
      'missing-field',
      place,
      `the row has no ${missing}; the first row has ${listNames(names)}`,
    );
  if (unknown !== undefined)
    problemAt(
      scope,
      'unknown-name',
      [...place, unknown],
      () => `the first row has no ${quote(unknown)}${didYouMean(unknown, names)}; it has ${listNames(names)}`,
      document.namePlace([...place, unknown]),
    );
  if (missing !== undefined || unknown !== undefined) return null;
  const values = names.map((name) => readPlain(scope, [...place, name])).filter((value) => value !== null);
  return values.length < names.length ? null : values;
}
