/** Filters that a person has given a name. */
import { isRecord, kept } from '../../ui/kept';

export interface SavedFilter {
  readonly name: string;
  readonly text: string;
}

export const savedFilters = kept('drover.queue.filters', readSaved);

const most = 50;

export function readSaved(raw: unknown): readonly SavedFilter[] {
  if (!Array.isArray(raw)) return [];
  return raw
    .flatMap((one: unknown) => {
      if (!isRecord(one)) return [];
      const { name, text } = one;
      return typeof name === 'string' && typeof text === 'string' ? [{ name, text }] : [];
    })
    .slice(0, most);
}

/** In place of one that has the name. */
export function withSaved(filters: readonly SavedFilter[], saved: SavedFilter): readonly SavedFilter[] {
  return [...withoutSaved(filters, saved.name), saved]
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
    .slice(0, most);
}

export function withoutSaved(filters: readonly SavedFilter[], name: string): readonly SavedFilter[] {
  return filters.filter((filter) => filter.name !== name);
}
