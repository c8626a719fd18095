import { basename, join } from 'node:path';
import type { CheckedRecipe, CheckedStep, KnownNode, TaskName } from '../../shared/ipc/submissions';
import type { Submission } from '../../shared/model/submission';
import type { Problem, Refusal } from '../../shared/ipc/errors';
import type { Batch, Step } from '../../shared/model/batch';
import { taskCount, taskLabel, taskParameters, type Space } from '../../shared/model/space';
import type { BatchPlaces } from './batch-places';
import { startOfFile } from './document/problems';
import { insteadProblems, withInstead } from './instead';
import type { Preset } from './presets/preset';
import { noSuchPreset, submitPreset } from './presets/submit-preset';
import type { ResolvedRecipe } from './recipe/recipe';
import { readRecipeFile, readRecipeText } from './recipe/recipe-file';

export type ReadRecipe =
  | {
      readonly ok: true;
      readonly batch: Batch;
      readonly summary: Omit<CheckedRecipe, 'findings' | 'starts' | 'end'>;
      readonly places: BatchPlaces;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** From wherever a recipe comes to a Batch, and what a person wants to know of it first. */
export async function readRecipe(
  submission: Submission,
  nodes: readonly KnownNode[],
  presets: readonly Preset[] = [],
): Promise<ReadRecipe> {
  const { source, instead = {} } = submission;
  const resolved = await resolveSource(submission, nodes, presets);
  const wrong = insteadProblems(instead, source.kind === 'file' ? source.path : source.name);
  if (!resolved.ok || wrong.length > 0)
    return { ok: false, problems: [...wrong, ...(resolved.ok ? [] : resolved.problems)] };
  const batch = withInstead(resolved.batch, instead);
  const before = new Map<string, Set<string>>(batch.jobs.map(({ name }) => [name, new Set()]));
  for (const { from, to } of batch.dependencies)
    if (from !== null && from.job !== to.job) before.get(to.job)?.add(from.job);
  const jobs = batch.jobs.map(({ name, kind, steps }) => ({
    name,
    kind,
    tasks: steps.reduce((sum, step) => sum + taskCount(step.space), 0),
    after: [...(before.get(name) ?? [])],
    steps: steps.map(checkedStep),
  }));
  const tasks = jobs.reduce((sum, job) => sum + job.tasks, 0);
  const { parameters: given, schedule, relativeTo, places } = resolved;
  const summary = { name: batch.name, jobs, tasks, parameters: given, schedule, relativeTo };
  return { ok: true, batch, summary, places };
}

async function resolveSource(
  { source, parameters, folder }: Submission,
  nodes: readonly KnownNode[],
  presets: readonly Preset[],
): Promise<ResolvedRecipe> {
  switch (source.kind) {
    case 'file':
      return readRecipeFile(source.path, parameters, nodes, presets, folder);
    case 'text': {
      const { text, name: file, folder: own } = source;
      return readRecipeText(
        { text, file, folder: own, recipe: join(own, basename(file)), givenFrom: folder },
        parameters,
        nodes,
        presets,
      );
    }
    case 'preset': {
      const preset = presets.find(({ name }) => name === source.name);
      if (preset !== undefined) {
        const resolved = submitPreset(preset, parameters, folder);
        return resolved.ok ? { ...resolved, schedule: null, relativeTo: [] } : resolved;
      }
      const message = noSuchPreset(source.name, presets);
      return {
        ok: false,
        problems: [{ code: 'no-such-preset', file: source.name, ...startOfFile, path: '', message }],
      };
    }
  }
}

/** So many tasks at the beginning of a step, and at its end, are named. */
const named = 3;

function checkedStep({ name, request, space }: Step): CheckedStep {
  const tasks = taskCount(space);
  const names = (from: number, to: number): readonly TaskName[] =>
    Array.from({ length: Math.max(0, to - from) }, (_, index) => taskName(space, from + index));
  const isMany = tasks > 1;
  return {
    ...{ name, request, tasks },
    first: isMany ? names(0, Math.min(named, tasks)) : [],
    last: isMany ? names(Math.max(named, tasks - named), tasks) : [],
  };
}

function taskName(space: Space, index: number): TaskName {
  const [value, ...others] = Object.values(taskParameters(space, index));
  return { label: taskLabel(space, index), value: others.length > 0 ? null : (value ?? null) };
}

/** `undone`: what was not done with it. */
export function recipeRefusal(
  { problems }: Extract<ReadRecipe, { ok: false }>,
  undone = 'submitted',
): Refusal {
  const mistakes = problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`;
  return { code: 'refused', message: `Nothing was ${undone}: the recipe has ${mistakes}.`, problems };
}
