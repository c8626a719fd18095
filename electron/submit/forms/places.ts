/** Where in a template the value of a parameter counts, and so may turn out to be wrong. */
import { pathInWords, type Located, type Path, type TextDocument } from '../document/document';

/** Of longer texts, scripts above all, nothing is said before they run. */
const longestText = 2000;

/** By the name of the parameter: its definition, and the texts that name it. */
export function placesOf({ root }: TextDocument): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  const add = (name: string, path: Path): void => {
    const known = places.get(name) ?? [];
    places.set(name, known);
    known.push(pathInWords(path));
  };
  const definitions = root.kind === 'map' ? root.entries.get('parameterDefinitions')?.value : undefined;
  if (definitions?.kind === 'list') {
    for (const [index, item] of definitions.items.entries()) {
      const name = item.kind === 'map' ? item.entries.get('name')?.value : undefined;
      if (name?.kind === 'scalar') add(name.text, ['parameterDefinitions', index]);
    }
  }
  for (const { path, text } of textsIn(root, [])) for (const name of namedIn(text)) add(name, path);
  return places;
}

function* textsIn(
  located: Located,
  path: Path,
): Generator<{ readonly path: Path; readonly text: string }, void, undefined> {
  switch (located.kind) {
    case 'scalar':
      if (located.text.length <= longestText) yield { path, text: located.text };
      return;
    case 'list':
      for (const [index, item] of located.items.entries()) yield* textsIn(item, [...path, index]);
      return;
    case 'map':
      for (const [name, { value }] of located.entries) yield* textsIn(value, [...path, name]);
  }
}

const namedIn = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/\{\{\s*(?:Raw)?Param\.(\w+)\s*\}\}/g)].map(([, name]) => name ?? ''));
