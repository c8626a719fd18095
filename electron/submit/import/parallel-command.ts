/** Where the command of GNU parallel stands in a file, and what is piped to it. */
import { placesIn } from '../document/places';
import type { Place } from '../document/problems';
import { valuesOf } from './parallel-values';
import type { Source } from './source';
import { readWords, type Word } from './words';

export interface PlacedWord {
  readonly text: string;
  /** Nothing of it is in quotes: a shell would look at it. */
  readonly isPlain: boolean;
  readonly place: Place;
}

export interface ParallelCommand {
  /** After the word `parallel`. */
  readonly words: readonly PlacedWord[];
  readonly piped: readonly string[] | null;
}

export function splitCommand(source: Source): ParallelCommand | null {
  const { file, notes } = source;
  const placeOf = placesIn(file.text);
  const words = readWords(file.text);
  if (words === null)
    return notes.refuse({ line: 1, column: 1 }, 'bad-syntax', 'quotes in this file are not closed');
  const placed = words.map((word) => placedWord(word, placeOf));
  const lines = partsOf(placed, ['\n', ';', '&']);
  const [found, ...more] = lines.filter((line) => line.some(isParallel));
  if (found === undefined)
    return notes.refuse({ line: 1, column: 1 }, 'no-action', 'there is no command parallel here');
  for (const line of lines) {
    const [first] = line;
    if (line === found || first === undefined) continue;
    if (more.includes(line)) {
      notes.refuse(
        first.place,
        'too-many',
        'a second command parallel stands here; import each from a file of its own',
      );
      continue;
    }
    const text = line.map((word) => word.text).join(' ');
    notes.notCarried(
      first.place,
      text.slice(0, 80),
      'only the command parallel is read; other commands of the file are not run',
    );
  }
  const stages = partsOf(found, ['|']);
  const at = stages.findIndex((stage) => stage.some(isParallel));
  const [start, ...after] = stages.slice(at);
  for (const stage of after)
    notes.notCarried(
      stage[0]?.place ?? { line: 1, column: 1 },
      `| ${stage
        .map((word) => word.text)
        .join(' ')
        .slice(0, 80)}`,
      'what comes after it in the pipe is not run',
    );
  const piped = at === 0 ? null : pipedValues(source, stages.slice(0, at));
  const from = start?.findIndex(isParallel) ?? 0;
  for (const word of start?.slice(0, from) ?? [])
    notes.notCarried(word.place, word.text, 'it stands before parallel');
  const redirected = start?.findIndex(({ text, isPlain }) => isPlain && /^\d?[<>]/.test(text)) ?? -1;
  const end = redirected < 0 ? start?.length : redirected;
  for (const word of start?.slice(end) ?? [])
    notes.notCarried(word.place, word.text, 'what tasks print is in the log of Drover: drover logs JOB');
  return notes.problems.none ? { words: start?.slice(from + 1, end) ?? [], piped } : null;
}

const isParallel = ({ text, isPlain }: PlacedWord): boolean => isPlain && /^(?:.*\/)?parallel$/.test(text);

function placedWord({ offset, pieces }: Word, placeOf: (offset: number) => Place): PlacedWord {
  return {
    text: pieces.map(({ text }) => text).join(''),
    isPlain: pieces.every(({ quoted }) => !quoted),
    place: placeOf(offset),
  };
}

function partsOf(words: readonly PlacedWord[], signs: readonly string[]): readonly (readonly PlacedWord[])[] {
  const parts: PlacedWord[][] = [[]];
  for (const word of words) {
    if (word.isPlain && signs.includes(word.text)) parts.push([]);
    else parts.at(-1)?.push(word);
  }
  return parts.filter((part) => part.length > 0);
}

/** `seq 10 |` and `cat list.txt |`; all else would have to be run to know it. */
function pipedValues(
  { others, notes }: Source,
  stages: readonly (readonly PlacedWord[])[],
): readonly string[] | null {
  const [stage = [], ...more] = stages;
  const [program, ...rest] = stage;
  const place = program?.place ?? { line: 1, column: 1 };
  if (more.length === 0 && program?.text === 'seq') {
    const [first = '1', second, third] = rest.map(({ text }) => text);
    const [from, step, to] =
      second === undefined
        ? ['1', '1', first]
        : third === undefined
          ? [first, '1', second]
          : [first, second, third];
    const isWhole = [from, step, to].every((text) => /^-?\d{1,9}$/.test(text));
    const word = { text: `{${from}..${to}..${step}}`, isPlain: true, place };
    const rises = (Number(to) - Number(from)) * Number(step) >= 0 && Number(step) !== 0;
    if (isWhole && rises) return valuesOf([word], notes);
  }
  if (more.length === 0 && program?.text === 'cat' && rest.length === 1) {
    const name = rest[0]?.text ?? '';
    const found = others.find(
      (file) => file.name === name || file.name.replace(/^.*[/\\]/, '') === name.replace(/^.*[/\\]/, ''),
    );
    if (found !== undefined) return found.text.replace(/\r?\n$/, '').split(/\r?\n/);
    return notes.refuse(
      place,
      'missing-file',
      `the values stand in ${name}: give that file as well, after this one`,
    );
  }
  return notes.refuse(
    place,
    'unknown-values',
    `what ${program?.text ?? 'this'} prints is not known before it is run: write it to a file, cat FILE | parallel ..., and give that file as well`,
  );
}
