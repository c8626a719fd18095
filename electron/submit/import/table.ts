/** A table with a row for each task, and what is run for it. */
import { basename } from 'node:path';
import { headOf, parseCsv } from '../values/csv';
import { quote } from '../document/words';
import { startOfFile } from '../document/problems';
import { parseText } from '../document/read';
import { parameterNameForm } from '../recipe/placeholders';
import { literalText } from './draft';
import type { Draft } from './draft';
import type { Source } from './source';

const sort = { noun: 'table', start: 'a table is a list of maps, such as [{ "Scene": "a", "Size": 2 }]' };

/** The recipe names the file, where Drover reads it as it is; otherwise the rows are written out. */
export function readTable(source: Source): Draft | null {
  const { file, notes, options } = source;
  if (options.run === undefined || options.run.trim() === '')
    return notes.refuse(
      startOfFile,
      'no-action',
      'this is a table with a row for each task; say what is run for a row: --run "./render.sh {{Scene}}"',
    );
  const isJson = /^\s*[[{]/.test(file.text);
  const columns = isJson ? columnsOfJson(source) : columnsOfCsv(source);
  if (columns === null) return null;
  const title = basename(file.name).replace(/\.[^.]+$/, '');
  const run = `${options.run.trim()}\n`;
  const named = { name: title, jobs: [{ name: title, fields: { table: basename(file.name), run } }] };
  if (
    columns.renamed.length === 0 &&
    /\.(?:csv|tsv|txt|json)$/i.test(file.name) &&
    isJson === /\.json$/i.test(file.name)
  ) {
    notes.assumed(
      startOfFile,
      'the table',
      `it is read from ${basename(file.name)} beside the recipe each time`,
    );
    return named;
  }
  for (const [from, to] of columns.renamed)
    notes.assumed(startOfFile, `the column ${quote(from)}`, `in recipes it is called {{${to}}}`);
  const rows = columns.rows.map((row) =>
    Object.fromEntries(columns.names.map((name, at) => [name, row[at] ?? ''])),
  );
  return { name: title, jobs: [{ name: title, fields: { rows, run } }] };
}

interface Columns {
  readonly names: readonly string[];
  /** As it is called in the table, and here. */
  readonly renamed: readonly (readonly [string, string])[];
  readonly rows: readonly (readonly string[])[];
}

function columnsOfJson({ file, notes }: Source): Columns | null {
  const document = parseText(file.text, sort, notes.problems);
  if (document === null) return null;
  const items = document.items([]);
  if (items === null || items.length === 0) return notes.refuse(startOfFile, 'bad-table', sort.start);
  const names = document.names(items[0] ?? []);
  const columns = named(names);
  const rows: string[][] = [];
  for (const item of items) {
    const found = document.names(item);
    const odd = found.find((name) => !names.includes(name)) ?? names.find((name) => !found.includes(name));
    if (odd !== undefined || found.length === 0) {
      notes.refuse(
        document.place(item),
        'bad-row',
        `all rows have the same names as the first one: ${quote(odd ?? '')} is not in all of them`,
      );
      continue;
    }
    const value = (name: string): string => {
      const at = [...item, name];
      if (document.items(at) !== null || document.names(at).length > 0)
        notes.refuse(document.place(at), 'bad-value', 'a list or map cannot be the value of a parameter');
      return literalText(document.textAt(at));
    };
    rows.push(names.map(value));
  }
  return notes.problems.none ? { ...columns, rows } : null;
}

/** The names are put right first: all else is as in a table that a recipe names. */
function columnsOfCsv({ file, notes }: Source): Columns | null {
  const head = headOf(file.text);
  const columns = named(head?.names ?? []);
  const text =
    head === null ? file.text : `${columns.names.join(head.separator)}${file.text.slice(head.end)}`;
  const table = parseCsv(text, notes.problems);
  return table === null ? null : { ...columns, rows: table.rows.map((row) => row.map(literalText)) };
}

const taken: readonly string[] = ['Output', 'Batch', 'Job', 'Step', 'Frame'];

function named(written: readonly string[]): Pick<Columns, 'names' | 'renamed'> {
  const used = new Set<string>(taken);
  const renamed: (readonly [string, string])[] = [];
  const names = written.map((name, index) => {
    const plain = name.replaceAll(/[^A-Za-z0-9_]+/g, '_').replaceAll(/^_+|_+$/g, '');
    const start = parameterNameForm.test(name)
      ? name
      : parameterNameForm.test(plain)
        ? plain
        : `Column${index + 1}`;
    let free = start;
    for (let number = 2; used.has(free); number++) free = `${start}_${number}`;
    used.add(free);
    if (free !== name) renamed.push([name, free]);
    return free;
  });
  return { names, renamed };
}
