/** What readers of other forms make: the fields of a recipe, before it is written as text. */
import { bracesName } from '../../../shared/model/pipeline';
import { findPlaceholders } from '../recipe/placeholders';
import type { JobFields, RecipeFields } from '../schema/recipe';

export interface ImportedFile {
  /** For messages, and to find files that another one names. */
  readonly name: string;
  readonly text: string;
}

export interface Draft {
  readonly name: string;
  readonly head?: Pick<RecipeFields, 'tenant' | 'parameters' | 'notify' | 'output'>;
  readonly jobs: readonly DraftJob[];
}

export interface DraftJob {
  /** Any text: a name that a recipe may have is made of it. */
  readonly name: string;
  /** `after` has the places of other jobs in the list. */
  readonly after?: readonly number[];
  readonly fields: JobFields;
}

export { bracesName };

/** A text of which nothing is a placeholder: what looks like one stays as it is when it runs. */
export function literalText(text: string): string {
  let escaped = '';
  let from = 0;
  for (const { index } of findPlaceholders(text)) {
    escaped += `${text.slice(from, index)}{{${bracesName}}}`;
    from = index + 2;
  }
  return escaped + text.slice(from);
}

/** A number where it reads the same as one. */
export const plainValue = (text: string): string | number =>
  /^(?:0|-?[1-9]\d{0,14})$/.test(text) ? Number(text) : literalText(text);

/** `1 h 30 min`, as recipes say it. */
export function spanText(seconds: number): string {
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor((seconds % 86_400) / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [seconds % 60, 's'],
  ];
  return parts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ');
}

export const longestSeconds = 365 * 86_400;

const labelForm = /^[\p{L}\p{N}_][\p{L}\p{N}_.:+-]{0,63}$/u;
export const isLabel = (text: string): boolean => labelForm.test(text);
