/** The first stage: a text, YAML 1.2 or JSON, as values that know their places. */
import { Composer, Lexer, Parser } from 'yaml';
import type { CST, Document, YAMLError } from 'yaml';
import { textDocument } from './document';
import type { Located, TextDocument } from './document';
import { locate } from './locate';
import { placesIn } from './places';
import { startOfFile } from './problems';
import type { Place, Problems } from './problems';
import { thousands } from './words';

/** The limits keep the time and memory that any input can cost small; nothing of use comes near them. */
export const largestFile = 8 * 1024 * 1024;
const mostWords = 300_000;
const deepest = 64;
const mostValues = 300_000;
const mostLetters = 32 * 1024 * 1024;

/** The values of a text, before anything is looked up in them. */
export interface LocatedText {
  readonly text: string;
  readonly root: Located;
  readonly placeOf: (offset: number) => Place;
}

/** What sort of file it is, for messages. */
export interface Sort {
  /** `recipe` */
  readonly noun: string;
  /** `a recipe starts with "drover: 1"` */
  readonly start: string;
}

export function parseText(input: string, sort: Sort, problems: Problems): TextDocument | null {
  const located = parseLocated(input, sort, problems);
  return located === null ? null : textDocument(located.text, located.root, located.placeOf);
}

export function parseLocated(input: string, sort: Sort, problems: Problems): LocatedText | null {
  const text = input.replace(/^\uFEFF/, '');
  const refuse = (code: string, message: string, place: Place = startOfFile): null => {
    problems.add({ code, place, path: '', message });
    return null;
  };
  if (text.length > largestFile) return refuse('too-large', tooLarge);
  const placeOf = placesIn(text);

  const tokens = tokensOf(text, sort);
  if (tokens.kind === 'tooMuch') return refuse(tokens.code, tokens.message, placeOf(tokens.offset));
  const document = composeFirst(tokens.tokens, text.length);
  if (document.second !== null) {
    return refuse(
      'several-documents',
      `a second document starts here; a ${sort.noun} file holds one`,
      placeOf(document.second),
    );
  }
  const { first } = document;
  const empty = `the file is empty; ${sort.start}`;
  if (first === null) return refuse('empty', empty);
  const mistakes = [...first.errors, ...first.warnings]
    .toSorted((a, b) => a.pos[0] - b.pos[0])
    .filter(isNoConsequence);
  for (const mistake of mistakes) {
    problems.add({
      code: 'bad-syntax',
      place: placeOf(mistake.pos[0]),
      path: '',
      message: () => syntaxMessage(mistake, text),
    });
  }
  if (first.directives.yaml.version !== '1.2') {
    return refuse(
      'yaml-version',
      `the file asks for YAML ${first.directives.yaml.version}; a ${sort.noun} is YAML 1.2 or JSON`,
    );
  }
  if (mistakes.length > 0) return null;
  if (first.contents === null) return refuse('empty', empty);

  const root = locate(first.contents, text.length, placeOf, problems);
  if (root === null) return null;
  const large = tooManyValues(root, sort.noun);
  return large === null ? { text, root, placeOf } : refuse('too-large', large);
}

/** With its aliases written out; null when it is not too large. */
export function tooManyValues(root: Located, noun: string): string | null {
  if (root.size > mostValues)
    return `with its aliases written out the ${noun} has ${thousands(root.size)} values; at most ${thousands(mostValues)} are allowed`;
  return lettersOf(root, new Map()) > mostLetters
    ? `with its aliases written out the ${noun} is larger than ${mostLetters / 1024 / 1024} MiB`
    : null;
}

/** What stands at several places by aliases is counted at each, but gone through once. */
function lettersOf(located: Located, known: Map<Located, number>): number {
  if (located.kind === 'scalar') return located.text.length;
  let letters = known.get(located);
  if (letters !== undefined) return letters;
  letters = 0;
  if (located.kind === 'list') for (const item of located.items) letters += lettersOf(item, known);
  else for (const { value } of located.entries.values()) letters += lettersOf(value, known);
  known.set(located, letters);
  return letters;
}

export const tooLarge = `the file is larger than ${largestFile / 1024 / 1024} MiB; put long scripts and data into files of their own`;

type Tokens =
  | { readonly kind: 'tokens'; readonly tokens: readonly CST.Token[] }
  | { readonly kind: 'tooMuch'; readonly code: string; readonly message: string; readonly offset: number };

/** Word by word, to stop before anything large is built: what comes later works recursively. */
function tokensOf(text: string, { noun }: Sort): Tokens {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let words = 0;
  for (const word of new Lexer().lex(text)) {
    for (const token of parser.next(word)) tokens.push(token);
    // Each level is up to two entries on the stack, beside those of the document.
    if (parser.stack.length > 2 * deepest + 2) {
      return {
        kind: 'tooMuch',
        code: 'too-deep',
        message: `values are nested more than ${deepest} deep; no ${noun} needs that`,
        offset: parser.offset,
      };
    }
    if (++words > mostWords) {
      const message = `the file has more than ${thousands(mostWords)} words and signs; split it into several ${noun}s`;
      return { kind: 'tooMuch', code: 'too-large', message, offset: parser.offset };
    }
  }
  for (const token of parser.end()) tokens.push(token);
  return { kind: 'tokens', tokens };
}

type FirstDocument = { readonly first: Document.Parsed | null; readonly second: number | null };

function composeFirst(tokens: readonly CST.Token[], length: number): FirstDocument {
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    uniqueKeys: false,
    prettyErrors: false,
  });
  // A file that is no YAML at all gives an error a character, and nobody looks at their stacks.
  const usual = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    let first: Document.Parsed | null = null;
    for (const document of composer.compose(tokens, true, length)) {
      if (first !== null) return { first, second: document.contents?.range[0] ?? document.range[0] };
      first = document;
    }
    return { first, second: null };
  } finally {
    Error.stackTraceLimit = usual;
  }
}

/** One wrong sign makes many that follow it unexpected: of those, only what comes first is of use. */
function isNoConsequence(mistake: YAMLError, index: number): boolean {
  return index === 0 || mistake.code !== 'UNEXPECTED_TOKEN';
}

const signs: Readonly<Record<string, string>> = {
  'flow-map-start': '{',
  'flow-map-end': '}',
  'flow-seq-start': '[',
  'flow-seq-end': ']',
  'map-value-ind': ':',
  'explicit-key-ind': '?',
  'seq-item-ind': '-',
};

function syntaxMessage(mistake: Pick<YAMLError, 'message' | 'pos'>, text: string): string {
  const from = text.lastIndexOf('\n', mistake.pos[0] - 1) + 1;
  const end = text.indexOf('\n', from);
  const line = text.slice(from, end === -1 ? text.length : end).slice(0, 500);
  const said = mistake.message
    .replace(/\.$/, '')
    .replace(/\b[a-z]+-[a-z-]+(?= (?:token )?(?:at|in)\b)/, (sign) => signs[sign] ?? sign)
    .replace(/ at node end$/, ' after the end of a value');
  if (/(?:^|[:-])\s*\{\{/.test(line))
    return `${said}: a text that starts with {{ needs quotes around all of it`;
  if (mistake.message.includes('compact mapping'))
    return `${said}: a text with ": " in it needs quotes around all of it`;
  return said;
}
