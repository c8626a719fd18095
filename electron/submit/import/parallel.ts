/** Commands of GNU parallel: a task for each value, or for each combination of values. */
import { quote } from '../document/words';
import type { JobFields } from '../schema/recipe';
import type { Draft } from './draft';
import { splitCommand, type PlacedWord } from './parallel-command';
import { groupsOf, lengthOf, type Inputs, type InputSource } from './parallel-inputs';
import { runOf } from './parallel-run';
import { readOptions, type ParallelOptions } from './parallel-options';
import { valuesOf } from './parallel-values';
import type { Source } from './source';

const mostTasks = 100_000;

export function readParallel(source: Source): Draft | null {
  const { notes } = source;
  const command = splitCommand(source);
  if (command === null) return null;
  const options = readOptions(command, notes);
  if (options === null) return null;
  const inputs = readInputs(source, command.words.slice(options.next), options, command.piped);
  if (inputs === null) return null;
  const title = source.file.name.replace(/^.*[/\\]/, '').replace(/\.[^.]+$/, '');
  const place = command.words[0]?.place ?? { line: 1, column: 1 };
  const total = tasksOf(inputs.sources);
  if (total === 0) return notes.refuse(place, 'empty', 'there are no values after :::, and none in a file');
  if (total > mostTasks)
    return notes.refuse(
      place,
      'too-many-tasks',
      `it makes ${total} tasks of listed values; up to ${mostTasks} are read`,
    );
  const run = runOf(inputs, notes);
  if (run === null) return null;
  const fields: JobFields = { ...run, ...options.fields };
  return { name: title === '' ? 'parallel' : title, jobs: [{ name: title, fields }] };
}

function tasksOf(sources: readonly InputSource[]): number {
  let total = sources.length === 0 ? 0 : 1;
  for (const group of groupsOf(sources)) total *= lengthOf(group);
  return total;
}

/** The words of the command, and where its values come from. */
function readInputs(
  source: Source,
  words: readonly PlacedWord[],
  { files, colsep, link }: ParallelOptions,
  piped: readonly string[] | null,
): Inputs | null {
  const { notes } = source;
  const first = words.findIndex(({ text }) => isSign(text));
  const command = words.slice(0, first < 0 ? words.length : first);
  const sources: InputSource[] = [];
  const add = (values: readonly string[] | null, linked: boolean): void => {
    for (const [at, column] of columnsOf(values ?? [], colsep).entries())
      sources.push({ values: column, linked: linked || at > 0 });
  };
  if (piped !== null) add(piped, false);
  for (const file of files) add(linesOf(source, file), false);
  for (let at = first; at >= 0 && at < words.length;) {
    const sign = words[at];
    const end = words.findIndex(({ text }, index) => index > at && isSign(text));
    const values = words.slice(at + 1, end < 0 ? words.length : end);
    const linked = link || sign?.text.endsWith('+') === true;
    if (sign?.text.startsWith('::::') === true)
      for (const value of values) add(linesOf(source, value), linked);
    else add(valuesOf(values, notes), linked);
    at = end < 0 ? words.length : end;
  }
  if (command.length === 0)
    return notes.refuse(
      words[0]?.place ?? { line: 1, column: 1 },
      'no-action',
      'parallel has no command here: each line that it reads would be one',
    );
  return notes.problems.none ? { command, sources } : null;
}

const isSign = (text: string): boolean => /^::::?\+?$/.test(text);

/** Of another file that was given with it. */
function linesOf({ others, notes }: Source, { text, place }: PlacedWord): readonly string[] | null {
  const name = text.replace(/^.*[/\\]/, '');
  const found = others.find((file) => file.name === text || file.name.replace(/^.*[/\\]/, '') === name);
  if (text === '-' || found === undefined)
    return notes.refuse(
      place,
      'missing-file',
      text === '-'
        ? 'what it would read from a terminal is not here; give it as a file: -a FILE'
        : `the values stand in ${quote(text)}: give that file as well, after this one`,
    );
  return found.text.replace(/\r?\n$/, '').split(/\r?\n/);
}

/** The parts of each value, as columns. */
function columnsOf(values: readonly string[], colsep: RegExp | null): readonly (readonly string[])[] {
  if (colsep === null) return [values];
  const rows = values.map((value) => value.split(colsep));
  const most = rows.reduce((widest, row) => Math.max(widest, row.length), 0);
  return Array.from({ length: Math.min(most, 100) }, (_, at) => rows.map((row) => row[at] ?? ''));
}
