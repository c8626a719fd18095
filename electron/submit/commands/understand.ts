/** A command line as one of the presets, with the values that it gives; else as a script of the shell. */
import type { FormNote } from '../../../shared/ipc/forms';
import { blender } from './blender';
import { ffmpeg } from './ffmpeg';
import { gromacs } from './gromacs';
import { lammps } from './lammps';
import { openfoam } from './openfoam';
import { povray } from './povray';
import { python } from './python';
import { readCommandLine, withoutPrompt } from './shell-words';
import { programName, type Program, type Understood } from './understood';

const programs: Readonly<Record<string, Program>> = {
  blender,
  povray,
  ffmpeg,
  gmx: gromacs,
  gmx_mpi: gromacs,
  lmp: lammps,
  lmp_mpi: lammps,
  lmp_serial: lammps,
  python,
  python3: python,
};

function programOf(name: string): Program | null {
  if (/^[a-z]\w*Foam$/.test(name)) return openfoam;
  return Object.hasOwn(programs, name) ? (programs[name] ?? null) : null;
}

export type Command = Omit<Understood, 'lost'> & { readonly notes: readonly FormNote[] };

/** `folder`: where it was to run; null: nobody has said. */
export function understand(text: string, folder: string | null, home: string): Command {
  const line = readCommandLine(text, home);
  if (line.kind === 'shell')
    return script(text, folder, [{ kind: 'read', text: `It is run by a shell, as ${line.because}.` }]);
  const { words, before, processes } = withoutStarters(line.words);
  const [program = '', ...rest] = words;
  const around = { program, folder: folder ?? home, processes };
  const understood = programOf(programName(program))?.(rest, around) ?? null;
  if (understood === null) return script(text, folder, []);
  const variables = Object.entries(line.variables).map(([variable, value]) => `${variable}=${value}`);
  const { lost, ...command } = understood;
  // How many cores a task has, its node says; only OpenFOAM's cases are cut by hand.
  const mpi = processes === null || command.preset === 'openfoam' ? [] : [`${processes} processes by MPI`];
  return { ...command, notes: [...variables, ...before, ...mpi, ...lost].map(lostNote) };
}

const lostNote = (text: string): FormNote => ({ kind: 'lost', text });

/** Programs that start another one, by how many words of their own they may have. */
const starters: ReadonlySet<string> = new Set([
  'nice',
  'ionice',
  'nohup',
  'time',
  'exec',
  'command',
  'setsid',
]);

interface Started {
  readonly words: readonly string[];
  readonly before: readonly string[];
  readonly processes: string | null;
}

function withoutStarters(words: readonly string[]): Started {
  let at = 0;
  while (starters.has(words[at] ?? '')) {
    at++;
    while ((words[at] ?? '').startsWith('-')) at += /^-[nc]$/.test(words[at] ?? '') ? 2 : 1;
  }
  const before = at === 0 ? [] : [words.slice(0, at).join(' ')];
  const [mpi = '', option = '', processes = ''] = words.slice(at);
  const isMpi =
    /^(?:mpirun|mpiexec)$/.test(programName(mpi)) && /^--?np?$/.test(option) && /^\d+$/.test(processes);
  return isMpi
    ? { words: words.slice(at + 3), before, processes }
    : { words: words.slice(at), before, processes: null };
}

const script = (text: string, folder: string | null, notes: readonly FormNote[]): Command => ({
  preset: 'shell',
  file: null,
  values: () => ({ Command: withoutPrompt(text), ...(folder === null ? {} : { Folder: folder }) }),
  notes,
});
