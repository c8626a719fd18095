/** How a person has arranged the columns of the queue. */
import { isRecord, kept } from '../ui/kept';
import { movedTo, nextSort } from '../ui/table/columns';
import type { Arrangement, Sort } from '../ui/table/columns';

export interface QueueArrangement extends Arrangement {
  /** Those that were moved come in this order; others where they are at first. */
  readonly order: readonly string[];
  /** Chosen, or taken out; others as at first. */
  readonly chosen: Readonly<Record<string, boolean>>;
}

export const asAtFirst: QueueArrangement = { widths: {}, sort: null, order: [], chosen: {} };

export const arrangement = kept('drover.queue.columns', readArrangement);

export function readArrangement(raw: unknown): QueueArrangement {
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

export function resize(column: string, width: number | null): void {
  const now = arrangement.get();
  const { [column]: _, ...others } = now.widths;
  arrangement.set({ ...now, widths: width === null ? others : { ...others, [column]: width } });
}

/** `all`: the ids of those that can be moved. */
export function move(all: readonly string[], column: string, before: string | null): void {
  const now = arrangement.get();
  arrangement.set({ ...now, order: movedTo(inOrder(all, now.order), column, before) });
}

export function sortBy(column: string): void {
  const now = arrangement.get();
  arrangement.set({ ...now, sort: nextSort(now.sort, column) });
}

export function choose(column: string, isShown: boolean): void {
  const now = arrangement.get();
  arrangement.set({ ...now, chosen: { ...now.chosen, [column]: isShown } });
}
