/** Files with a row for each task: `table`. */
import { extname } from 'node:path';
import { parseCsv } from '../values/csv';
import { pathInWords } from '../document/document';
import type { Path } from '../document/document';
import type { Sources } from '../recipe/includes';
import { isPassable, unpassable } from '../document/locate';
import { accepted, refused } from '../document/parsed';
import type { Parsed } from '../document/parsed';
import { inFile } from '../document/problems';
import type { Problems } from '../document/problems';
import { parseText } from '../document/read';
import type { Reading } from '../recipe/reading';
import { isWithin } from '../../../shared/model/files';
import { readRows } from './rows';
import type { Table } from './rows';
import { tableSchema } from '../schema/space';
import { problemAt, readValue } from '../recipe/scope';
import type { TableSpace, TextScope } from '../recipe/scope';
import { validateForm } from '../recipe/validate';
import { quote } from '../document/words';

/** All that steps name, each read once, by the places where they are named. */
export function* readTables(scope: TextScope, sources: Sources): Reading<Map<string, TableSpace | null>> {
  const tables = new Map<string, TableSpace | null>();
  const known = new Map<string, TableSpace | null>();
  for (const place of placesOf(scope)) {
    const name = readValue(scope, place, 'bad-file', parseTableName);
    const at = name === null ? null : sources.besideOf(scope.document.place(place), name);
    let table = at === null ? null : known.get(at.path);
    if (at !== null && table === undefined) {
      const content = yield at.path;
      if (content.text === null)
        problemAt(scope, content.code, place, `${quote(name ?? '')}: ${content.message}`);
      table =
        content.text === null ? null : parseTable(content.text, at.file, inFile(scope.problems, at.file));
      known.set(at.path, table);
    }
    tables.set(pathInWords(place), table ?? null);
  }
  return tables;
}

function placesOf({ document }: Pick<TextScope, 'document'>): readonly Path[] {
  const jobs = document.names(['jobs']).map((job) => ['jobs', job]);
  const steps = jobs.flatMap((job) =>
    document.names([...job, 'steps']).map((step) => [...job, 'steps', step]),
  );
  return [...jobs, ...steps].map((path) => [...path, 'table']).filter((path) => document.has(path));
}

const forms = ['.csv', '.tsv', '.txt', '.json', '.yaml', '.yml'];

function parseTableName(text: string): Parsed<string> {
  if (text.trim() === '') return refused('the file has no name');
  if (!isPassable(text)) return refused(`the file's name ${unpassable}`);
  if (!isWithin(text))
    return refused(
      `${quote(text)} lies outside of the folder of this file; allowed are names such as points.csv and tables/points.csv`,
    );
  return forms.includes(extname(text).toLowerCase())
    ? accepted(text)
    : refused(`${quote(text)} is no table by its name; allowed are ${forms.join(', ')}`);
}

function parseTable(text: string, file: string, problems: Problems): TableSpace | null {
  const isList = ['.json', '.yaml', '.yml'].includes(extname(file).toLowerCase());
  const table = isList ? parseList(text, problems) : parseCsv(text, problems);
  return table === null ? null : { kind: 'rows', ...table };
}

const tableSort = { noun: 'table', start: 'a table is a list of maps, such as [{ Scene: a, Size: 2 }]' };

function parseList(text: string, problems: Problems): Table | null {
  const document = parseText(text, tableSort, problems);
  if (document === null || validateForm(document, tableSchema, problems) === null) return null;
  return readRows({ document, problems }, [], (place) => document.textAt(place)).table;
}
