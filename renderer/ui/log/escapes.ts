/** Where an escape sequence ends, and what of it matters to a log. */
export type Escape =
  | { readonly kind: 'style'; readonly end: number; readonly parameters: string }
  /** ESC [ K: the rest of the line is erased. */
  | { readonly kind: 'eraseToEnd'; readonly end: number }
  | { readonly kind: 'other'; readonly end: number }
  /** Its end has not arrived yet. */
  | { readonly kind: 'unfinished' };

const escape = 0x1b;
const bell = 0x07;
const longest = 4096;

const isBetween = (code: number, first: number, last: number): boolean => code >= first && code <= last;

/** Reads the sequence whose ESC stands at `start`. */
export function readEscape(text: string, start: number): Escape {
  const introducer = text[start + 1];
  if (introducer === undefined) return { kind: 'unfinished' };
  if (introducer === '[') return readControlSequence(text, start + 2);
  // Strings for the terminal itself: titles, links, pictures.
  if (']PX^_'.includes(introducer)) return readTerminalString(text, start + 2);
  let at = start + 1;
  while (isBetween(text.charCodeAt(at), 0x20, 0x2f)) at++;
  return at >= text.length ? { kind: 'unfinished' } : { kind: 'other', end: at + 1 };
}

function readControlSequence(text: string, start: number): Escape {
  let at = start;
  while (isBetween(text.charCodeAt(at), 0x20, 0x3f)) at++;
  if (at >= text.length) return at - start > longest ? { kind: 'other', end: at } : { kind: 'unfinished' };
  const parameters = text.slice(start, at);
  const final = text[at];
  if (!isBetween(text.charCodeAt(at), 0x40, 0x7e)) return { kind: 'other', end: at };
  if (final === 'm' && /^[\d;:]*$/.test(parameters)) return { kind: 'style', end: at + 1, parameters };
  if (final === 'K' && (parameters === '' || parameters === '0')) return { kind: 'eraseToEnd', end: at + 1 };
  return { kind: 'other', end: at + 1 };
}

function readTerminalString(text: string, start: number): Escape {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === bell) return { kind: 'other', end: at + 1 };
    if (code === escape) {
      if (at + 1 >= text.length) return { kind: 'unfinished' };
      return { kind: 'other', end: text[at + 1] === '\\' ? at + 2 : at };
    }
    // Nobody closes it any more: better to show the rest than to swallow a whole log.
    if (at - start > longest || code === 0x0a) return { kind: 'other', end: at };
  }
  return { kind: 'unfinished' };
}
