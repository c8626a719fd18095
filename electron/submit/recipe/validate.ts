/** The second stage: does the recipe have the right form? */
import type { z } from 'zod';
import { pathInWords } from '../document/document';
import type { Path, TextDocument } from '../document/document';
import type { Problems } from '../document/problems';
import { fieldsAt } from '../schema/fields';
import { recipeSchema, recipeVersion } from '../schema/recipe';
import type { RecipeFields } from '../schema/recipe';
import { didYouMean } from '../document/suggest';
import { describe } from '../document/words';

type Issue = z.core.$ZodIssue;

/**
 * What is wrong with the form goes to the problems, and the rest of the recipe comes back without
 * it, so that the next stage finds what else is wrong: a person wants to hear everything at once.
 * Null when there is nothing to go on with.
 */
export function validateRecipe(document: TextDocument, problems: Problems): RecipeFields | null {
  return versionIsRight(document, problems) ? validateForm(document, recipeSchema, problems) : null;
}

export function validateForm<Fields>(
  document: TextDocument,
  schema: z.ZodType<Fields>,
  problems: Problems,
): Fields | null {
  const whole = schema.safeParse(document.value);
  if (whole.success) return whole.data;
  const form = { document, schema, problems };
  const broken = whole.error.issues.flatMap((issue) => report(issue, [], form));
  const rest = schema.safeParse(without(document.value, broken));
  return rest.success ? rest.data : null;
}

interface Form {
  readonly document: TextDocument;
  readonly schema: z.ZodType;
  readonly problems: Problems;
}

export function versionIsRight(document: TextDocument, problems: Problems): boolean {
  const { value } = document;
  const refuse = (code: string, message: string): boolean => {
    problems.add({
      code,
      place: document.place(['drover']),
      path: document.has(['drover']) ? 'drover' : '',
      message,
    });
    return false;
  };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse(
      'not-a-recipe',
      `found ${describe(value)}; a recipe is a map that starts with "drover: ${recipeVersion}"`,
    );
  }
  if (!('drover' in value))
    return refuse(
      'missing-version',
      `this is no recipe yet: it has to start with "drover: ${recipeVersion}"`,
    );
  if (value.drover === recipeVersion) return true;
  return typeof value.drover === 'number'
    ? refuse(
        'unknown-version',
        `the recipe is written for version ${value.drover}; this Drover reads version ${recipeVersion}`,
      )
    : refuse(
        'unknown-version',
        `found ${describe(value.drover)}; allowed is ${recipeVersion}, the version of the recipe's form`,
      );
}

/** Reports the issue and tells what has to be left out to go on. */
function report(issue: Issue, base: Path, form: Form): Path[] {
  const { document, schema, problems } = form;
  const path = [...base, ...issue.path.map((part) => (typeof part === 'number' ? part : String(part)))];
  const add = (
    code: string,
    at: Path,
    message: string | (() => string),
    place = document.place(at),
  ): Path[] => {
    problems.add({ code, place, path: pathInWords(at), message });
    return [at];
  };
  const unknownWord = (at: Path, message: string, words: readonly unknown[]): Path[] =>
    add('unknown-value', at, () => `${message}${didYouMean(document.textAt(at), words.map(String))}`);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.flatMap((key) => {
        const field = [...path, key];
        const allowed = fieldsAt(schema, path);
        const message = () => `unknown field${didYouMean(key, allowed)}; allowed here: ${allowed.join(', ')}`;
        return add('unknown-field', field, message, document.namePlace(field));
      });
    case 'invalid_key':
      return add('bad-name', path, issue.issues[0]?.message ?? issue.message, document.namePlace(path));
    case 'invalid_union': {
      // A list with one bad element is a bad element, not a bad list; so with a map and its fields.
      const inner = issue.errors.find(
        (branch) =>
          branch.length > 0 &&
          branch.every(({ path: within, code }) => within.length > 0 || code === 'unrecognized_keys'),
      );
      if (inner !== undefined) return inner.flatMap((each) => report(each, path, form));
      const words = issue.errors.flatMap(([only]) => (only?.code === 'invalid_value' ? only.values : []));
      if (words.length > 0 && document.isText(path)) return unknownWord(path, issue.message, words);
      return add(document.has(path) ? 'wrong-type' : 'missing-field', path, issue.message);
    }
    case 'invalid_value':
      return unknownWord(path, issue.message, issue.values);
    default:
      return add(document.has(path) ? 'wrong-type' : 'missing-field', path, issue.message);
  }
}

/** A copy without what stands at these paths. An element of a list takes the whole list with it. */
function without(value: unknown, paths: readonly Path[]): unknown {
  if (paths.length === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const byName = new Map<string, Path[]>();
  for (const [name, ...rest] of paths) {
    if (name === undefined) continue;
    const list = byName.get(String(name));
    if (list === undefined) byName.set(String(name), [rest]);
    else list.push(rest);
  }
  const kept: [string, unknown][] = [];
  for (const [name, field] of Object.entries(value)) {
    const inside = byName.get(name);
    if (inside === undefined) kept.push([name, field]);
    else if (inside.every((path) => path.length > 0 && typeof path[0] === 'string'))
      kept.push([name, without(field, inside)]);
  }
  return Object.fromEntries(kept);
}
