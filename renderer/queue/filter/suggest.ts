/** What could be meant by what is being typed. */
import { fieldNamed, fields } from './fields';
import type { Field } from './fields';
import { fieldPattern, parseFilter, quoted } from './language';

/** What is there to be found, asked for only when it could be meant. */
export interface Known {
  owners(this: void): readonly string[];
  tenants(this: void): readonly string[];
  nodes(this: void): readonly string[];
}

export interface Suggestion {
  /** As it stands in the list. */
  readonly label: string;
  readonly hint: string;
  /** The whole text with it, and where one types on. */
  readonly text: string;
  readonly cursor: number;
}

const most = 8;

/** Nothing is suggested in the middle of a word. */
export function suggestionsAt(text: string, cursor: number, known: Known): readonly Suggestion[] {
  const { pieces } = parseFilter(text);
  const piece = pieces.find(({ to }) => to === cursor);
  if (piece === undefined) return [];
  const typed = text.slice(piece.from, piece.to);
  const not = typed.startsWith('-') ? '-' : '';
  const after = text.slice(piece.to);
  return optionsFor(typed.slice(not.length), known)
    .filter(({ written }) => `${not}${written}`.trimEnd() !== typed)
    .slice(0, most)
    .map(({ label, hint, written }) => {
      const start = `${text.slice(0, piece.from)}${not}${after === '' ? written : written.trimEnd()}`;
      return { label, hint, text: `${start}${after}`, cursor: start.length };
    });
}

interface Option {
  readonly label: string;
  readonly hint: string;
  /** With a space behind it where it is complete. */
  readonly written: string;
}

function optionsFor(typed: string, known: Known): readonly Option[] {
  const [start, name] = fieldPattern.exec(typed) ?? [];
  if (start === undefined || name === undefined) return typed === '' ? [] : beginnings(typed.toLowerCase());
  const field = fieldNamed(name);
  if (field === null || typed.includes('"')) return [];
  const before = typed.slice(0, Math.max(start.length, typed.lastIndexOf(',') + 1));
  const last = typed.slice(before.length).toLowerCase();
  return valuesOf(field, start.slice(name.length), known)
    .filter(
      (value) =>
        value.toLowerCase().startsWith(last) || (last.length > 1 && value.toLowerCase().includes(last)),
    )
    .map((value) => ({ label: value, hint: '', written: `${before}${quoted(value)} ` }));
}

/** A field, or a value that says by itself of which. */
function beginnings(typed: string): readonly Option[] {
  const named = fields
    .filter(({ name, short }) => name.startsWith(typed) || short?.startsWith(typed) === true)
    .map(({ name, kind, words }) => {
      const written = `${name}${kind === 'number' ? '>' : kind === 'length' ? '<' : ':'}`;
      return { label: written, hint: words, written };
    });
  if (typed.length < 3) return named;
  const values = fields.flatMap((field) =>
    field.kind === 'choice' || field.kind === 'level'
      ? [...field.values, ...Object.keys(field.also ?? {})]
          .filter((value) => value.startsWith(typed))
          .map((value) => ({ label: `${field.name}:${value}`, hint: '', written: `${field.name}:${value} ` }))
      : [],
  );
  return [...named, ...values];
}

function valuesOf(field: Field, sign: string, known: Known): readonly string[] {
  switch (field.name) {
    case 'owner':
      return [...field.values, ...known.owners()];
    case 'tenant':
      return known.tenants();
    case 'node':
      return known.nodes();
    case 'state':
      return [...field.values, ...Object.keys(field.also ?? {})];
    case 'deadline':
    case 'age':
      return sign === ':' || sign === '=' ? field.values : ['1h', '2h', '8h', '1d', '7d'];
    default:
      return field.kind === 'number' || field.kind === 'text' ? [] : field.values;
  }
}
