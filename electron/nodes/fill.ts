import { placeholder } from '../../shared/model/placeholder';
import { parameterVariable } from '../../shared/model/task-variables';

/** Puts the values of parameters in the place of `{{Name}}`. */
export type Values = Readonly<Record<string, string>>;

export const placeholdersOf = (text: string): readonly string[] =>
  [...text.matchAll(placeholder)].map(([, name = '']) => name);

/** Each `{{Name}}` that has a value, as it is: nothing here is quoted. */
export function fill(text: string, values: Values): string {
  return text.replace(placeholder, (whole, name: string) => values[name] ?? whole);
}

/**
 * Puts values into a script so that a shell can never read one as anything but data: plain ones
 * (numbers, simple paths) are written as they are, all others are fetched from the environment.
 * Should the count of quotes be led astray (by an apostrophe in a here-document), a value may be
 * split at its spaces or not be filled in, but it is never executed.
 */
export function fillScript(text: string, values: Values): string {
  let filled = '';
  let from = 0;
  for (const match of text.matchAll(placeholder)) {
    const [whole, name = ''] = match;
    const value = values[name];
    if (value === undefined) continue;
    filled += text.slice(from, match.index) + reference(name, value, quoteAt(text, match.index));
    from = match.index + whole.length;
  }
  return filled + text.slice(from);
}

function reference(name: string, value: string, quote: Quote): string {
  if (/^[A-Za-z0-9_./:=@%+,-]+$/.test(value)) return value;
  const fetched = `\${${parameterVariable(name)}}`;
  switch (quote) {
    case 'none':
      return `"${fetched}"`;
    case 'double':
      return fetched;
    case 'single':
      return `'"${fetched}"'`;
  }
}

type Quote = 'none' | 'single' | 'double';

/** Within which quotes a place of a script lies. */
function quoteAt(text: string, end: number): Quote {
  let quote: Quote = 'none';
  for (let at = 0; at < end; at++) {
    const character = text[at];
    if (character === '\\' && quote !== 'single') at++;
    else if (character === '#' && quote === 'none' && /^$|[\s;&|(]/.test(text[at - 1] ?? ''))
      at = endOfLine(text, at);
    else if (character === "'" && quote !== 'double') quote = quote === 'single' ? 'none' : 'single';
    else if (character === '"' && quote !== 'single') quote = quote === 'double' ? 'none' : 'double';
  }
  return quote;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
