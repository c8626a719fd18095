import { basename, join } from 'node:path';
import type { CheckedRecipe, RecipeSource } from '../../shared/ipc/contract';
import type { Problem } from '../../shared/ipc/errors';
import type { Batch } from '../../shared/model/batch';
import { taskCount } from '../../shared/model/space';
import { resolveRecipe } from './recipe';
import { readRecipeFile } from './recipe-file';

export type ReadRecipe =
  | { readonly ok: true; readonly batch: Batch; readonly summary: Omit<CheckedRecipe, 'warnings'> }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** From wherever a recipe comes to a Batch, and what a person wants to know of it first. */
export async function readRecipe(
  source: RecipeSource,
  parameters: Readonly<Record<string, string>>,
): Promise<ReadRecipe> {
  const resolved =
    source.kind === 'file'
      ? await readRecipeFile(source.path, parameters)
      : resolveRecipe(
          {
            text: source.text,
            file: source.name,
            folder: source.folder,
            recipe: join(source.folder, basename(source.name)),
          },
          parameters,
        );
  if (!resolved.ok) return resolved;
  const { batch } = resolved;
  const jobs = batch.jobs.map(({ name, kind, steps }) => ({
    name,
    kind,
    tasks: steps.reduce((sum, step) => sum + taskCount(step.space), 0),
    after: batch.dependencies
      .filter(({ to }) => to.job === name && to.step === null)
      .map(({ from }) => from.job),
  }));
  const tasks = jobs.reduce((sum, job) => sum + job.tasks, 0);
  return { ok: true, batch, summary: { name: batch.name, jobs, tasks, parameters: resolved.parameters } };
}
