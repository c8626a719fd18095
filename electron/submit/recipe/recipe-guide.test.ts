import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { noCapacity } from '../../../shared/model/amounts';
import { presets } from '../presets/presets';
import { resolveRecipe } from './recipe';

const root = resolve(import.meta.dirname, '../../..');
const node = { name: 'workstation', capacity: { ...noCapacity, cpu: 16, memoryMiB: 65_536 } };

/** Those that they name. */
const files = new Map([
  [resolve(root, 'points.csv'), 'X,Y\n1,2\n'],
  [resolve(root, 'common.yaml'), 'drover: 1\n'],
  [
    resolve(root, 'comp.yaml'),
    `specificationVersion: jobtemplate-2023-09
name: Comp
parameterDefinitions: [{ name: Scene, type: PATH }]
steps: [{ name: comp, script: { actions: { onRun: { command: comp, args: ["{{Param.Scene}}"] } } } }]
`,
  ],
]);
const shipped = await presets(resolve(root, 'resources/presets'));

function recipesOf(file: string): readonly string[] {
  const text = readFileSync(resolve(root, file), 'utf8');
  return [...text.matchAll(/```yaml\n(drover: 1\n.*?)```/gs)].flatMap(([, recipe]) => recipe ?? []);
}

test.each(['README.md', '.github/RECIPE.md'])('every recipe of %s is right', (file) => {
  const recipes = recipesOf(file);
  expect(recipes.length).toBeGreaterThan(0);
  for (const text of recipes)
    expect(
      resolveRecipe({ text, file, folder: root, recipe: null }, {}, [node], files, shipped),
    ).toMatchObject({ ok: true });
});
