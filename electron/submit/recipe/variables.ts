/** Values that are put together from parameters and from each other: `variables`. */
import { findCycles } from '../document/cycles';
import { mostParameters, takenNames } from './parameters';
import { findPlaceholders, parameterNameForm } from './placeholders';
import { mostProblems } from '../document/problems';
import { filledText, problemAt } from './scope';
import type { Scope, TextScope } from './scope';

/** The parameters and, after them, the variables. */
export function withVariables(scope: TextScope): ReadonlyMap<string, string> {
  const { document } = scope;
  const all = ['variables'];
  const names = document.names(all);
  if (names.length > mostParameters) {
    problemAt(
      scope,
      'too-many',
      all,
      `a recipe may have ${mostParameters} variables, and here are ${names.length}`,
    );
    return scope.parameters;
  }
  const values = new Map(scope.parameters);
  const usable = names.filter((name) => isUsable(scope, name));
  const uses = new Map(usable.map((name) => [name, usedIn(scope, name)]));
  const circles = findCycles(uses, mostProblems);
  for (const circle of circles) {
    const message = `these variables are made of each other, so none has a value: ${circle.toReversed().join(' -> ')}`;
    problemAt(scope, 'variable-cycle', [...all, circle[0] ?? ''], message);
  }
  if (circles.length > 0) return values;
  const seen = new Set<string>();
  const work = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const other of uses.get(name) ?? []) if (uses.has(other)) work(other);
    const value = filledText({ ...scope, parameters: values }, [...all, name]);
    if (value !== null) values.set(name, value);
  };
  for (const name of usable) work(name);
  return values;
}

const usedIn = ({ document }: Pick<Scope, 'document'>, name: string): readonly string[] =>
  findPlaceholders(document.textAt(['variables', name])).flatMap((found) => found.name ?? []);

function isUsable(scope: Pick<Scope, 'document' | 'problems'>, name: string): boolean {
  const path = ['variables', name];
  const { document } = scope;
  if (!parameterNameForm.test(name)) return false;
  const isTaken = takenNames.includes(name);
  if (!isTaken && !document.has(['parameters', name])) return true;
  const message = `{{${name}}} ${isTaken ? 'has a meaning of its own' : 'is a parameter already'}; choose another name`;
  problemAt(scope, 'name-taken', path, message, document.namePlace(path));
  return false;
}
