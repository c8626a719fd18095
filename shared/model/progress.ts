/** The programs whose output tells how far a task is, in a form that Drover knows. */
export const programs = ['blender', 'povray', 'ffmpeg', 'gromacs', 'lammps', 'openfoam', 'openjd'] as const;
export type Program = (typeof programs)[number];

/** How it is read from what the tasks of a step print. */
export type ProgressRule =
  /** By what is recognised as the output of one of the programs. */
  | { readonly kind: 'recognised' }
  | { readonly kind: 'program'; readonly program: Program }
  /** A regular expression with named groups, tried on each line. */
  | { readonly kind: 'pattern'; readonly pattern: string }
  | { readonly kind: 'none' };

export const recognised: ProgressRule = { kind: 'recognised' };

/** The groups of a pattern that mean something. `done` and `total` go together. */
export const progressGroups = ['progress', 'fraction', 'done', 'total', 'phrase'] as const;
