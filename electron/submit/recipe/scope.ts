import { builtInParameters } from '../../../shared/model/batch';
import type { Space } from '../../../shared/model/space';
import { chunkParameters } from '../../../shared/model/space/chunks';
import { pathInWords } from '../document/document';
import type { Path, TextDocument } from '../document/document';
import type { KnownNodes } from '../known-nodes';
import type { Parsed } from '../document/parsed';
import { filledLength, fillPlaceholders, findPlaceholders } from './placeholders';
import { mostProblems } from '../document/problems';
import type { Problems } from '../document/problems';
import type { TemplateSources } from './resolve-template';
import { didYouMean } from '../document/suggest';
import { listNames, thousands } from '../document/words';

export const builtIns: readonly string[] = builtInParameters;

/** What is needed to know what a text says. */
export interface TextScope {
  readonly document: TextDocument;
  readonly problems: Problems;
  /** The values of parameters and variables. What has a wrong value has none, but is known. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly parameterNames: readonly string[];
}

/** What every part of resolving needs to know. */
export interface Scope extends TextScope {
  /** What relative paths are relative to. */
  readonly folder: string;
  /** What `50%` and `max` are taken of. */
  readonly nodes: KnownNodes;
  /** Those that steps name, by the place where they do; null: it cannot be used. */
  readonly tables: ReadonlyMap<string, TableSpace | null>;
  readonly templates: TemplateSources;
}

export type TableSpace = Space & { readonly kind: 'rows' };

export function problemAt(
  scope: Pick<Scope, 'document' | 'problems'>,
  code: string,
  path: Path,
  message: string | (() => string),
  place = scope.document.place(path),
): void {
  scope.problems.add({ code, place, path: pathInWords(path), message });
}

/** In one text: no work needs so many. */
const mostPlaceholders = 10_000;

/** Reports the placeholders that mean nothing here; true when there are none. Null: any name may be one. */
export function checkPlaceholders(scope: TextScope, path: Path, allowed: readonly string[] | null): boolean {
  const placeholders = findPlaceholders(scope.document.textAt(path));
  if (placeholders.length > mostPlaceholders) {
    const message = `${thousands(placeholders.length)} placeholders stand here; allowed are ${thousands(mostPlaceholders)}`;
    problemAt(scope, 'too-many', path, message);
    return false;
  }
  const known = allowed ?? [];
  const names = () =>
    known.length === 0 ? 'there are no names to use here' : `names to use here: ${listNames(known)}`;
  const wrong = placeholders.filter(
    ({ name }) => name === null || (allowed !== null && !allowed.includes(name)),
  );
  // They are in the order of the file, so no more than these could ever be shown.
  for (const { name, text, index } of wrong.slice(0, mostProblems)) {
    const place = scope.document.placeWithin(path, text, index);
    if (name === null) {
      problemAt(
        scope,
        'bad-placeholder',
        path,
        () =>
          `${text} begins like {{Name}} and is none; ${names()}. To hand on double braces, make them the value of a parameter`,
        place,
      );
    } else {
      const why = () => whyUnknown(name, known) ?? `is unknown${didYouMean(name, known)}`;
      problemAt(scope, 'unknown-placeholder', path, () => `{{${name}}} ${why()}; ${names()}`, place);
    }
  }
  return wrong.length === 0;
}

/** Of names that mean something elsewhere. */
function whyUnknown(name: string, known: readonly string[]): string | null {
  if (name === 'Frame' && known.includes('Frames')) return 'is not one frame where tasks have chunks of them';
  if (name === 'Frame') return 'has a value only in what single tasks run, in steps with frames';
  if (chunkNames.includes(name))
    return 'has a value only in what single tasks run, in steps with frames and chunk';
  return builtIns.includes(name) ? 'has no value yet in this place' : null;
}
const chunkNames: readonly string[] = chunkParameters;

/** So that many values in many places cannot make a text of any length. */
const longestFilled = 1024 * 1024;

/** The text at this path with its values in place; null when it cannot be known. */
export function filledText(
  scope: TextScope,
  path: Path,
  others: ReadonlyMap<string, string> = new Map(),
): string | null {
  const text = scope.document.textAt(path);
  if (!text.includes('{{')) return text;
  const tooLong = (): null => {
    const message = `with its values in place the text is longer than ${longestFilled / 1024 / 1024} MiB`;
    problemAt(scope, 'too-large', path, message);
    return null;
  };
  if (text.length > longestFilled) return tooLong();
  if (!checkPlaceholders(scope, path, [...scope.parameterNames, ...others.keys()])) return null;
  const valueOf = (name: string): string | undefined => others.get(name) ?? scope.parameters.get(name);
  // A name without a value: its value is wrong, and that has been reported.
  if (findPlaceholders(text).some(({ name }) => name !== null && valueOf(name) === undefined)) return null;
  return filledLength(text, valueOf) > longestFilled ? tooLong() : fillPlaceholders(text, valueOf);
}

/** What the text at this path means; null where it means nothing, which is among the problems then. */
export function readValue<Value>(
  scope: TextScope,
  path: Path,
  code: string,
  parse: (text: string) => Parsed<Value>,
): Value | null {
  // What has not even the form of a text was told when the form was looked at.
  if (!scope.document.isText(path)) return null;
  const text = filledText(scope, path);
  if (text === null) return null;
  const parsed = parse(text);
  if (parsed.ok) return parsed.value;
  problemAt(scope, parsed.code ?? code, path, parsed.message);
  return null;
}

/** Each element of the list at this path, or the single text that stands there in place of a list. */
export function readList<Value>(
  scope: Scope,
  path: Path,
  { code, most, parse, mayBeEmpty = false }: ListForm<Value>,
): readonly Value[] {
  const places = scope.document.items(path) ?? [path];
  if (places.length === 0 && !mayBeEmpty)
    problemAt(scope, 'empty', path, 'the list is empty; leave it out, or name something');
  if (places.length > most) {
    problemAt(scope, 'too-many', path, `the list has ${places.length} elements; allowed are ${most}`);
    return [];
  }
  const found: Value[] = [];
  for (const place of places) {
    const value = readValue(scope, place, code, parse);
    if (value === null) continue;
    if (found.includes(value))
      problemAt(scope, 'duplicate-name', place, `${String(value)} stands here for the second time`);
    else found.push(value);
  }
  return found;
}

export interface ListForm<Value> {
  readonly code: string;
  /** So that what many steps inherit stays small. */
  readonly most: number;
  readonly parse: (text: string) => Parsed<Value>;
  /** An inner level takes back what an outer one says. */
  readonly mayBeEmpty?: boolean;
}

/** Where the innermost of the levels says something about a field; null where none does. */
export function innermost(scope: Scope, levels: readonly Path[], field: Path): Path | null {
  for (const level of levels.toReversed()) {
    const path = [...level, ...field];
    if (scope.document.has(path)) return path;
  }
  return null;
}

/** What an action or an environment may name, with what its tasks have: nodes/ puts these in, task by task. */
export function taskNames(scope: Scope, ofTasks: readonly string[] | null): readonly string[] | null {
  return ofTasks === null ? null : [...scope.parameterNames, ...builtIns, ...ofTasks];
}
