import type { KnownNode } from '../../../shared/ipc/submissions';
import type { Problem } from '../../../shared/ipc/errors';
import type { Batch } from '../../../shared/model/batch';
import type { ScheduleRule } from '../../../shared/model/schedule';
import { placesOfBatch, type BatchPlaces } from '../batch-places';
import { knownNodes } from '../known-nodes';
import type { KnownNodes } from '../known-nodes';
import { formatInWords, recogniseImport } from '../import/recognise';
import { readSources } from './includes';
import { parameterNamesOf, resolveParameters } from './parameters';
import { gatherProblems, startOfFile } from '../document/problems';
import type { Problems } from '../document/problems';
import type { Preset } from '../presets/preset';
import { readFrom, type Reading } from './reading';
import { resolveBatch } from './resolve';
import { resolveSchedule } from './resolve-schedule';
import { readTemplates } from './resolve-template';
import { readTables } from '../sweeps/tables';
import { isTemplate, resolveTemplate } from '../templates/read-template';
import { validateRecipe } from './validate';
import { withVariables } from './variables';

export interface RecipeText {
  readonly text: string;
  /** For messages. */
  readonly file: string;
  /** Absolute: what relative paths in the recipe are relative to. */
  readonly folder: string;
  /** The file's path, where there is one. */
  readonly recipe: string | null;
  /** Absolute: what paths among the parameters of a template are relative to; missing: its folder. */
  readonly givenFrom?: string | undefined;
}

export type ResolvedRecipe =
  | {
      readonly ok: true;
      readonly batch: Batch;
      readonly parameters: Record<string, string>;
      /** When the clock is to submit it; null: nothing is said of that. */
      readonly schedule: ScheduleRule | null;
      /** What parts such as `50%` were taken of. */
      readonly relativeTo: readonly KnownNode[];
      readonly places: BatchPlaces;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * The whole way from text to Batch: read, validate, resolve. `parameters` replace the recipe's own;
 * `nodes` are those of the farm, as far as they are known.
 */
export function* resolving(
  input: RecipeText,
  parameters: Readonly<Record<string, string>>,
  nodes: readonly KnownNode[],
  presets: readonly Preset[] = [],
): Reading<ResolvedRecipe> {
  if (isTemplate(input.text)) {
    const resolved = resolveTemplate({ ...input, givenFrom: input.givenFrom ?? input.folder }, parameters);
    return resolved.ok ? { ...resolved, schedule: null, relativeTo: [] } : resolved;
  }
  const problems = gatherProblems(input.file);
  const foreign = recogniseImport(input.text);
  if (foreign !== null) {
    const message = `this is ${formatInWords[foreign]}: drover import makes a recipe of it`;
    problems.add({ code: 'not-a-recipe', place: startOfFile, path: '', message });
    return { ok: false, problems: problems.list() };
  }
  const known = knownNodes(nodes);
  const resolved = yield* pipeline(input, parameters, { nodes: known, presets }, problems);
  return resolved !== null && problems.none
    ? { ok: true, ...resolved, relativeTo: known.used() }
    : { ok: false, problems: problems.list() };
}

/** With files beside it, by their paths, that have been read already. */
export function resolveRecipe(
  input: RecipeText,
  parameters: Readonly<Record<string, string>>,
  nodes: readonly KnownNode[],
  files: ReadonlyMap<string, string> = new Map(),
  presets: readonly Preset[] = [],
): ResolvedRecipe {
  return readFrom(resolving(input, parameters, nodes, presets), files);
}

function* pipeline(
  input: RecipeText,
  given: Readonly<Record<string, string>>,
  { nodes, presets }: { readonly nodes: KnownNodes; readonly presets: readonly Preset[] },
  problems: Problems,
): Reading<Omit<Extract<ResolvedRecipe, { ok: true }>, 'ok' | 'relativeTo'> | null> {
  const sources = yield* readSources(input, problems);
  if (sources === null) return null;
  const { document } = sources;
  const fields = validateRecipe(document, problems);
  if (fields === null) return null;
  const own = resolveParameters(fields, given, document, problems);
  const named = { document, problems, parameterNames: parameterNamesOf(document) };
  const texts = { ...named, parameters: withVariables({ ...named, parameters: own }) };
  const tables = yield* readTables(texts, sources);
  const templates = yield* readTemplates(texts, sources, presets);
  const scope = { ...texts, folder: input.folder, nodes, tables, templates };
  const batch = resolveBatch(scope, fields, input.file, input.recipe);
  const schedule = resolveSchedule(scope, Date.now());
  const places = placesOfBatch(document, input.file);
  return { batch, parameters: Object.fromEntries(own), schedule, places };
}
