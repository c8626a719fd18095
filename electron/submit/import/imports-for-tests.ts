/** Imports, and reads what came of it as drover check does. */
import { resolve } from 'node:path';
import type { Batch } from '../../../shared/model/batch';
import { resolveRecipe } from '../recipe/recipe';
import type { ImportedFile } from './draft';
import { importFile } from './import-file';
import type { Remark } from './notes';
import type { ImportOptions } from './source';

export interface ImportedForTest {
  readonly batch: Batch;
  readonly recipe: string;
  /** `line:column what` */
  readonly lost: readonly string[];
  readonly assumed: readonly string[];
}

const schema = 'recipe.json';

export function importedFrom(
  files: readonly [ImportedFile, ...ImportedFile[]],
  options: ImportOptions = {},
): ImportedForTest {
  const imported = importFile(files, { schema, ...options });
  if (!imported.ok) throw new Error(JSON.stringify(imported.problems, null, 2));
  const folder = resolve('/work');
  const beside = new Map(files.map(({ name, text }) => [resolve(folder, name), text]));
  const resolved = resolveRecipe(
    { text: imported.recipe, file: 'r.yaml', folder, recipe: null },
    {},
    [],
    beside,
  );
  if (!resolved.ok) throw new Error(`${JSON.stringify(resolved.problems, null, 2)}\n${imported.recipe}`);
  const briefly = (remarks: readonly Remark[]): readonly string[] =>
    remarks.map(({ line, column, what }) => `${line}:${column} ${what}`);
  return {
    batch: resolved.batch,
    recipe: imported.recipe,
    lost: briefly(imported.notCarried),
    assumed: briefly(imported.assumed),
  };
}

export const imported = (name: string, text: string, options: ImportOptions = {}): ImportedForTest =>
  importedFrom([{ name, text }], options);

/** `line:column code` of all that is wrong. */
export function refusedFor(name: string, text: string, options: ImportOptions = {}): readonly string[] {
  const result = importFile([{ name, text }], options);
  return result.ok ? [] : result.problems.map(({ line, column, code }) => `${line}:${column} ${code}`);
}
