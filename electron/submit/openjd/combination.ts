/** How task parameters are combined: `(Frame, File) * Camera`. */
import { didYouMean } from '../document/suggest';
import { listNames, quote, thousands } from '../document/words';
import { longestCombination } from './limits';
import type { Combination } from './model';

export type ParsedCombination =
  | { readonly ok: true; readonly combination: Combination }
  | { readonly ok: false; readonly mistakes: readonly CombinationMistake[] };

/** `piece` is what is wrong, and starts at `index` of the text. */
export interface CombinationMistake {
  readonly code:
    | 'bad-combination'
    | 'unknown-parameter'
    | 'duplicate-name'
    | 'missing-parameter'
    | 'too-long';
  readonly piece: string;
  readonly index: number;
  readonly message: string;
}

/** Without one: all combinations of all values. */
export function productOf(names: readonly string[]): Combination {
  const [only, ...others] = names.map((name): Combination => ({ kind: 'parameter', name }));
  return only !== undefined && others.length === 0
    ? only
    : { kind: 'product', of: only === undefined ? [] : [only, ...others] };
}

export function parseCombination(text: string, names: readonly string[]): ParsedCombination {
  const refuse = (...mistakes: readonly CombinationMistake[]): ParsedCombination => ({ ok: false, mistakes });
  const whole = (code: CombinationMistake['code'], message: string): CombinationMistake => ({
    code,
    piece: '',
    index: 0,
    message,
  });
  if (text.length > longestCombination)
    return refuse(
      whole(
        'too-long',
        `found ${thousands(text.length)} characters; at most ${thousands(longestCombination)} are allowed`,
      ),
    );
  const parser = new Parser(text);
  const parsed = parser.parse();
  if ('message' in parsed) return refuse(parsed);
  const mistakes: CombinationMistake[] = [];
  const used = new Set<string>();
  for (const { piece, index } of parser.names) {
    if (!names.includes(piece)) {
      const message = `no task parameter is named ${piece}${didYouMean(piece, names)}; there are ${listNames(names)}`;
      mistakes.push({ code: 'unknown-parameter', piece, index, message });
    } else if (used.has(piece)) {
      const message = `${piece} stands here for the second time; each task parameter has to stand here once`;
      mistakes.push({ code: 'duplicate-name', piece, index, message });
    }
    used.add(piece);
  }
  const missing = names.filter((name) => !used.has(name));
  if (missing.length > 0) {
    const message = `${listNames(missing)} ${missing.length === 1 ? 'is' : 'are'} missing; each task parameter has to stand here once`;
    mistakes.push(whole('missing-parameter', message));
  }
  return mistakes.length === 0 ? { ok: true, combination: parsed } : refuse(...mistakes);
}

interface Token {
  readonly piece: string;
  readonly index: number;
}

class Parser {
  readonly names: Token[] = [];
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(private readonly text: string) {
    this.tokens = [...text.matchAll(/[A-Za-z_][A-Za-z0-9_]*|[^ ]/g)].map((match) => ({
      piece: match[0],
      index: match.index,
    }));
  }

  parse(): Combination | CombinationMistake {
    if (this.tokens.length === 0)
      return { code: 'bad-combination', piece: '', index: 0, message: `found nothing; ${allowed}` };
    const combination = this.product();
    if ('message' in combination) return combination;
    return this.at < this.tokens.length ? this.unexpected('* or the end') : combination;
  }

  private product(): Combination | CombinationMistake {
    const first = this.element();
    if ('message' in first) return first;
    const of = [first];
    while (this.tokens[this.at]?.piece === '*') {
      this.at++;
      const next = this.element();
      if ('message' in next) return next;
      of.push(next);
    }
    return of.length === 1 ? first : { kind: 'product', of };
  }

  private element(): Combination | CombinationMistake {
    const token = this.tokens[this.at];
    if (token !== undefined && /^[A-Za-z_]/.test(token.piece)) {
      this.at++;
      this.names.push(token);
      return { kind: 'parameter', name: token.piece };
    }
    if (token?.piece !== '(') return this.unexpected('the name of a task parameter or (');
    const of: Combination[] = [];
    do {
      this.at++;
      const next = this.product();
      if ('message' in next) return next;
      of.push(next);
    } while (this.tokens[this.at]?.piece === ',');
    if (this.tokens[this.at]?.piece !== ')') return this.unexpected('* or , or )');
    this.at++;
    return { kind: 'association', of };
  }

  private unexpected(expected: string): CombinationMistake {
    const { piece, index } = this.tokens[this.at] ?? { piece: '', index: this.text.length };
    const found = piece === '' ? 'the end' : quote(piece);
    return {
      code: 'bad-combination',
      piece,
      index,
      message: `found ${found}; here should stand ${expected}`,
    };
  }
}

const allowed =
  'allowed are the names of task parameters with * between them, and ( , ) around those that go together';

/** All names in it, in their order. */
export function namesIn(combination: Combination): readonly string[] {
  return combination.kind === 'parameter' ? [combination.name] : combination.of.flatMap(namesIn);
}

/** The names that share parentheses with others: they are walked through together. */
export function associatedNames(combination: Combination): readonly string[] {
  if (combination.kind === 'parameter') return [];
  return combination.kind === 'association' && combination.of.length > 1
    ? namesIn(combination)
    : combination.of.flatMap(associatedNames);
}

/** How many combinations there are, or which parts go together and have different numbers of values. */
export function countCombinations(
  combination: Combination,
  countOf: (name: string) => bigint,
): bigint | { readonly message: string } {
  if (combination.kind === 'parameter') return countOf(combination.name);
  const counts: { readonly part: Combination; readonly count: bigint }[] = [];
  for (const part of combination.of) {
    const count = countCombinations(part, countOf);
    if (typeof count !== 'bigint') return count;
    counts.push({ part, count });
  }
  if (combination.kind === 'product') return counts.reduce((product, { count }) => product * count, 1n);
  const [first] = counts;
  const other = counts.find(({ count }) => count !== first?.count);
  if (first === undefined || other === undefined) return first?.count ?? 0n;
  return {
    message: `${inWords(first.part)} has ${thousands(first.count)} values and ${inWords(other.part)} has ${thousands(other.count)}; what goes together in ( , ) needs as many of each`,
  };
}

function inWords(combination: Combination): string {
  switch (combination.kind) {
    case 'parameter':
      return combination.name;
    case 'product':
      return combination.of.map(inWords).join(' * ');
    case 'association':
      return `(${combination.of.map(inWords).join(', ')})`;
  }
}
