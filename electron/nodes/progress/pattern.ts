/** A regular expression of the recipe's author, with the named groups of `progressGroups`. */
import { nothingTold, type Progress, type ProgressReader } from './parser';
import { within } from './time-limit';
import { partOf, phraseOf } from './words';

const longestLine = 2000;
/** For all lines that are read at once; thousands of them take about one. */
const mostMs = 50;

interface Pattern {
  /** Null: this Drover cannot read it, or it has taken too long. */
  expression: RegExp | null;
}

/** Each is compiled once, and given up for all attempts at once. */
const compiled = new Map<string, Pattern>();

function compile(text: string): Pattern {
  let pattern = compiled.get(text);
  if (pattern === undefined) {
    if (compiled.size >= 1000) compiled.clear();
    pattern = { expression: expressionOf(text) };
    compiled.set(text, pattern);
  }
  return pattern;
}

/** One that a newer Drover has accepted may be none for this one. */
function expressionOf(text: string): RegExp | null {
  try {
    return new RegExp(text);
  } catch {
    return null;
  }
}

export function patternReader(text: string): ProgressReader {
  const pattern = compile(text);
  let progress: Progress = nothingTold;
  return {
    get progress() {
      return progress;
    },
    read: (lines) => {
      const { expression } = pattern;
      if (expression === null) return;
      // No look at a pattern can tell for sure whether it backtracks without end (nested quantifiers are only
      // one way to it), so it is not guessed: a pattern that would freeze the Host is ended by the clock.
      const found = within(mostMs, () => lines.map((line) => match(expression, line)));
      if (found === null) {
        pattern.expression = null;
        progress = { ...progress, phrase: 'The progress pattern of this step takes too long to match' };
      } else {
        for (const groups of found) if (groups !== undefined) progress = told(groups, progress);
      }
    },
  };
}

type Groups = Readonly<Record<string, string | undefined>>;

const match = (expression: RegExp, line: string): Groups | undefined =>
  line.length <= longestLine ? expression.exec(line)?.groups : undefined;

function told(groups: Groups, before: Progress): Progress {
  const number = (name: string): number => {
    const text = groups[name]?.trim() ?? '';
    return text === '' ? Number.NaN : Number(text);
  };
  const valid = (part: number): number | null => (part >= 0 && part <= 1 ? part : null);
  const fraction =
    valid(number('fraction')) ?? valid(number('progress') / 100) ?? partOf(number('done'), number('total'));
  const phrase = phraseOf(groups['phrase'] ?? '');
  return { fraction: fraction ?? before.fraction, phrase: phrase === '' ? before.phrase : phrase };
}
