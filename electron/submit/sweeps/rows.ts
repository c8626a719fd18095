/** A table as a list of maps, in a recipe or in a file of its own. */
import { pathInWords } from '../document/document';
import type { Path, TextDocument } from '../document/document';
import { parameterNameForm } from '../recipe/placeholders';
import type { Problems } from '../document/problems';
import { didYouMean } from '../document/suggest';
import { listNames, quote } from '../document/words';

export interface Table {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

interface Place {
  readonly document: TextDocument;
  readonly problems: Problems;
}

export const parametersAt = (document: TextDocument, path: Path): readonly string[] =>
  document.names(path).filter((name) => parameterNameForm.test(name));

/** `names` are also known when something is wrong with the rows. */
export function readRows(
  { document, problems }: Place,
  path: Path,
  read: (place: Path) => string | null,
): { readonly names: readonly string[]; readonly table: Table | null } {
  const items = document.items(path) ?? [];
  const names = parametersAt(document, items[0] ?? []);
  const add = (code: string, at: Path, message: string | (() => string), place = document.place(at)): void =>
    problems.add({ code, place, path: pathInWords(at), message });
  if (items.length === 0 && document.has(path))
    add('empty', path, 'the list is empty; leave it out, or write a row');

  /** All rows have what the first one has. */
  const readRow = (item: Path): readonly string[] | null => {
    const found = document.names(item);
    if (found.length === 0) {
      add('empty', item, 'a row has the value of at least one parameter');
      return null;
    }
    const missing = names.find((name) => !document.has([...item, name]));
    if (missing !== undefined)
      add('missing-field', item, `the row has no ${missing}; the first row has ${listNames(names)}`);
    const unknown = found.find((name) => !names.includes(name) && parameterNameForm.test(name));
    if (unknown !== undefined) {
      const at = [...item, unknown];
      const message = () =>
        `the first row has no ${quote(unknown)}${didYouMean(unknown, names)}; it has ${listNames(names)}`;
      add('unknown-name', at, message, document.namePlace(at));
    }
    if (missing !== undefined || unknown !== undefined) return null;
    const values = names.map((name) => read([...item, name])).filter((value) => value !== null);
    return values.length < names.length ? null : values;
  };
  const rows = items.map(readRow).filter((values) => values !== null);
  const whole = names.length > 0 && rows.length === items.length;
  return { names, table: whole ? { names, rows } : null };
}
