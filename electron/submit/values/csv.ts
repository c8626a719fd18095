/** Tables as spreadsheets write them: names in the first line, values in the others. */
import { isPassable, unpassable } from '../document/locate';
import { parameterNameForm } from '../recipe/placeholders';
import { mostProblems } from '../document/problems';
import type { Problems } from '../document/problems';
import type { Table } from '../sweeps/rows';
import { quote, thousands } from '../document/words';

const mostNames = 50;
const mostRows = 100_000;
const mostCells = 1_000_000;

interface Cell {
  readonly value: string;
  readonly line: number;
  readonly column: number;
  /** Where it ends in the text. */
  readonly end: number;
}

/** Between its values stands a comma, a semicolon or a tab, whichever the first line has most of. */
export function parseCsv(input: string, problems: Problems): Table | null {
  const text = input.replace(/^\uFEFF/, '');
  let count = 0;
  const add = (code: string, { line, column }: Pick<Cell, 'line' | 'column'>, message: string): void => {
    if (count++ < mostProblems) problems.add({ code, place: { line, column }, path: '', message });
  };
  const start = { line: 1, column: 1 };
  let names: readonly string[] | null = null;
  const rows: (readonly string[])[] = [];
  for (const line of linesOf(text, separatorOf(text), add)) {
    if (count >= mostProblems) break;
    if (names === null) {
      names = line.map(({ value }) => value.trim());
      checkNames(line, add);
      continue;
    }
    const [first = { ...start, value: '', end: 0 }] = line;
    if (line.length !== names.length) {
      const values = line.length === 1 ? 'one value' : `${line.length} values`;
      add('bad-row', first, `the row has ${values}, and the first line has ${names.length} names`);
      continue;
    }
    if (rows.length >= mostRows || (rows.length + 1) * names.length > mostCells) {
      add(
        'too-large',
        first,
        `the table is too long; allowed are ${thousands(mostRows)} rows and ${thousands(mostCells)} values`,
      );
      return null;
    }
    const unfit = line.find(({ value }) => !isPassable(value));
    if (unfit !== undefined) add('bad-character', unfit, `the value ${unpassable}`);
    rows.push(line.map(({ value }) => value));
  }
  if (count > 0) return null;
  if (names === null || rows.length === 0) {
    add('empty', start, 'the table is empty; its first line has names, and each other line values');
    return null;
  }
  return { names, rows };
}

/** What stands in the first line, and where that ends; null: something is wrong with it. */
export function headOf(
  text: string,
): { readonly names: readonly string[]; readonly separator: string; readonly end: number } | null {
  const separator = separatorOf(text);
  let isWhole = true;
  for (const line of linesOf(text, separator, () => (isWhole = false))) {
    const end = line.at(-1)?.end ?? 0;
    return isWhole ? { names: line.map(({ value }) => value.trim()), separator, end } : null;
  }
  return null;
}

function checkNames(line: readonly Cell[], add: (code: string, cell: Cell, message: string) => void): void {
  const seen = new Set<string>();
  for (const cell of line) {
    const name = cell.value.trim();
    if (!parameterNameForm.test(name))
      add(
        'bad-name',
        cell,
        `${quote(name)} cannot be a name; the first line has the names of parameters: letters A to Z, digits and _`,
      );
    else if (seen.has(name)) add('duplicate-name', cell, `${quote(name)} stands here for the second time`);
    seen.add(name);
  }
}

function separatorOf(text: string): string {
  // What stands in quotes separates nothing.
  const [first = ''] = text
    .slice(0, 10_000)
    .replaceAll(/"(?:[^"]|"")*"/g, '""')
    .split(/[\r\n]/, 1);
  const counts = [',', ';', '\t'].map((sign) => [sign, first.split(sign).length] as const);
  return counts.reduce((most, each) => (each[1] > most[1] ? each : most))[0];
}

/** Lines with something in them. Values in quotes may hold separators, line ends, and quotes twice. */
function* linesOf(
  text: string,
  separator: string,
  add: (code: string, place: Pick<Cell, 'line' | 'column'>, message: string) => void,
): Generator<readonly Cell[]> {
  let cells: Cell[] = [];
  let line = 1;
  let lineStart = 0;
  for (let at = 0; at <= text.length;) {
    const place = { line, column: at - lineStart + 1 };
    let value: string;
    if (text[at] === '"') {
      const end = endOfQuoted(text, at + 1);
      value = text.slice(at + 1, end).replaceAll('""', '"');
      if (end >= text.length) add('bad-syntax', place, 'the quotes that open here are not closed');
      for (const { 0: lineEnd, index } of text.slice(at, end).matchAll(/\r\n?|\n/g)) {
        line++;
        lineStart = at + index + lineEnd.length;
      }
      at = end + 1;
      if (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') {
        add(
          'bad-syntax',
          { line, column: at - lineStart + 1 },
          `after the quotes only ${separator === '\t' ? 'a tab' : quote(separator)} or the end of the line may stand`,
        );
        return;
      }
    } else {
      const end = endOfPlain(text, at, separator);
      value = text.slice(at, end);
      at = end;
    }
    cells.push({ value, ...place, end: at });
    if (cells.length > mostNames) {
      add('too-many', place, `the line has more than ${mostNames} values; a table may have as many columns`);
      return;
    }
    if (text[at] === separator) {
      at++;
      continue;
    }
    const [only, ...more] = cells;
    if (more.length > 0 || only?.value.trim() !== '') yield cells;
    cells = [];
    if (text[at] === '\r') at++;
    if (text[at] === '\n') at++;
    line++;
    lineStart = at;
    if (at >= text.length) return;
  }
}

function endOfQuoted(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at !== -1 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at === -1 ? text.length : at;
}

function endOfPlain(text: string, from: number, separator: string): number {
  let at = from;
  while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at++;
  return at;
}
