import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { recognised, type ProgressRule } from '../../../shared/model/progress';
import { resolveRecipe } from './recipe';

function read(text: string) {
  return resolveRecipe({ text, file: 'x.yaml', folder: resolve('/w'), recipe: null }, {}, []);
}

function rulesOf(text: string): readonly ProgressRule[] {
  const recipe = read(text);
  if (!recipe.ok) throw new Error(JSON.stringify(recipe.problems, null, 2));
  return recipe.batch.jobs.flatMap(({ steps }) => steps.map(({ progress }) => progress));
}

test('a step may say how its progress is read, or its job for it; else programs are recognised', () => {
  const text = String.raw`drover: 1
parameters: { Unit: pass }
jobs:
  plain: { run: x }
  all:
    progress: gromacs
    steps:
      inherits: { run: x }
      none: { run: x, progress: none }
      own: { run: x, progress: { pattern: '^{{Unit}} (?<done>\d+) of (?<total>\d+)' } }
`;
  expect(rulesOf(text)).toEqual([
    recognised,
    { kind: 'program', program: 'gromacs' },
    { kind: 'none' },
    { kind: 'pattern', pattern: String.raw`^pass (?<done>\d+) of (?<total>\d+)` },
  ]);
});

test.each<[written: string, message: string]>([
  [
    'houdini',
    'found the text "houdini"; allowed is blender, povray, ffmpeg, gromacs, lammps, openfoam, openjd, none, or',
  ],
  ['{}', 'is missing; allowed is a regular expression'],
  ["{ pattern: '(?<progress>[0-9]+' }", 'is no regular expression of JavaScript'],
  ["{ pattern: '(?P<progress>[0-9]+)' }", 'a named group is written (?<name>...), without the P'],
  ["{ pattern: '([0-9]+)%' }", 'has no group that tells something; write one such as (?<progress>[0-9]+)%'],
  ["{ pattern: '(?<done>[0-9]+)' }", 'the groups done and total go together'],
  ["{ pattern: '(?<percent>[0-9]+)' }", 'the group "percent" means nothing here'],
  [`{ pattern: '(?<progress>${'x'.repeat(500)})' }`, 'the pattern has 513 characters; allowed are 500'],
  ["{ pattern: '(?<progress>{{Nobody}})' }", '{{Nobody}} is unknown'],
  ['{ regex: x }', 'unknown field'],
])('progress: %s', (written, message) => {
  const recipe = read(`drover: 1\njobs:\n  a: { run: x, progress: ${written} }`);
  expect(recipe.ok ? [] : recipe.problems.map((problem) => problem.message)).toContainEqual(
    expect.stringContaining(message),
  );
});
