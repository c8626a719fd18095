/** What a step names that must be on a node: programs, scripts, inputs, its folder and where its results go. */
import type { Step } from '../../../shared/model/batch';
import { aboutBatch, aboutStep, type About } from '../../../shared/model/finding';
import { inputArguments } from './arguments';
import { builtIn, commandsOf, isWithin, makesNothing, type WantedOf } from './commands';
import { asSequence } from './sequences';

export interface Wanted {
  /** shared: a folder that is here as well, without which its results would stay there. */
  readonly kind: 'program' | 'run' | 'file' | 'folder' | 'output' | 'shared';
  /** Of a program, or a path: relative ones are to the step's folder. */
  readonly name: string;
  readonly about: About;
  /** Without it the task fails. A file that is not sure is one of its inputs if it is there. */
  readonly isSure: boolean;
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

function* namedBy(of: WantedOf): Generator<Wanted> {
  const { action, environment, environments, parameters, name: stepName } = of.step;
  if (action.kind === 'prepared') {
    const { program, reads } = action;
    const about = aboutStep(of.job, stepName);
    if (program !== null)
      yield { kind: program.includes('/') ? 'run' : 'program', name: program, about, isSure: true };
    for (const name of reads) {
      const path = parameters[name] ?? '';
      if (path !== '' && asSequence(path) === null)
        yield { kind: 'file', name: of.pathOn(path), about, isSure: true };
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
        if (word?.text !== null && word !== undefined && asSequence(word.text) === null)
          yield { kind: 'file', name: word.text, about: word.about, isSure: isSure && mustWork };
      }
    }
    isBeginning &&= name !== null && makesNothing.has(name);
  }
}
