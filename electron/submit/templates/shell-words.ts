/** Format strings as words of a shell script: what is known is written out, the rest is fetched from variables. */
import type { FormatString } from '../openjd/model';

/** A word that a shell reads as exactly this text. */
export const literal = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

export const variableWord = (name: string): string => `"\${${name}}"`;

/** The word that each symbol stands for. */
export type WordOf = (symbol: string) => string;

export function formatWord({ segments }: FormatString, wordOf: WordOf, ends: '\n' | '\r\n' = '\n'): string {
  const pieces = segments.flatMap((segment) => {
    if (segment.kind === 'value') return [wordOf(segment.symbol)];
    return segment.text === '' ? [] : [literal(segment.text.replaceAll(/\r\n|\n/g, ends))];
  });
  return pieces.length === 0 ? "''" : pieces.join('');
}
