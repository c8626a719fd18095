import { builtInParameters } from '../../../shared/model/batch';
import { isPassable, unpassable } from '../document/locate';
import { parameterNameForm } from './placeholders';
import { startOfFile } from '../document/problems';
import type { Problems } from '../document/problems';
import type { TextDocument } from '../document/document';
import type { RecipeFields } from '../schema/recipe';
import { didYouMean } from '../document/suggest';
import { listNames, quote } from '../document/words';

/** Names that mean something else in every recipe. */
export const takenNames: readonly string[] = [...builtInParameters, 'Frame'];

/** Each is looked through for the names in every text: no recipe has so many. */
export const mostParameters = 1000;

/** What placeholders may name: also what has a wrong value, so that one mistake is told once. */
export function parameterNamesOf(document: TextDocument): readonly string[] {
  return [...document.names(['parameters']), ...document.names(['variables'])].filter(
    (name) => parameterNameForm.test(name) && !takenNames.includes(name),
  );
}

/** The recipe's own parameters: what the person gave in place of what the recipe says. */
export function resolveParameters(
  fields: RecipeFields,
  given: Readonly<Record<string, string>>,
  document: TextDocument,
  problems: Problems,
): Map<string, string> {
  const known = document.names(['parameters']);
  const values = new Map<string, string>();
  if (known.length > mostParameters) {
    const message = `a recipe may have ${mostParameters} parameters, and here are ${known.length}`;
    problems.add({ code: 'too-many', place: document.place(['parameters']), path: 'parameters', message });
    return values;
  }
  for (const name of known) {
    if (!Object.hasOwn(fields.parameters ?? {}, name)) continue;
    const path = ['parameters', name];
    if (takenNames.includes(name)) {
      problems.add({
        code: 'name-taken',
        place: document.namePlace(path),
        path: `parameters.${name}`,
        message: `{{${name}}} has a meaning of its own; choose another name`,
      });
      continue;
    }
    values.set(name, document.textAt(path));
  }
  const place = document.has(['parameters']) ? document.namePlace(['parameters']) : startOfFile;
  const computed = document.names(['variables']);
  for (const [name, value] of Object.entries(given)) {
    if (!known.includes(name)) {
      const allowed =
        known.length === 0
          ? 'this recipe has no parameters'
          : `parameters of this recipe: ${listNames(known)}`;
      const what = computed.includes(name)
        ? 'which is a variable: it is put together from others'
        : 'which is no parameter';
      problems.add({
        code: 'unknown-parameter',
        place,
        path: `parameters.${name}`,
        message: () => `a value was given for ${quote(name)}, ${what}${didYouMean(name, known)}; ${allowed}`,
      });
    } else if (!isPassable(value)) {
      problems.add({
        code: 'bad-character',
        place: document.namePlace(['parameters', name]),
        path: `parameters.${name}`,
        message: `the value that was given ${unpassable}`,
      });
    } else if (values.has(name)) {
      values.set(name, value);
    }
  }
  return values;
}
