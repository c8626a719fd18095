import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Batch } from '../../../shared/model/batch';
import type { Submission } from '../../../shared/model/submission';
import { readText } from '../document/read-file';
import { presets } from '../presets/presets';
import { submitPreset } from '../presets/submit-preset';
import { withInstead } from '../instead';
import { resolveRecipe } from '../recipe/recipe';
import { valuesIn } from './bundle';
import { filesToSave } from './save';

const shipped = await presets(resolve(import.meta.dirname, '../../../resources/presets'));

async function saved(preset: string, submission: Omit<Submission, 'source'>, isRight = true) {
  const found = shipped.find(({ name }) => name === preset);
  if (found === undefined) throw new Error(`there is no preset ${preset}`);
  const { text } = await readText(found.templateFile, 'template');
  const { template, templateFile: file } = found;
  const resolved = submitPreset(found, submission.parameters, submission.folder);
  if (!resolved.ok && isRight) throw new Error(JSON.stringify(resolved.problems));
  const batch = resolved.ok ? withInstead(resolved.batch, submission.instead ?? {}) : null;
  const files = filesToSave(
    { text: text ?? '', file, parameters: template.parameters, preset: found },
    { source: { kind: 'preset', name: preset }, ...submission },
    batch,
  );
  return { batch, files };
}

function fromRecipe(files: Readonly<Record<string, string>>): Batch {
  const folder = '/saved';
  const beside = new Map(Object.entries(files).map(([name, text]) => [resolve(folder, name), text]));
  const input = { text: files['recipe.yaml'] ?? '', file: 'recipe.yaml', folder, recipe: null };
  const resolved = resolveRecipe(input, {}, [], beside);
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  return resolved.batch;
}

describe('what is saved', () => {
  it('gives the same when it is submitted', async () => {
    const { batch, files } = await saved('blender', {
      parameters: {
        SceneFile: 'shot.blend',
        Frames: '1-24',
        Engine: 'Cycles',
        GraphicsCards: '1',
        Program: '/opt/blender',
      },
      folder: '/shots',
      instead: { name: 'Shot 042', priority: 'HIGH', tenant: 'harbour', deadline: 1_900_000_020_000 },
    });
    const again = fromRecipe(files);
    expect(again.jobs[0]?.steps[0]?.needs.allOf).toEqual([]);
    const { recipe: _, ...expected } = batch ?? { recipe: null };
    expect(again).toMatchObject(expected);
    expect(valuesIn(files['parameter_values.yaml'] ?? '', 'values').values).toEqual({
      ...{
        SceneFile: '/shots/shot.blend',
        Frames: '1-24',
        Engine: 'Cycles',
        GraphicsCards: '1',
        Program: '/opt/blender',
      },
    });
  });

  it.each(['echo {{Output}} {{ x', '{{Command}}', 'a\n  b: "c"\n#d\n', ' -1', 'yes', '1.10', "it's"])(
    'has the text %j as it is',
    async (text) => {
      const { files, batch } = await saved('shell', { parameters: { Command: text } });
      expect(fromRecipe(files).jobs[0]?.steps[0]?.action).toEqual(batch?.jobs[0]?.steps[0]?.action);
      expect(valuesIn(files['parameter_values.yaml'] ?? '', 'values').values).toEqual({ Command: text });
    },
  );

  it('is no recipe while something is wrong', async () => {
    const { files } = await saved('blender', { parameters: { Frames: '1-' } }, false);
    expect(Object.keys(files)).toEqual(['template.yaml', 'parameter_values.yaml']);
  });
});
