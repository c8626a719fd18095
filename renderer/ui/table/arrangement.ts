/** How a person has arranged the columns of a table. */
import { isRecord, kept } from '../kept';
import type { Kept } from '../kept';
import { movedTo, nextSort } from './columns';
import type { Arrangement, Sort } from './columns';

export interface KeptArrangement extends Arrangement {
  /** Those that were moved come in this order; others where they are at first. */
  readonly order: readonly string[];
  /** Chosen, or taken out; others as at first. */
  readonly chosen: Readonly<Record<string, boolean>>;
}

export const asAtFirst: KeptArrangement = { widths: {}, sort: null, order: [], chosen: {} };

export function readArrangement(raw: unknown): KeptArrangement {
  if (!isRecord(raw)) return asAtFirst;
  const isWidth = (width: unknown): width is number =>
    typeof width === 'number' && width >= 16 && width <= 4000;
  const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
  const { order } = raw;
  return {
    widths: entriesOf(raw['widths'], isWidth),
    chosen: entriesOf(raw['chosen'], isBoolean),
    order: Array.isArray(order) ? order.filter((id) => typeof id === 'string') : [],
    sort: readSort(raw['sort']),
  };
}

function entriesOf<Value>(raw: unknown, is: (value: unknown) => value is Value): Record<string, Value> {
  const found: Record<string, Value> = {};
  if (isRecord(raw)) for (const [key, value] of Object.entries(raw)) if (is(value)) found[key] = value;
  return found;
}

function readSort(raw: unknown): Sort | null {
  if (!isRecord(raw)) return null;
  const { column, direction } = raw;
  if (typeof column !== 'string') return null;
  return direction === 'ascending' || direction === 'descending' ? { column, direction } : null;
}

/** The ids of columns in their order; what the person did not know yet stands behind its neighbour. */
export function inOrder(all: readonly string[], order: readonly string[]): readonly string[] {
  const known = order.filter((id) => all.includes(id));
  return all.reduce<readonly string[]>((placed, id, index) => {
    if (placed.includes(id)) return placed;
    const before = all[index - 1];
    return placed.toSpliced(before === undefined ? 0 : placed.indexOf(before) + 1, 0, id);
  }, known);
}

export interface ArrangementKept {
  readonly arrangement: Kept<KeptArrangement>;
  resize(this: void, column: string, width: number | null): void;
  /** `all`: the ids of those that can be moved. */
  move(this: void, all: readonly string[], column: string, before: string | null): void;
  sortBy(this: void, column: string): void;
  choose(this: void, column: string, isShown: boolean): void;
}

export function arrangementAt(place: string): ArrangementKept {
  const arrangement = kept(place, readArrangement);
  const change = (to: (now: KeptArrangement) => Partial<KeptArrangement>): void => {
    const now = arrangement.get();
    arrangement.set({ ...now, ...to(now) });
  };
  return {
    arrangement,
    resize: (column, width) =>
      change(({ widths }) => {
        const others = Object.entries(widths).filter(([id]) => id !== column);
        return { widths: Object.fromEntries(width === null ? others : [...others, [column, width]]) };
      }),
    move: (all, column, before) =>
      change(({ order }) => ({ order: movedTo(inOrder(all, order), column, before) })),
    sortBy: (column) => change(({ sort }) => ({ sort: nextSort(sort, column) })),
    choose: (column, isShown) => change(({ chosen }) => ({ chosen: { ...chosen, [column]: isShown } })),
  };
}
