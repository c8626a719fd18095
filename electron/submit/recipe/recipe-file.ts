import { dirname, resolve } from 'node:path';
import type { KnownNode } from '../../../shared/ipc/submissions';
import { startOfFile } from '../document/problems';
import { readText } from '../document/read-file';
import type { Preset } from '../presets/preset';
import { readWith } from './reading';
import { resolving } from './recipe';
import type { RecipeText, ResolvedRecipe } from './recipe';

/** What is wrong with the file itself is a problem like any other, at its first line. */
export async function readRecipeFile(
  path: string,
  parameters: Readonly<Record<string, string>>,
  nodes: readonly KnownNode[],
  presets: readonly Preset[],
  givenFrom?: string,
): Promise<ResolvedRecipe> {
  const recipe = resolve(path);
  const content = await readText(recipe, 'recipe');
  if (typeof content.text === 'string')
    return readRecipeText(
      { text: content.text, file: path, folder: dirname(recipe), recipe, givenFrom },
      parameters,
      nodes,
      presets,
    );
  return {
    ok: false,
    problems: [{ code: content.code, file: path, ...startOfFile, path: '', message: content.message }],
  };
}

/** With the files beside it that it names. */
export const readRecipeText = (
  input: RecipeText,
  parameters: Readonly<Record<string, string>>,
  nodes: readonly KnownNode[],
  presets: readonly Preset[],
): Promise<ResolvedRecipe> =>
  readWith(resolving(input, parameters, nodes, presets), (path) => readText(path, 'file'));
