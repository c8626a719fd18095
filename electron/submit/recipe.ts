import type { KnownNode } from '../../shared/ipc/contract';
import type { Problem } from '../../shared/ipc/errors';
import type { Batch } from '../../shared/model/batch';
import { placesOfBatch, type BatchPlaces } from './batch-places';
import { knownNodes } from './known-nodes';
import type { KnownNodes } from './known-nodes';
import { parameterNamesOf, resolveParameters } from './parameters';
import { gatherProblems } from './problems';
import type { Problems } from './problems';
import { parseRecipe } from './read';
import { resolveBatch } from './resolve';
import { validateRecipe } from './validate';

export interface RecipeText {
  readonly text: string;
  /** For messages. */
  readonly file: string;
  /** Absolute: what relative paths in the recipe are relative to. */
  readonly folder: string;
  /** The file's path, where there is one. */
  readonly recipe: string | null;
}

export type ResolvedRecipe =
  | {
      readonly ok: true;
      readonly batch: Batch;
      readonly parameters: Record<string, string>;
      /** What parts such as `50%` were taken of. */
      readonly relativeTo: readonly KnownNode[];
      readonly places: BatchPlaces;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * The whole way from text to Batch: read, validate, resolve. `parameters` replace the recipe's own;
 * `nodes` are those of the farm, as far as they are known.
 */
export function resolveRecipe(
  input: RecipeText,
  parameters: Readonly<Record<string, string>>,
  nodes: readonly KnownNode[],
): ResolvedRecipe {
  const problems = gatherProblems(input.file);
  const known = knownNodes(nodes);
  const resolved = pipeline(input, parameters, known, problems);
  return resolved !== null && problems.none
    ? { ok: true, ...resolved, relativeTo: known.used() }
    : { ok: false, problems: problems.list() };
}

function pipeline(
  input: RecipeText,
  given: Readonly<Record<string, string>>,
  nodes: KnownNodes,
  problems: Problems,
): { batch: Batch; parameters: Record<string, string>; places: BatchPlaces } | null {
  const document = parseRecipe(input.text, problems);
  if (document === null) return null;
  const fields = validateRecipe(document, problems);
  if (fields === null) return null;
  const parameters = resolveParameters(fields, given, document, problems);
  const scope = {
    document,
    problems,
    parameters,
    parameterNames: parameterNamesOf(document),
    folder: input.folder,
    nodes,
  };
  const batch = resolveBatch(scope, fields, input.file, input.recipe);
  const places = placesOfBatch(document, input.file);
  return { batch, parameters: Object.fromEntries(parameters), places };
}
