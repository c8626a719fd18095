/** The programs that a probe looks for, and how their versions are read. */

export const programNames = [
  'blender',
  'gmx',
  'lmp',
  'povray',
  'ffmpeg',
  'python3',
  'node',
  'perl',
  'nvcc',
  'mpirun',
  'openfoam',
  'houdini',
  'nuke',
  'mayapy',
  'Rscript',
  'julia',
  'matlab',
] as const;
export type ProgramName = (typeof programNames)[number];

const number = String.raw`(\d{1,8}(?:\.\d{1,8}){0,3})`;

/** Those that take a licence are not started: the path of what they are has the version in it. */
const ofPath: Partial<Record<ProgramName, RegExp>> = {
  houdini: new RegExp(`/(?:hfs|houdini|versions/)${number}`, 'i'),
  nuke: new RegExp(`/nuke${number}`, 'i'),
  mayapy: /\/maya(\d{4}(?:\.\d{1,2})?)/i,
  matlab: /\/matlab[_/](R\d{4}[ab])/i,
};

const first = new RegExp(number);

/** The version in the line that a program answered with, or in its path; null: none is in it. */
export function versionOf(program: ProgramName, line: string): string | null {
  if (program === 'lmp') return dateOf(line);
  const pattern = ofPath[program] ?? first;
  return pattern.exec(line)?.[1] ?? null;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** LAMMPS counts its versions by the day: `29 Sep 2021` is 20210929, also in its own words. */
function dateOf(line: string): string | null {
  const [, day, name, year] = / - (\d{1,2}) ([A-Z][a-z]{2})[a-z]* (\d{4})/.exec(line) ?? [];
  const month = months.indexOf(name ?? '') + 1;
  if (day === undefined || year === undefined || month === 0) return null;
  return `${year}${String(month).padStart(2, '0')}${day.padStart(2, '0')}`;
}
