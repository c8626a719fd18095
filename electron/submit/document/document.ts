import type { Place } from './problems';

/** What a file says, with the place of every value. Aliases share the values they name. */
export type Located = LocatedScalar | LocatedList | LocatedMap;

export interface LocatedScalar {
  readonly kind: 'scalar';
  readonly offset: number;
  readonly end: number;
  readonly value: string | number | boolean | null;
  /** As it was written: `1.10` stays `1.10`. */
  readonly text: string;
  readonly size: 1;
}
export interface LocatedList {
  readonly kind: 'list';
  readonly offset: number;
  readonly items: readonly Located[];
  /** How many values it holds when all aliases are written out. */
  readonly size: number;
}
export interface LocatedMap {
  readonly kind: 'map';
  readonly offset: number;
  readonly entries: ReadonlyMap<string, LocatedEntry>;
  readonly size: number;
}
export interface LocatedEntry {
  readonly keyOffset: number;
  readonly value: Located;
}

export type Path = readonly (string | number)[];

export interface TextDocument {
  readonly root: Located;
  readonly placeOf: (offset: number) => Place;
  /** The values alone, for a schema. */
  readonly value: unknown;
  has(path: Path): boolean;
  /** The names in the map at this path, in the order of the file. */
  names(path: Path): readonly string[];
  /** The places of the elements, where a list stands at this path; null where none does. */
  items(path: Path): readonly Path[] | null;
  /** Text or a number stands at this path. */
  isText(path: Path): boolean;
  /** The scalar at this path as it was written. */
  textAt(path: Path): string;
  /** Where the value starts; where it is missing, where what should hold it stands. */
  place(path: Path): Place;
  /** Where the name of the field stands. */
  namePlace(path: Path): Place;
  /** Where a piece of a text stands: `index` is its place in the text as it was read. */
  placeWithin(path: Path, piece: string, index: number): Place;
}

export function textDocument(
  source: string,
  root: Located,
  placeOf: (offset: number) => Place,
): TextDocument {
  const place = (path: Path): Place => {
    const located = find(root, path);
    if (located !== null) return placeOf(located.offset);
    return path.length === 0 ? placeOf(root.offset) : namePlace(path.slice(0, -1));
  };
  const namePlace = (path: Path): Place => {
    const parent = find(root, path.slice(0, -1));
    const name = path.at(-1);
    if (parent?.kind === 'map' && typeof name === 'string') {
      const entry = parent.entries.get(name);
      if (entry !== undefined) return placeOf(entry.keyOffset);
    }
    return place(path);
  };
  let value: { readonly plain: unknown } | null = null;
  return {
    root,
    placeOf,
    get value() {
      value ??= { plain: plainValue(root) };
      return value.plain;
    },
    has: (path) => find(root, path) !== null,
    names(path) {
      const located = find(root, path);
      return located?.kind === 'map' ? [...located.entries.keys()] : [];
    },
    items(path) {
      const located = find(root, path);
      return located?.kind === 'list' ? located.items.map((_, index) => [...path, index]) : null;
    },
    isText(path) {
      const located = find(root, path);
      return (
        located?.kind === 'scalar' && (typeof located.value === 'string' || typeof located.value === 'number')
      );
    },
    textAt(path) {
      const located = find(root, path);
      return located?.kind === 'scalar' ? located.text : '';
    },
    place,
    namePlace,
    placeWithin(path, piece, index) {
      const located = find(root, path);
      if (located?.kind !== 'scalar' || piece === '') return place(path);
      // Quotes, indentation and folded lines change offsets, but not the piece itself: the third
      // one in the text is the third one in the file.
      const nth = countOf(piece, located.text.slice(0, index));
      const offset = nthIndexOf(piece, source, nth, located.offset, located.end);
      return placeOf(offset ?? located.offset);
    },
  };
}

/** `jobs.beauty.command[1]` */
export function pathInWords(path: Path): string {
  return path.reduce<string>((words, part) => {
    if (typeof part === 'number') return `${words}[${part}]`;
    return words === '' ? part : `${words}.${part}`;
  }, '');
}

function find(root: Located, path: Path): Located | null {
  let located: Located | undefined = root;
  for (const part of path) {
    if (located?.kind === 'map') located = located.entries.get(String(part))?.value;
    else if (located?.kind === 'list' && typeof part === 'number') located = located.items[part];
    else return null;
  }
  return located ?? null;
}

function plainValue(located: Located): unknown {
  switch (located.kind) {
    case 'scalar':
      return located.value;
    case 'list':
      return located.items.map(plainValue);
    case 'map':
      return Object.fromEntries([...located.entries].map(([name, entry]) => [name, plainValue(entry.value)]));
  }
}

function countOf(piece: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(piece); at !== -1; at = text.indexOf(piece, at + 1)) count++;
  return count;
}

function nthIndexOf(piece: string, source: string, nth: number, from: number, end: number): number | null {
  let at = source.indexOf(piece, from);
  for (let passed = 0; passed < nth && at !== -1; passed++) at = source.indexOf(piece, at + 1);
  return at === -1 || at >= end ? null : at;
}
