import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { samples } from './samples';

const resources = resolve(import.meta.dirname, '../../resources');

test('all that are shipped are listed; those that run anywhere come first', async () => {
  const listed = await samples(resources, new Set(['os:linux', 'program:povray', 'program:ffmpeg']));
  expect(listed.map(({ name, kind, needs, missing }) => [name, kind, needs, missing])).toEqual([
    ['sunflower', 'render', [], []],
    ['galaxies', 'simulation', [], []],
    ['lighthouse', 'render', ['POV-Ray'], []],
    ['orrery', 'render', ['Blender', 'ffmpeg'], ['Blender']],
    ['argon', 'simulation', ['GROMACS'], ['GROMACS']],
    ['cavity', 'simulation', ['OpenFOAM'], ['OpenFOAM']],
    ['droplets', 'simulation', ['LAMMPS'], ['LAMMPS']],
  ]);
  expect(listed.map(({ name }) => name).toSorted()).toEqual(readdirSync(join(resources, 'samples')));
  for (const { description } of listed) expect(description).toMatch(/^[A-Z].{20,}\.$/);
});

test('they are small', () => {
  const folder = join(resources, 'samples');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  expect(files.reduce((sum, file) => sum + statSync(file).size, 0)).toBeLessThan(500_000);
});
