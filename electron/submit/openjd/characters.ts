/** How many Unicode characters a text has. */
export function charactersIn(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; count++) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return count;
}

/** One of the 65 control characters, the category Cc. */
const control = /\p{Cc}/u;
const controlBesideLines = /[^\P{Cc}\n\r\t]/u;

export const hasControl = (text: string): boolean => control.test(text);

/** Line ends and tabs are no trouble in texts of several lines. */
export const hasControlBesideLines = (text: string): boolean => controlBesideLines.test(text);

const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/;

export const isIdentifier = (text: string): boolean => identifier.test(text);
