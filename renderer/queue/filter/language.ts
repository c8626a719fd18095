/**
 * What is typed to filter the queue: words, and `field:value`, `field>=value`, `-field:value`, with quotes
 * around what has spaces. What cannot be understood is told, and does not filter.
 */
import { nearestName } from '../../../shared/nearest-name';
import { fieldNamed, fieldNames, lengthOf, numberOf } from './fields';
import type { Comparison, Field, FieldName } from './fields';

export type Term =
  | { readonly kind: 'word'; readonly isNot: boolean; readonly text: string }
  | {
      readonly kind: 'field';
      readonly isNot: boolean;
      readonly field: FieldName;
      readonly comparison: Comparison;
      /** Any of them. Choices are written out; text is as it was typed. */
      readonly values: readonly string[];
    };

export interface Mistake {
  readonly words: string;
  /** What may have been meant in its place. */
  readonly instead: string | null;
  readonly from: number;
  readonly to: number;
}

/** What stands between two spaces. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  /** Null: nothing yet, or a mistake. */
  readonly term: Term | null;
}

export interface Filter {
  readonly pieces: readonly Piece[];
  readonly terms: readonly Term[];
  readonly mistakes: readonly Mistake[];
}

/** More would not be read by anybody. */
const longest = 4000;

export function parseFilter(text: string): Filter {
  const pieces: Piece[] = [];
  const mistakes: Mistake[] = [];
  for (const { from, to } of placesIn(text.slice(0, longest))) {
    const read = readPiece(text.slice(from, to));
    pieces.push({ from, to, term: 'words' in read ? null : read.term });
    if ('words' in read) mistakes.push({ ...read, from, to });
  }
  return { pieces, mistakes, terms: pieces.flatMap(({ term }) => term ?? []) };
}

export interface Place {
  readonly from: number;
  readonly to: number;
}

/** Split at spaces that are not in quotes. */
export function placesIn(text: string): readonly Place[] {
  const places: Place[] = [];
  let from: number | null = null;
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    if (!isQuoted && isSpace(letter)) {
      if (from !== null) places.push({ from, to: at });
      from = null;
      continue;
    }
    from ??= at;
    if (isQuoted && letter === '\\') at++;
    else if (letter === '"') isQuoted = !isQuoted;
  }
  if (from !== null) places.push({ from, to: text.length });
  return places;
}

const isSpace = (letter: string): boolean => /\s/.test(letter);

/** `state:`, `prio>=`. */
export const fieldPattern = /^([A-Za-z]+)(:|<=|>=|=|<|>)/;

type Read = { readonly term: Term | null } | Pick<Mistake, 'words' | 'instead'>;

function readPiece(piece: string): Read {
  const isNot = piece.startsWith('-');
  const rest = isNot ? piece.slice(1) : piece;
  const [start, name, sign] = fieldPattern.exec(rest) ?? [];
  if (start === undefined || name === undefined) {
    const text = unquoted(rest);
    return { term: text.trim() === '' ? null : { kind: 'word', isNot, text } };
  }
  const value = rest.slice(start.length);
  const field = fieldNamed(name);
  if (field === null) {
    const nearest = nearestName(name, fieldNames);
    return {
      words: `There is no field ${name}. Write ${quoted(rest)} for words with a colon in them.`,
      instead: nearest === null ? null : `${isNot ? '-' : ''}${nearest}${sign}${value}`,
    };
  }
  const comparison = comparisonOf(sign ?? ':');
  const values = valuesIn(value).filter((one) => one.trim() !== '');
  if (values.length === 0) return { term: null };
  const known = readValues(field, comparison, values);
  if ('values' in known)
    return { term: { kind: 'field', isNot, field: field.name, comparison, values: known.values } };
  const start2 = `${isNot ? '-' : ''}${name}`;
  return { words: known.words, instead: known.instead === null ? null : `${start2}${known.instead}` };
}

function comparisonOf(sign: string): Comparison {
  return sign === '<' || sign === '<=' || sign === '>' || sign === '>=' ? sign : ':';
}

type Values =
  | { readonly values: readonly string[] }
  /** `instead` begins with the sign. */
  | { readonly words: string; readonly instead: string | null };

