import { expect, test } from 'vitest';
import type { Batch } from '../shared/model/batch';
import { outputFolder, runFolder } from './output-folder';

const batch = (output: string | null): Batch => ({
  name: 'Shot 042, läuft!',
  recipe: null,
  output,
  tenant: 'default',
  jobs: [],
  dependencies: [],
});

test('where the recipe says, or in a folder named after the batch', () => {
  expect(outputFolder('/data', 'b7', batch('/renders'))).toBe('/renders');
  expect(outputFolder('/data', 'b7', batch(null))).toBe('/data/output/b7-shot-042-la-uft');
});

test('runs of a schedule never share a folder', () => {
  expect(runFolder('/data', 'b7', batch('/renders'))).toBe('/renders/b7-shot-042-la-uft');
  expect(runFolder('/data', 'b7', batch(null))).toBe('/data/output/b7-shot-042-la-uft');
});
