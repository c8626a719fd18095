/** Pieces of markup that all sections are made of. What they are given is markup already, unless said otherwise. */
import { thousands } from '../words';
import { escape } from './escape';

export interface Column {
  readonly name: string;
  /** Numbers stand to the right. */
  readonly isNumber?: boolean;
  /** What it means, for those who wonder. */
  readonly hint?: string;
}

export function* section(title: string, body: Iterable<string>, id?: string): Generator<string> {
  yield `<section${id === undefined ? '' : ` id="${id}"`}><h2>${title}</h2>\n`;
  yield* body;
  yield '</section>\n';
}

export function* table(
  columns: readonly Column[],
  rows: Iterable<readonly string[]>,
  kind = '',
): Generator<string> {
  const heads = columns.map(({ name, isNumber, hint }) => {
    const title = hint === undefined ? '' : ` title="${escape(hint)}"`;
    return `<th scope="col"${isNumber === true ? ' class="n"' : ''}${title}>${name}</th>`;
  });
  yield `<div class="wide"><table${kind === '' ? '' : ` class="${kind}"`}><thead><tr>${heads.join('')}</tr></thead><tbody>\n`;
  for (const row of rows) {
    const cells = row.map(
      (cell, index) => `<td${columns[index]?.isNumber === true ? ' class="n"' : ''}>${cell}</td>`,
    );
    yield `<tr>${cells.join('')}</tr>\n`;
  }
  yield '</tbody></table></div>\n';
}

/** Plain text. */
export const note = (words: string): string => `<p class="note">${escape(words)}</p>\n`;

/** Only where not all are shown. */
export function rest(all: number, shown: number, what: string): string {
  return all <= shown
    ? ''
    : note(`And ${thousands(all - shown)} more ${what}: all of them are in the JSON document.`);
}

/** Plain text, quieter. */
export const soft = (words: string): string => `<span class="soft">${escape(words)}</span>`;

/** Names and values, under each other. Names are plain text. */
export function facts(entries: readonly (readonly [name: string, value: string])[]): string {
  return `<dl class="facts">${entries.map(([name, value]) => `<dt>${escape(name)}</dt><dd>${value}</dd>`).join('')}</dl>\n`;
}

/** In percent, for a style. */
export const share = (part: number): string => `${(Math.min(1, Math.max(0, part)) * 100).toFixed(2)}%`;