function readValues(field: Field, comparison: Comparison, typed: readonly string[]): Values {
  const [first = ''] = typed;
  if (comparison !== ':' && typed.length > 1)
    return { words: `${field.name}${comparison} takes one value.`, instead: `${comparison}${quoted(first)}` };
  switch (field.kind) {
    case 'text':
    case 'choice':
      if (comparison !== ':')
        return {
          words: `${field.name} is neither more nor less: write ${field.example}.`,
          instead: `:${typed.map(quoted).join(',')}`,
        };
      return field.kind === 'text' ? { values: typed } : choices(field, comparison, typed);
    case 'level':
      return choices(field, comparison, typed);
    case 'number': {
      const wrong = typed.find((one) => numberOf(one.toLowerCase()) === null);
      if (wrong !== undefined)
        return { words: `${wrong} is no number: write ${field.example}.`, instead: null };
      return { values: typed.map((one) => String(numberOf(one.toLowerCase()))) };
    }
    case 'length':
      return lengths(field, comparison, typed);
  }
}

function choices(field: Field, comparison: Comparison, typed: readonly string[]): Values {
  const meant: string[] = [];
  for (const one of typed) {
    const found = meanings(field, one.toLowerCase());
    if (found.length === 0) {
      const nearest = nearestName(one, [...field.values, ...Object.keys(field.also ?? {})]);
      return {
        words: `There is no ${field.name} ${one}. There are ${field.values.join(', ')}.`,
        instead:
          nearest === null
            ? null
            : `${comparison}${typed.map((other) => (other === one ? nearest : quoted(other))).join(',')}`,
      };
    }
    meant.push(...(comparison === ':' ? found : found.slice(0, 1)));
  }
  return { values: field.values.filter((value) => meant.includes(value)) };
}

/** A word, or the beginning of some. */
function meanings(field: Field, typed: string): readonly string[] {
  if (field.values.includes(typed)) return [typed];
  const also = field.also?.[typed];
  return also ?? field.values.filter((value) => value.startsWith(typed));
}

function lengths(field: Field, comparison: Comparison, typed: readonly string[]): Values {
  const [first = ''] = typed;
  const value = first.toLowerCase();
  if (comparison === ':') {
    const wrong = typed.find((one) => !field.values.includes(one.toLowerCase()));
    if (wrong === undefined) return { values: typed.map((one) => one.toLowerCase()) };
    const isLength = lengthOf(wrong.toLowerCase()) !== null;
    const nearest = nearestName(wrong, field.values);
    const instead = isLength ? `<${wrong}` : nearest === null ? null : `:${nearest}`;
    return { words: `${field.name} is told as ${examplesOf(field)}.`, instead };
  }
  if (lengthOf(value) !== null) return { values: [value] };
  const instead = field.values.includes(value) ? `:${value}` : null;
  return { words: `${first} is no length of time: write 90s, 30min, 2h or 3d.`, instead };
}

const examplesOf = (field: Field): string =>
  [field.example, ...field.values.map((value) => `${field.name}:${value}`)].join(', ');

/** Parts at commas that are not in quotes, without their quotes. */
function valuesIn(text: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    if (isQuoted && letter === '\\') at++;
    else if (letter === '"') isQuoted = !isQuoted;
    else if (letter === ',' && !isQuoted) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(text.slice(from));
  return parts.map(unquoted);
}

export function unquoted(text: string): string {
  let plain = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    if (letter === '"') isQuoted = !isQuoted;
    else if (isQuoted && letter === '\\') plain += text.charAt(++at);
    else plain += letter;
  }
  return plain;
}

/** Such that it is read as one value again. */
export function quoted(text: string): string {
  const isPlain = text !== '' && !/[\s",\\]/.test(text) && !text.startsWith('-') && !fieldPattern.test(text);
  return isPlain ? text : `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

export function writeTerm(term: Term): string {
  const not = term.isNot ? '-' : '';
  if (term.kind === 'word') return `${not}${quoted(term.text)}`;
  return `${not}${term.field}${term.comparison}${term.values.map(quoted).join(',')}`;
}

/** The text with another piece, or none, at a place. */
export function replacePiece(text: string, { from, to }: Place, piece: string): string {
  const before = text.slice(0, from).trimEnd();
  const after = text.slice(to).trimStart();
  return [before, piece, after].filter((part) => part !== '').join(' ');
}
