import { expect, test } from 'vitest';
import type { Problem } from '../../../shared/ipc/errors';
import { resolveRecipe } from '../recipe/recipe';
import { importFile, problemWithFormat } from './import-file';
import { imported, refusedFor } from './imports-for-tests';
import { remarkInWords } from './notes';
import { recogniseImport } from './recognise';

const sbatch = '#!/bin/sh\n#SBATCH -c 2\n#SBATCH --qos=high\ntrue\n';

test('each form is recognised by what it holds', () => {
  expect(recogniseImport(sbatch)).toBe('sbatch');
  expect(recogniseImport('{ "name": "a", "type": "x", "settings": {} }')).toBe('flamenco');
  expect(recogniseImport('Plugin=Blender\nName=A job\n')).toBe('deadline');
  expect(recogniseImport('name = "x"\n[[task]]\ncommand = ["a"]\n')).toBe('hyperqueue');
  expect(recogniseImport('#!/bin/sh\nfind . | parallel -j2 gzip\n')).toBe('parallel');
});

test('recipes and templates are none of them, whatever they run', () => {
  const recipe = 'drover: 1\njobs:\n  a:\n    run: |\n      #SBATCH -c 2\n      parallel echo ::: 1\n';
  expect(recogniseImport(recipe)).toBeNull();
  expect(recogniseImport('{ "drover": 1, "type": "x", "settings": {} }')).toBeNull();
  expect(recogniseImport('specificationVersion: jobtemplate-2023-09\nname: x\n')).toBeNull();
});

test('where a recipe is expected, it is said how one is made', () => {
  const input = { text: sbatch, file: 'melt.sbatch', folder: '/w', recipe: null };
  const resolved = resolveRecipe(input, {}, []);
  const problems: readonly Problem[] = resolved.ok ? [] : resolved.problems;
  expect(problems).toMatchObject([
    {
      code: 'not-a-recipe',
      line: 1,
      message: expect.stringMatching(/^this is an sbatch script: drover import/),
    },
  ]);
});

test('the recipe itself tells what is lost', () => {
  const made = importFile([{ name: 'melt.sbatch', text: sbatch.replaceAll('\n', '\r\n') }]);
  if (!made.ok) throw new Error('it was refused');
  expect(made.recipe).toBe(`# Made from melt.sbatch, an sbatch script.
# Not carried over:
#   line 3, --qos=high: Drover has no such classes; priority and the settings of the tenant are what comes near
drover: 1
batch: melt
jobs:
  melt:
    run: |
      true
    environment: { SLURM_JOB_NAME: melt, SLURM_CPUS_PER_TASK: 2 }
    resources: { cpu: 2 }
`);
  expect(made.notCarried.map(remarkInWords)).toEqual([
    'melt.sbatch:3:9: --qos=high is not carried over: Drover has no such classes; priority and the settings of the tenant are what comes near',
  ]);
});

test('what cannot be read is told', () => {
  expect(refusedFor('a.txt', 'hello')).toEqual(['1:1 unknown-form']);
  expect(refusedFor('a.txt', '  \n')).toEqual(['1:1 empty']);
  expect(refusedFor('a.txt', '#!/bin/sh\n#SBATCH -c 2\n\0')).toEqual(['1:1 bad-character']);
  expect(refusedFor('a.sh', `${sbatch}#${'x'.repeat(2_000_000)}`)).toEqual(['1:1 too-large']);
  const made = importFile([{ name: 'a.pbs', text: '#!/bin/sh\n#PBS -l nodes=1\n' }]);
  expect(made).toMatchObject({
    ok: false,
    problems: [{ message: expect.stringContaining('a script for PBS') }],
  });
  expect(problemWithFormat('slurm')).toContain('allowed are sbatch');
  expect(problemWithFormat('flamingo')).toContain('did you mean "flamenco"?');
});

test('names that recipes could not have become such names', () => {
  const { batch } = imported('a b/-x{{y}}\u0007.sh', sbatch);
  expect(batch.jobs).toHaveLength(1);
});

test.each([
  ['\n\n  drover: 1\n#SBATCH -c 2\n', null],
  ['{\n  "drover": 1 }', null],
  ['#!/bin/sh\n#SBATCH -c 2\n', 'sbatch'],
  ['\n'.repeat(200_000), null],
])('what it is, is seen at once, %#', (text, format) => expect(recogniseImport(text)).toBe(format));
