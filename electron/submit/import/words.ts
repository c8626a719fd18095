/** Command lines as the words that a shell makes of them, as far as it needs to know nothing else for it. */

/** Null: quotes are not closed. */
export function splitWords(text: string): readonly string[] | null {
  const words: string[] = [];
  for (const { pieces } of readWords(text) ?? []) words.push(pieces.map((piece) => piece.text).join(''));
  return readWords(text) === null ? null : words;
}

export interface Piece {
  readonly text: string;
  readonly quoted: boolean;
}
export interface Word {
  readonly offset: number;
  readonly pieces: readonly Piece[];
}

/** With what is in quotes told apart from what a shell looks at. A sign that ends a command is a word of its own. */
export function readWords(text: string): readonly Word[] | null {
  const words: Word[] = [];
  for (let at = 0; at < text.length;) {
    const sign = text[at] ?? '';
    if (sign === '\n' || /[|;&]/.test(sign)) {
      words.push({ offset: at, pieces: [{ text: sign, quoted: false }] });
      at++;
    } else if (/\s/.test(sign)) at++;
    else if (sign === '\\' && text[at + 1] === '\n') at += 2;
    else if (sign === '#') at = lineEnd(text, at);
    else {
      const read = readWord(text, at);
      if (read === null) return null;
      words.push(read.word);
      at = read.end;
    }
  }
  return words;
}

const lineEnd = (text: string, from: number): number => {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
};

function readWord(text: string, from: number): { readonly word: Word; readonly end: number } | null {
  const pieces: Piece[] = [];
  let plain = '';
  let at = from;
  const push = (piece: string, quoted: boolean): void => {
    if (plain !== '') pieces.push({ text: plain, quoted: false });
    plain = '';
    if (quoted) pieces.push({ text: piece, quoted });
  };
  for (; at < text.length && !/[\s|;&]/.test(text[at] ?? ''); at++) {
    const sign = text[at] ?? '';
    if (sign === '\\' && at + 1 < text.length) {
      at++;
      if (text[at] !== '\n') push(text[at] ?? '', true);
    } else if (sign === "'") {
      const end = text.indexOf("'", at + 1);
      if (end < 0) return null;
      push(text.slice(at + 1, end), true);
      at = end;
    } else if (sign === '"') {
      let inside = '';
      for (at++; at < text.length && text[at] !== '"'; at++) {
        if (text[at] === '\\' && /["\\$`]/.test(text[at + 1] ?? '')) at++;
        inside += text[at];
      }
      if (at >= text.length) return null;
      push(inside, true);
    } else plain += sign;
  }
  push('', false);
  return { word: { offset: from, pieces }, end: at };
}
