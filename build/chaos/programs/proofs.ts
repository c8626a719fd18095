import { cycles } from './cycles';
import { animation } from './frames';
import { gromacs } from './gromacs';
import { lammps } from './lammps';
import { openfoam } from './openfoam';
import { povray } from './povray';
import type { Proof } from './proof';
import { galaxies, sunflower } from './samples';

export const proofs: readonly Proof[] = [
  gromacs,
  lammps,
  openfoam,
  povray,
  animation,
  cycles,
  galaxies,
  sunflower,
];
