/** The parameters of a step that are swept: `sweep`, `zip`, `rows` and `table`. */
import { taskCount, type Space } from '../../../shared/model/space';
import { readAxis, readPlain, type Axis } from './axes';
import { pathInWords } from '../document/document';
import type { Path } from '../document/document';
import type { PlacedAxis } from './products';
import { parametersAt, readRows } from './rows';
import { problemAt } from '../recipe/scope';
import type { Scope } from '../recipe/scope';
import { thousands } from '../document/words';

/** Its values may be wrong, its names are known. */
export type ReadAxis = PlacedAxis<Axis | null>;

export const sweepFields = ['sweep', 'zip', 'rows', 'table'] as const;

/** In the order of these fields; null when it is not even known which parameters there are. */
export function readSweep(scope: Scope, path: Path): readonly ReadAxis[] | null {
  const { document } = scope;
  const at = (field: string): Path => [...path, field];
  const [sweep, zip, rows, table] = [at('sweep'), at('zip'), at('rows'), at('table')];
  const form = { distinct: true, sampled: document.has(at('sample')) };
  const axes: ReadAxis[] = parametersAt(document, sweep).map((name) => {
    const place = [...sweep, name];
    return { names: [name], place, space: readAxis(scope, place, name, form) };
  });
  if (document.has(sweep) && document.names(sweep).length === 0)
    problemAt(scope, 'empty', sweep, 'there is nothing here to sweep; name a parameter and its values');
  if (document.items(zip)?.length === 0)
    problemAt(scope, 'empty', zip, 'the list is empty; leave it out, or put values side by side');
  if (document.has(zip)) axes.push(...(document.items(zip) ?? [zip]).map((place) => readZip(scope, place)));
  if (document.has(rows)) {
    const read = readRows(scope, rows, (place) => readPlain(scope, place));
    const space = read.table === null ? null : ({ kind: 'rows', ...read.table } as const);
    axes.push({ names: read.names, place: rows, space });
  }
  if (!document.has(table)) return axes;
  const space = scope.tables.get(pathInWords(table)) ?? null;
  if (space === null) return null;
  axes.push({ names: space.names, place: table, space });
  return axes;
}

const isSeparate = (axis: Axis | null): axis is Space => axis !== null && axis.kind !== 'span';

function readZip(scope: Scope, place: Path): ReadAxis {
  const names = parametersAt(scope.document, place);
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
