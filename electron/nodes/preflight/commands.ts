/** The commands of a step, as far as they are known before it runs. */
import { posix } from 'node:path';
import type { Step } from '../../../shared/model/batch';
import { aboutStep, type About } from '../../../shared/model/finding';
import { fill, placeholdersOf, type Values } from '../fill';
import { plainCommands } from './shell-words';

/** Where results go. */
export interface Output {
  readonly folder: string;
  /** By the recipe; otherwise each batch gets a folder of its own in there. */
  readonly isNamed: boolean;
  /** The folder that is there already, of all that it lies in. */
  readonly parent: string;
}

export interface WantedOf {
  readonly batch: string;
  readonly job: string;
  readonly step: Step;
  readonly output: Output;
  /** What a path of this machine is called there. */
  readonly pathOn: (path: string) => string;
}

export interface CommandWord {
  /** Null: nobody knows it before the task runs. */
  readonly text: string | null;
  readonly about: About;
}

export interface Command {
  readonly words: readonly CommandWord[];
  readonly reads: readonly CommandWord[];
  readonly mustWork: boolean;
}

/** Of every shell, and none of them makes a file that a later command could read. */
export const builtIn = new Set(
  'set echo printf export unset readonly umask ulimit trap true : test [ wait exit'.split(' '),
);
export const makesNothing = new Set([...builtIn, 'sleep', 'date', 'mkdir']);

/** `left`: the value of a task that may stay as it is written. */
export function commandsOf(
  { batch, job, step, output, pathOn }: WantedOf,
  left: string | null = null,
): readonly Command[] {
  const { action, parameters, name } = step;
  const known: Values = {
    ...parameters,
    Batch: batch,
    Job: job,
    Step: name,
    ...(output.isNamed ? { Output: output.folder } : {}),
  };
  const values = Object.fromEntries(Object.entries(known).map(([key, value]) => [key, pathOn(value)]));
  const filled = (text: string | null): string | null => {
    if (text === null || !text.includes('{{')) return text;
    return placeholdersOf(text).every(
      (placeholder) => placeholder === left || Object.hasOwn(values, placeholder),
    )
      ? fill(text, values)
      : null;
  };
  if (action.kind === 'command') {
    const words = action.argv.map((text, index) => ({
      text: filled(text),
      about: aboutStep(job, name, 'command', index),
    }));
    return [{ words, reads: [], mustWork: true }];
  }
  return plainCommands(action.text).map(({ words, reads, mustWork }) => {
    const known = (list: typeof words): readonly CommandWord[] =>
      list.map(({ text, written, index }) => ({
        text: filled(text),
        about: { ...aboutStep(job, name, 'run'), within: { piece: written, index } },
      }));
    return { words: known(words), reads: known(reads), mustWork };
  });
}

/** Where results go, earlier work may have put something. */
export function isWithin(name: string, folder: string): boolean {
  const [whole, path] = [posix.normalize(folder), posix.normalize(name)];
  return path === whole || path.startsWith(`${whole}/`);
}
