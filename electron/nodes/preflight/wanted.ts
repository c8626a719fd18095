/** What a step names that must be on a node: programs, scripts, inputs, its folder and where its results go. */
import { posix } from 'node:path';
import type { Step } from '../../../shared/model/batch';
import { aboutBatch, aboutStep, type About } from '../../../shared/model/finding';
import { fill, placeholdersOf, type Values } from '../fill';
import { inputArguments } from './arguments';
import { plainCommands } from './shell-words';

export interface Wanted {
  /** shared: a folder that is here as well, without which its results would stay there. */
  readonly kind: 'program' | 'run' | 'file' | 'folder' | 'output' | 'shared';
  /** Of a program, or a path: relative ones are to the step's folder. */
  readonly name: string;
  readonly about: About;
  /** Without it the task fails. A file that is not sure is one of its inputs if it is there. */
  readonly isSure: boolean;
}

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

/** The same number of them in the same order, whatever paths are called. */
export function wantedOf(of: WantedOf): readonly Wanted[] {
  const { job, step, pathOn, output } = of;
  const about = output.isNamed ? aboutBatch('output') : aboutStep(job, step.name);
  const places: readonly Wanted[] = [
    { kind: 'folder', name: pathOn(step.folder), about: aboutStep(job, step.name, 'folder'), isSure: true },
    { kind: 'output', name: pathOn(output.folder), about, isSure: true },
    { kind: 'shared', name: pathOn(output.parent), about, isSure: false },
  ];
  const named = [...namedBy(of)].filter(({ name }) => !isWithin(name, pathOn(output.folder)));
  return [...places.filter(({ kind }) => kind !== 'shared' || namesOutput(step)), ...named];
}

function namesOutput({ action, environment }: Step): boolean {
  const texts = action.kind === 'command' ? action.argv : [action.text];
  return [...texts, ...Object.values(environment)].some((text) =>
    /\{\{\s*Output\s*\}\}|DROVER_PARAM_Output/.test(text),
  );
}

interface CommandWord {
  /** Null: nobody knows it before the task runs. */
  readonly text: string | null;
  readonly about: About;
}

interface Command {
  readonly words: readonly CommandWord[];
  readonly reads: readonly CommandWord[];
  readonly mustWork: boolean;
}

function* namedBy(of: WantedOf): Generator<Wanted> {
  const { action, environment, environments, parameters, name: stepName } = of.step;
  if (action.kind === 'prepared') {
    const { program, reads } = action;
    const about = aboutStep(of.job, stepName);
    if (program !== null)
      yield { kind: program.includes('/') ? 'run' : 'program', name: program, about, isSure: true };
    for (const name of reads) {
      const path = parameters[name] ?? '';
      if (path !== '') yield { kind: 'file', name: of.pathOn(path), about, isSure: true };
    }
    return;
  }
  const isPathKnown =
    !('PATH' in environment) &&
    environments.every(({ enter, variables }) => enter === null && !('PATH' in variables));
  // What an earlier command may have made is not looked for.
  let isBeginning = true;
  for (const { words, reads, mustWork } of commandsOf(of)) {
    const [program, ...rest] = words;
    const name = program?.text ?? null;
    if (program !== undefined && name !== null && /^[^-]/.test(name) && !builtIn.has(name)) {
      const isPath = name.includes('/');
      if (isPath ? isBeginning : isPathKnown)
        yield { kind: isPath ? 'run' : 'program', name, about: program.about, isSure: mustWork };
    }
    if (isBeginning) {
      for (const { text, about } of reads)
        if (text !== null) yield { kind: 'file', name: text, about, isSure: mustWork };
      for (const { index, isSure } of inputArguments(
        name ?? '',
        rest.map(({ text }) => text),
      )) {
        const word = rest[index];
        if (word?.text !== null && word !== undefined)
          yield { kind: 'file', name: word.text, about: word.about, isSure: isSure && mustWork };
      }
    }
    isBeginning &&= name !== null && makesNothing.has(name);
  }
}

/** Of every shell, and none of them makes a file that a later command could read. */
const builtIn = new Set(
  'set echo printf export unset readonly umask ulimit trap true : test [ wait exit'.split(' '),
);
const makesNothing = new Set([...builtIn, 'sleep', 'date', 'mkdir']);

function commandsOf({ batch, job, step, output, pathOn }: WantedOf): readonly Command[] {
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
    return placeholdersOf(text).every((placeholder) => Object.hasOwn(values, placeholder))
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
function isWithin(name: string, folder: string): boolean {
  const [whole, path] = [posix.normalize(folder), posix.normalize(name)];
  return path === whole || path.startsWith(`${whole}/`);
}
