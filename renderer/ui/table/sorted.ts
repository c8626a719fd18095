import type { Sort } from './columns';

/** Null: it has nothing there, and comes last. */
export type SortValue = number | string | null;

const names = new Intl.Collator('en', { numeric: true });

function compare(a: SortValue, b: SortValue, sign: 1 | -1): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === 'number' && typeof b === 'number') return (a - b) * sign;
  return names.compare(String(a), String(b)) * sign;
}

export function sortedBy<Item>(
  items: readonly Item[],
  value: (item: Item) => SortValue,
  sort: Sort,
  /** Among those with the same value. */
  tie: (item: Item) => SortValue = () => null,
): readonly Item[] {
  const sign = sort.direction === 'ascending' ? 1 : -1;
  return items
    .map((item) => ({ item, value: value(item), tie: tie(item) }))
    .toSorted((a, b) => compare(a.value, b.value, sign) || compare(a.tie, b.tie, sign))
    .map(({ item }) => item);
}
