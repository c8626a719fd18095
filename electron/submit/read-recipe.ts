import { basename, join } from 'node:path';
import type { CheckedRecipe, KnownNode, Submission } from '../../shared/ipc/contract';
import type { Problem, Refusal } from '../../shared/ipc/errors';
import type { Batch } from '../../shared/model/batch';
import { taskCount } from '../../shared/model/space';
import type { BatchPlaces } from './batch-places';
import { readRecipeFile, readRecipeText } from './recipe-file';

export type ReadRecipe =
  | {
      readonly ok: true;
      readonly batch: Batch;
      readonly summary: Omit<CheckedRecipe, 'findings' | 'starts'>;
      readonly places: BatchPlaces;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** From wherever a recipe comes to a Batch, and what a person wants to know of it first. */
export async function readRecipe(
  { source, parameters, folder }: Submission,
  nodes: readonly KnownNode[],
): Promise<ReadRecipe> {
  const resolved =
    source.kind === 'file'
      ? await readRecipeFile(source.path, parameters, nodes, folder)
      : await readRecipeText(
          {
            text: source.text,
            file: source.name,
            folder: source.folder,
            recipe: join(source.folder, basename(source.name)),
            givenFrom: folder,
          },
          parameters,
          nodes,
        );
  if (!resolved.ok) return resolved;
  const { batch } = resolved;
  const before = new Map<string, Set<string>>(batch.jobs.map(({ name }) => [name, new Set()]));
  for (const { from, to } of batch.dependencies)
    if (from !== null && from.job !== to.job) before.get(to.job)?.add(from.job);
  const jobs = batch.jobs.map(({ name, kind, steps }) => ({
    name,
    kind,
    tasks: steps.reduce((sum, step) => sum + taskCount(step.space), 0),
    after: [...(before.get(name) ?? [])],
    steps: steps.map((step) => ({ name: step.name, request: step.request })),
  }));
  const tasks = jobs.reduce((sum, job) => sum + job.tasks, 0);
  const { parameters: given, schedule, relativeTo, places } = resolved;
  const summary = { name: batch.name, jobs, tasks, parameters: given, schedule, relativeTo };
  return { ok: true, batch, summary, places };
}

/** `undone`: what was not done with it. */
export function recipeRefusal(
  { problems }: Extract<ReadRecipe, { ok: false }>,
  undone = 'submitted',
): Refusal {
  const mistakes = problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`;
  return { code: 'refused', message: `Nothing was ${undone}: the recipe has ${mistakes}.`, problems };
}
