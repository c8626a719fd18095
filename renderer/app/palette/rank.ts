/** Which entries fit what is typed, the best first. */

export interface Searchable {
  readonly title: string;
  /** What else it is found by; its places are not marked. */
  readonly words: string;
  /** Raises it above others that fit as well. */
  readonly weight: number;
}

/** A part of the title that was typed: from its first character to behind its last. */
export type Mark = readonly [from: number, to: number];

export interface Ranked<Entry> {
  readonly entry: Entry;
  readonly marks: readonly Mark[];
}

export interface Ranking<Entry> {
  readonly best: readonly Ranked<Entry>[];
  /** Of all that fit. */
  readonly found: number;
}

export const mostShown = 50;

/** All words have to fit, in any order; without a word all entries fit, in their own order. */
export function rank<Entry extends Searchable>(typed: string, entries: readonly Entry[]): Ranking<Entry> {
  const words = wordsOf(typed);
  const fitting: { entry: Entry; score: number }[] = [];
  for (const entry of entries) {
    const score = scoreOf(entry, words);
    if (score !== null) fitting.push({ entry, score });
  }
  if (words.length > 0) fitting.sort((a, b) => b.score - a.score);
  return {
    best: fitting.slice(0, mostShown).map(({ entry }) => ({ entry, marks: marksOf(entry, words) })),
    found: fitting.length,
  };
}

const wordsOf = (typed: string): readonly string[] =>
  typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');

interface Lowered {
  readonly title: string;
  readonly words: string;
}

const loweredKnown = new WeakMap<Searchable, Lowered>();

/** Kept, for it is asked with every key for every entry. */
function lowered(entry: Searchable): Lowered {
  let known = loweredKnown.get(entry);
  if (known === undefined) {
    known = { title: entry.title.toLowerCase(), words: entry.words.toLowerCase() };
    loweredKnown.set(entry, known);
  }
  return known;
}

function scoreOf(entry: Searchable, words: readonly string[]): number | null {
  const texts = lowered(entry);
  let score = entry.weight;
  for (const word of words) {
    const ofWord = scoreOfWord(texts, word);
    if (ofWord === null) return null;
    score += ofWord;
  }
  // Of two that fit as well, the shorter one is more likely meant.
  return score - Math.min(20, texts.title.length / 8);
}

function scoreOfWord({ title, words }: Lowered, word: string): number | null {
  const at = placeOf(title, word);
  if (at >= 0) {
    const isWhole = title.length === word.length;
    return (isStart(title, at) ? 100 : 60) + (at === 0 ? 10 : 0) + (isWhole ? 40 : 0);
  }
  const elsewhere = placeOf(words, word);
  if (elsewhere >= 0) return isStart(words, elsewhere) ? 45 : 25;
  const scattered = scatteredIn(title, word);
  return scattered === null ? null : Math.max(1, 22 - scattered.length * 3);
}

/** Where it stands, best where a word begins; -1: it does not. */
function placeOf(text: string, word: string): number {
  const first = text.indexOf(word);
  for (let at = first; at >= 0; at = text.indexOf(word, at + 1)) if (isStart(text, at)) return at;
  return first;
}

const letter = /[\p{L}\p{N}]/u;

/** Asked very often, and mostly of plain letters. */
function isLetter(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code > 127) return letter.test(text.charAt(at));
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90);
}

const isStart = (text: string, at: number): boolean => at === 0 || !isLetter(text, at - 1);

/** Its letters in their order with others between them, as `trntb` in `turntable`; begun where a word begins. */
function scatteredIn(text: string, word: string): readonly Mark[] | null {
  if (word.length < 2) return null;
  for (
    let start = text.indexOf(word.charAt(0));
    start >= 0;
    start = text.indexOf(word.charAt(0), start + 1)
  ) {
    if (!isStart(text, start)) continue;
    const marks = lettersFrom(text, word, start);
    if (marks !== null) return marks;
  }
  return null;
}

function lettersFrom(text: string, word: string, start: number): readonly Mark[] | null {
  const marks: [number, number][] = [];
  let at = start;
  for (const letter of word) {
    at = text.indexOf(letter, at);
    if (at < 0) return null;
    const last = marks.at(-1);
    if (last?.[1] === at) last[1] = at + letter.length;
    else marks.push([at, at + letter.length]);
    at += letter.length;
  }
  return marks;
}

function marksOf(entry: Searchable, words: readonly string[]): readonly Mark[] {
  const { title } = lowered(entry);
  // Some letters are two when they are small: then places are not the same.
  if (title.length !== entry.title.length) return [];
  const marks = words.flatMap((word): readonly Mark[] => {
    const at = placeOf(title, word);
    if (at >= 0) return [[at, at + word.length]];
    return placeOf(lowered(entry).words, word) >= 0 ? [] : (scatteredIn(title, word) ?? []);
  });
  return merged(marks);
}

function merged(marks: readonly Mark[]): readonly Mark[] {
  const result: [number, number][] = [];
  for (const [from, to] of marks.toSorted((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

/** The title in pieces, those that were typed and those between them. */
export function piecesOf(
  title: string,
  marks: readonly Mark[],
): readonly { readonly text: string; readonly isMarked: boolean }[] {
  const pieces: { text: string; isMarked: boolean }[] = [];
  let at = 0;
  for (const [from, to] of marks) {
    if (from > at) pieces.push({ text: title.slice(at, from), isMarked: false });
    pieces.push({ text: title.slice(from, to), isMarked: true });
    at = to;
  }
  if (at < title.length) pieces.push({ text: title.slice(at), isMarked: false });
  return pieces;
}
