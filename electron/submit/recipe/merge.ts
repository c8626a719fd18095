/** Recipes that are put together: maps field by field, everything else as a whole. */
import type { Located, LocatedEntry, LocatedMap } from '../document/document';

/** What stands in both is as in the second. */
export function merged(base: LocatedMap, over: LocatedMap): LocatedMap {
  const entries = new Map(base.entries);
  for (const [name, entry] of over.entries) {
    const before = entries.get(name)?.value;
    const both = before?.kind === 'map' && entry.value.kind === 'map';
    entries.set(name, both ? { ...entry, value: merged(before, entry.value) } : entry);
  }
  return mapOf(over.offset, entries);
}

export function without(map: LocatedMap, names: readonly string[]): LocatedMap {
  return mapOf(map.offset, new Map([...map.entries].filter(([name]) => !names.includes(name))));
}

function mapOf(offset: number, entries: ReadonlyMap<string, LocatedEntry>): LocatedMap {
  let size = 1;
  for (const { value } of entries.values()) size += value.size + 1;
  return { kind: 'map', offset, entries, size };
}

/** The same values so much further on in a longer text. What stands at several places by aliases still does. */
export function shifted(root: Located, by: number): Located {
  const known = new Map<Located, Located>();
  const shift = (located: Located): Located => {
    const before = known.get(located);
    if (before !== undefined) return before;
    const after = moved(located);
    known.set(located, after);
    return after;
  };
  const moved = (located: Located): Located => {
    const offset = located.offset + by;
    switch (located.kind) {
      case 'scalar':
        return { ...located, offset, end: located.end + by };
      case 'list':
        return { ...located, offset, items: located.items.map(shift) };
      case 'map': {
        const entries = [...located.entries].map(
          ([name, { keyOffset, value }]) =>
            [name, { keyOffset: keyOffset + by, value: shift(value) }] as const,
        );
        return { ...located, offset, entries: new Map(entries) };
      }
    }
  };
  return shift(root);
}
