/**
 * `{{Name}}`, with blanks allowed inside, stands for the value of a parameter. Double braces that do
 * not begin like one (`{{.Names}}`, `{{{`, `{{}}`) are left as they are. What begins like one and is
 * none (`{{Frame}`, `{{frame number}}`, `{{json .}}`) is refused, because it is nearly always a typing
 * mistake that would cost a night; who needs it literally gives it as the value of a parameter, since
 * values are never looked through again.
 */
const wellFormed = /\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g;
const begun = /\{\{\s*[A-Za-z_][^{}\n]{0,40}\}{0,2}/;
const either = new RegExp(`${wellFormed.source}|${begun.source}`, 'g');

export interface Placeholder {
  /** Null where it is malformed. */
  readonly name: string | null;
  readonly text: string;
  readonly index: number;
}

export function findPlaceholders(text: string): readonly Placeholder[] {
  return text.includes('{{') ? [...placeholdersIn(text)] : [];
}

export function* placeholdersIn(text: string): Generator<Placeholder> {
  for (const match of text.matchAll(either)) {
    const [whole, name = null] = match;
    yield { name, text: whole, index: match.index };
  }
}

type ValueOf = (name: string) => string | undefined;

/** Puts the values in, in one pass; names without a value stay as they are. */
export function fillPlaceholders(text: string, valueOf: ValueOf): string {
  return text.replace(wellFormed, (whole, name: string) => valueOf(name) ?? whole);
}

/** Of the text with the values in it, so that it need not be made to know that it is too long. */
export function filledLength(text: string, valueOf: ValueOf): number {
  let length = text.length;
  for (const [whole, name = ''] of text.matchAll(wellFormed))
    length += (valueOf(name) ?? whole).length - whole.length;
  return length;
}

export const parameterNameForm = /^[A-Za-z_][A-Za-z0-9_]*$/;
