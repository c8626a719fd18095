/** Which of a program's arguments are files that it reads. */

/** isSure: it is read, or the program fails. Otherwise it is one of its inputs if there is such a file. */
export interface InputArgument {
  readonly index: number;
  readonly isSure: boolean;
}

type Arguments = readonly (string | null)[];

export function inputArguments(program: string, given: Arguments): readonly InputArgument[] {
  const name = program.slice(program.lastIndexOf('/') + 1).replace(/^python3?(\.\d+)?$/, 'python');
  const known = readers.get(name);
  const sure = known === undefined ? [] : known(given);
  if (isClosed.has(name)) return sure.map((index) => ({ index, isSure: true }));
  return given.flatMap((text, index): readonly InputArgument[] => {
    if (sure.includes(index)) return [{ index, isSure: true }];
    return text !== null && mayBeInput(name, given, index) ? [{ index, isSure: false }] : [];
  });
}

/** Indexes of arguments. */
type Reader = (given: Arguments) => readonly number[];

/** The argument after one of these. */
const after =
  (...flags: readonly string[]): Reader =>
  (given) =>
    given.flatMap((text, index) =>
      text !== null && flags.includes(text) && index + 1 < given.length ? [index + 1] : [],
    );

const withEnding =
  (pattern: RegExp, find: Reader): Reader =>
  (given) =>
    find(given).filter((index) => pattern.test(given[index] ?? ''));

/** The first that is none of these options: the script that it runs. */
const script =
  (options = /^$/): Reader =>
  (given) => {
    const first = given.findIndex((text) => text === null || !options.test(text));
    return first < 0 || /^[-+]/.test(given[first] ?? '-') ? [] : [first];
  };

const both =
  (...all: readonly Reader[]): Reader =>
  (given) =>
    all.flatMap((read) => read(given));

const shell = script(/^-[eux]+$/);
const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['python', script(/^-[BEIOPRSsuvx]+$/)],
  ['node', script()],
  ['drover-node', script()],
  ['perl', script(/^-w$/)],
  ['ruby', script(/^-w$/)],
  ['julia', script()],
  ['Rscript', script(/^--vanilla$/)],
  ['sh', shell],
  ['bash', shell],
  ['dash', shell],
  ['blender', both(withEnding(/^[^-]/, after('-b', '--background')), after('-P', '--python'))],
  // What it may find in a library, or names by a part only, is left out.
  [
    'povray',
    (given) =>
      given.some((text) => text === null || /^[+-]L/i.test(text))
        ? []
        : given.flatMap((text, index) => (/^[^+-].*\.pov$/.test(text ?? '') ? [index] : [])),
  ],
  [
    'ffmpeg',
    (given) =>
      given.includes('lavfi') ? [] : withEnding(/^(?!-$)(?:[^%:*|]|%0?\d*d)+$/, after('-i'))(given),
  ],
  [
    'gmx',
    (given) =>
      given[0] === 'grompp'
        ? withEnding(/\.(mdp|gro|pdb|top)$/, after('-f', '-c', '-p'))(given)
        : withEnding(/\.tpr$/, after('-s'))(given),
  ],
  ['lmp', after('-in', '-i')],
]);

/** Of these, other files that are there may be what they are about to write. */
const isClosed = new Set([
  'ffmpeg',
  'gmx',
  'lmp',
  'povray',
  'mkdir',
  'rm',
  'rmdir',
  'touch',
  'tee',
  'truncate',
  'echo',
  'printf',
  'test',
  '[',
  'export',
  'set',
  'trap',
]);
/** They write the last. */
const writesLast = new Set(['cp', 'mv', 'ln', 'install', 'rsync', 'convert', 'magick', 'tar', 'zip', 'dd']);
const writes = /^--?(o|O|out|output|outfile|out-file|output-file|log|logfile|render-output)$/;

function mayBeInput(program: string, given: Arguments, index: number): boolean {
  const text = given[index] ?? '';
  if (text === '' || /^[-+]/.test(text) || /[=,;:]/.test(text)) return false;
  if (writesLast.has(program) && index === given.length - 1) return false;
  return !writes.test(given[index - 1] ?? '');
}
