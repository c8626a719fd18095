/** A command line as one of the presets, with the values that it gives; else as a script of the shell. */
import type { FormNote } from '../../../shared/ipc/forms';
import { blender } from './blender';
import { gromacs } from './gromacs';
import { povray } from './povray';
import { readCommandLine, withoutPrompt } from './shell-words';
import { programName, type Program, type Understood } from './understood';

const programs: Readonly<Record<string, Program>> = {
  blender,
  povray,
  gmx: gromacs,
  gmx_mpi: gromacs,
};

export type Command = Omit<Understood, 'lost'> & { readonly notes: readonly FormNote[] };

/** `folder`: where it was to run; null: nobody has said. */
export function understand(text: string, folder: string | null, home: string): Command {
  const line = readCommandLine(text, home);
  if (line.kind === 'shell')
    return script(text, folder, [{ kind: 'read', text: `It is run by a shell, as ${line.because}.` }]);
  const { words, before } = withoutStarters(line.words);
  const [program = '', ...rest] = words;
  const name = programName(program);
  const known = Object.hasOwn(programs, name) ? programs[name] : undefined;
  const understood = known?.(rest, { program, folder: folder ?? home }) ?? null;
  if (understood === null) return script(text, folder, []);
  const variables = Object.entries(line.variables).map(([variable, value]) => `${variable}=${value}`);
  const { lost, ...command } = understood;
  return { ...command, notes: [...variables, ...before, ...lost].map(lostNote) };
}

const lostNote = (text: string): FormNote => ({ kind: 'lost', text: `Not carried over: ${text}` });

/** Programs that start another one, by how many words of their own they may have. */
const starters: ReadonlySet<string> = new Set(['nice', 'ionice', 'nohup', 'time', 'exec', 'command', 'setsid']);

function withoutStarters(words: readonly string[]): {
  readonly words: readonly string[];
  readonly before: readonly string[];
} {
  let at = 0;
  while (starters.has(words[at] ?? '')) {
    at++;
    while ((words[at] ?? '').startsWith('-')) at += /^-[nc]$/.test(words[at] ?? '') ? 2 : 1;
  }
  return { words: words.slice(at), before: at === 0 ? [] : [words.slice(0, at).join(' ')] };
}

const script = (text: string, folder: string | null, notes: readonly FormNote[]): Command => ({
  preset: 'shell',
  file: null,
  values: () => ({ Command: withoutPrompt(text), ...(folder === null ? {} : { Folder: folder }) }),
  notes,
});
