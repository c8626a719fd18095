/** What an sbatch script runs, and what it expects of Slurm while it does. */
import { findPlaceholders } from '../recipe/placeholders';
import type { JobFields } from '../schema/recipe';
import { literalText } from './draft';
import type { Notes } from './notes';
import type { SbatchScript } from './sbatch';

/** A single argument of a program may not be longer. */
const longestArgument = 100_000;

/** By which option a program takes its script. */
const optionOf: readonly (readonly [RegExp, string])[] = [
  [/^(?:ba|da|k|z|mk|a)?sh$|^t?csh$|^fish$/, '-c'],
  [/^(?:python|pypy)[\d.]*$/, '-c'],
  [/^(?:perl|ruby|Rscript|julia|node|lua)[\d.]*$/, '-e'],
];

/** Programs of Slurm that are not there. */
const ofSlurm =
  /(?<![\w./$-])(srun|sbcast|scontrol|scancel|sbatch|squeue|sacct|sattach|salloc|sstat)(?![\w.=-])/;
const launchers = /(?<![\w./$-])(mpirun|mpiexec|prun|ibrun|aprun)(?![\w.=-])/;

/** What only the node knows, in words of a shell. */
const onNode: Readonly<Record<string, string>> = {
  SLURM_SUBMIT_DIR: '"$PWD"',
  SLURM_SUBMIT_HOST: '"$(hostname)"',
  SLURM_JOB_ID: '"$DROVER_ATTEMPT"',
  SLURM_JOBID: '"$DROVER_ATTEMPT"',
  SLURM_ARRAY_JOB_ID: '"$DROVER_PARAM_Batch"',
  SLURM_JOB_NODELIST: '"$(hostname)"',
  SLURM_NODELIST: '"$(hostname)"',
  SLURMD_NODENAME: '"$(hostname)"',
};

export function readBody(
  { interpreter, lines }: SbatchScript,
  known: ReadonlySet<string>,
  notes: Notes,
): Pick<JobFields, 'run' | 'command'> | null {
  if (interpreter === null)
    notes.assumed({ line: 1, column: 1 }, 'the first line', 'it names no shell, so sh runs the script');
  const words = (interpreter ?? '/bin/sh').split(/\s+/).filter((word) => word !== '');
  const [program = 'sh', ...options] = isEnv(words[0]) ? words.slice(words[1] === '-S' ? 2 : 1) : words;
  const name = program.replace(/^.*\//, '');
  const option = optionOf.find(([form]) => form.test(name))?.[1];
  if (option === undefined)
    return notes.refuse(
      { line: 1, column: 1 },
      'unsupported',
      `how ${name} is given a script is not known; let the script be one for sh or bash that starts ${name} with a file`,
    );
  const isShell = name.endsWith('sh') && !/^t?csh$|^fish$/.test(name);
  const asked = askedOfSlurm(lines, known, notes, isShell);
  const first =
    asked.length === 0 ? [] : [`export ${asked.map((each) => `${each}=${onNode[each]}`).join(' ')}`];
  const text = [...first, ...trimmed(lines.map(([, line]) => line))].join('\n');
  if (text.trim() === '') return notes.refuse({ line: 1, column: 1 }, 'empty', 'the script runs nothing');
  if (text.length > longestArgument)
    return notes.refuse(
      { line: 1, column: 1 },
      'too-large',
      'the script is too long to stand in a recipe; put what it does into a file of its own that it starts',
    );
  if ((name === 'sh' || name === 'dash') && options.length === 0 && findPlaceholders(text).length === 0)
    return { run: `${text}\n` };
  const path = isEnv(words[0]) ? name : program;
  // An interpreter is looked for by its name: it lies elsewhere on other machines.
  const argv0 = /^\/(?:usr\/(?:local\/)?)?bin\/[^/]+$/.test(path) ? name : path;
  return { command: [literalText(argv0), ...options.map(literalText), option, literalText(`${text}\n`)] };
}

const isEnv = (word: string | undefined): boolean => /^(?:.*\/)?env$/.test(word ?? '');

/** Without empty lines at both ends. */
function trimmed(lines: readonly string[]): readonly string[] {
  const from = lines.findIndex((line) => line.trim() !== '');
  return from < 0 ? [] : lines.slice(from, lines.findLastIndex((line) => line.trim() !== '') + 1);
}

/** The variables that its first line sets; what is not there at all is told. */
function askedOfSlurm(
  lines: SbatchScript['lines'],
  known: ReadonlySet<string>,
  notes: Notes,
  isShell: boolean,
): readonly string[] {
  const asked = new Set<string>();
  const told = new Set<string>();
  const once = (what: string, tell: () => void): void => {
    if (!told.has(what)) tell();
    told.add(what);
  };
  for (const [line, text] of lines) {
    if (/^\s*#/.test(text)) continue;
    for (const match of text.matchAll(/\bSLURM(?:D)?_\w+/g)) {
      const [name] = match;
      const place = { line, column: match.index + 1 };
      if (known.has(name)) continue;
      if (isShell && Object.hasOwn(onNode, name)) {
        asked.add(name);
        if (/JOB_?ID$/.test(name))
          once(name, () =>
            notes.assumed(
              place,
              name,
              `Drover has no such numbers: it is ${name.includes('ARRAY') ? 'the name of the batch' : 'a name that each attempt has of its own'}`,
            ),
          );
      } else
        once(name, () =>
          notes.notCarried(place, name, 'the script uses it, and Drover sets no such variable'),
        );
    }
    tellOfPrograms(line, text, once, notes);
  }
  return [...asked];
}

function tellOfPrograms(
  line: number,
  text: string,
  once: (what: string, tell: () => void) => void,
  notes: Notes,
): void {
  const slurm = ofSlurm.exec(text);
  if (slurm !== null) {
    const [, program = ''] = slurm;
    const instead =
      program === 'srun'
        ? 'without Slurm there is no srun: take it away where it starts one process, or write mpirun -n N in its place; a task runs on one node'
        : 'nodes of Drover need not have the programs of Slurm; take it away';
    once(program, () => notes.notCarried({ line, column: slurm.index + 1 }, program, instead));
  }
  const launcher = launchers.exec(text);
  if (launcher !== null) {
    const [, program = ''] = launcher;
    const message =
      'it does not learn from Slurm how many processes to start: say it, such as -n 8. All of them run on one node';
    once(program, () => notes.assumed({ line, column: launcher.index + 1 }, program, message));
  }
}
