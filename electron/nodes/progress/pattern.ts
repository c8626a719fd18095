/** A regular expression of the recipe's author, with the named groups of `progressGroups`. */
import { nothingTold, type Progress, type ProgressReader } from './parser';
import { within } from './time-limit';
import { partOf, phraseOf } from './words';

const longestLine = 2000;
/** For all lines that are read at once; thousands of them take about one. */
const mostMs = 100;
/** The machine itself may have been slow. */
const mostOverruns = 3;

interface Pattern {
  readonly expression: RegExp;
  overruns: number;
}

/** Each is compiled once. Null: a newer Drover has accepted it, but for this one it is none. */
const compiled = new Map<string, Pattern | null>();

function compile(text: string): Pattern | null {
  let pattern = compiled.get(text);
  if (pattern === undefined) {
    if (compiled.size >= 1000) compiled.clear();
    try {
      pattern = { expression: new RegExp(text), overruns: 0 };
    } catch {
      pattern = null;
    }
    compiled.set(text, pattern);
  }
  return pattern;
}

export function patternReader(text: string): ProgressReader {
  const pattern = compile(text);
  let progress: Progress = nothingTold;
  return {
    get progress() {
      return progress;
    },
    read: (lines) => {
      if (pattern === null)
        progress = { ...progress, phrase: 'This Drover cannot read the progress pattern' };
      else if (pattern.overruns >= mostOverruns)
        progress = { ...progress, phrase: 'The progress pattern takes too long, and is not read any more' };
      else for (const groups of matches(pattern, lines)) progress = told(groups, progress);
    },
  };
}

/**
 * No look at a pattern can tell for sure whether it backtracks without end: nested quantifiers are
 * only one way to it. So nothing is guessed, and what would freeze the Host is ended by the clock.
 */
function matches(pattern: Pattern, lines: readonly string[]): readonly Groups[] {
  const { expression } = pattern;
  const short = lines.filter((line) => line.length <= longestLine);
  const found = within(mostMs, () => short.map((line) => expression.exec(line)?.groups));
  if (found === null) pattern.overruns++;
  return found?.filter((groups) => groups !== undefined) ?? [];
}

type Groups = Readonly<Record<string, string | undefined>>;

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
