/** Texts of a template that are no format strings: names, descriptions, labels. */
import { charactersIn, isIdentifier } from './characters';
import { longestDescription, longestLabel } from './limits';
import { textBroken } from './scope';
import type { FormatRule } from './scope';
import type { Value } from './value';

export function readText(value: Value, rule: FormatRule): string | null {
  const text = value.text();
  if (text === null) return null;
  const broken = textBroken(text, rule);
  return broken === null ? text : value.problem(broken.code, broken.message);
}

export const readDescription = (value: Value): string | null =>
  readText(value, { least: 1, most: longestDescription, controls: 'lines' });

export const readLabel = (value: Value): string | null =>
  readText(value, { least: 1, most: longestLabel, controls: 'none' });

export const readName = (value: Value, most: number): string | null =>
  readText(value, { least: 1, most, controls: 'none' });

export function readIdentifier(value: Value): string | null {
  const text = value.text();
  if (text === null) return null;
  if (!isIdentifier(text))
    return value.problem(
      'bad-name',
      () =>
        `found ${value.found()}; a name has letters from a to z, digits and _, and does not start with a digit`,
    );
  const { identifier } = value.reading.limits;
  return charactersIn(text) > identifier
    ? value.problem('too-long', `found ${text.length} characters; at most ${identifier} are allowed`)
    : text;
}

/** Reports those that have had a name before, whatever is wrong with them otherwise. */
export function reportDuplicates(
  values: readonly (Value | null)[],
  what: string,
  same: (name: string) => string = (name) => name,
): void {
  const seen = new Set<string>();
  for (const value of values) {
    if (value === null || !value.isText()) continue;
    const name = value.text() ?? '';
    if (seen.has(same(name)))
      value.problem(
        'duplicate-name',
        () => `${value.found()} names a second ${what}; each needs a name of its own`,
      );
    seen.add(same(name));
  }
}
