/** Numbers as people type them into settings. */

export interface NumberRule {
  readonly least: number;
  readonly most: number;
  readonly isWhole: boolean;
  /** An empty field is `null`. */
  readonly mayBeEmpty: boolean;
}

/** Reads a field; what is wrong is noted at its place, and what was there before stays. */
export type Read = (place: string, typed: string, rule: NumberRule, before: number | null) => number | null;

export type ReadNumber =
  | { readonly ok: true; readonly value: number | null }
  | { readonly ok: false; readonly mistake: string };

const wrong = (mistake: string): ReadNumber => ({ ok: false, mistake });

export function readNumber(typed: string, { least, most, isWhole, mayBeEmpty }: NumberRule): ReadNumber {
  const text = typed.trim().replace(',', '.');
  if (text === '') return mayBeEmpty ? { ok: true, value: null } : wrong('It needs a number.');
  const value = /^-?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) return wrong(`“${typed.trim()}” is no number.`);
  if (isWhole && !Number.isInteger(value)) return wrong('Only whole numbers.');
  if (value < least) return wrong(`At least ${least}.`);
  if (value > most) return wrong(`At most ${most}.`);
  return { ok: true, value };
}

/** As it stands in a field; null is empty. */
export const typedNumber = (value: number | null | undefined): string =>
  value === null || value === undefined ? '' : String(Math.round(value * 10_000) / 10_000);
