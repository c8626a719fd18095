import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { noCapacity } from '../../../shared/model/amounts';
import { resolveRecipe } from './recipe';

const root = resolve(import.meta.dirname, '../../..');
const node = { name: 'workstation', capacity: { ...noCapacity, cpu: 16, memoryMiB: 65_536 } };

/** Those that they name. */
const files = new Map([
  [resolve(root, 'points.csv'), 'X,Y\n1,2\n'],
  [resolve(root, 'common.yaml'), 'drover: 1\n'],
]);

function recipesOf(file: string): readonly string[] {
  const text = readFileSync(resolve(root, file), 'utf8');
  return [...text.matchAll(/```yaml\n(drover: 1\n.*?)```/gs)].flatMap(([, recipe]) => recipe ?? []);
}

test.each(['README.md', '.github/RECIPE.md'])('every recipe of %s is right', (file) => {
  const recipes = recipesOf(file);
  expect(recipes.length).toBeGreaterThan(0);
  for (const text of recipes)
    expect(resolveRecipe({ text, file, folder: root, recipe: null }, {}, [node], files)).toMatchObject({
      ok: true,
    });
});
