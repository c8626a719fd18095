import { resolve } from 'node:path';
import type { Action, Step } from '../../../shared/model/batch';
import type { Path } from '../document/document';
import type { Environments } from './environments';
import { isPassable, unpassable } from '../document/locate';
import type { WorkFields } from '../schema/recipe';
import { resolveCheckpoints } from './resolve-checkpoints';
import { resolveFiles } from './resolve-files';
import { resolveEnvironments } from './resolve-environments';
import { isPreemptible, resolveNeeds, resolveRetry, resolveTimeout } from './resolve-limits';
import { resolveProgress } from './resolve-progress';
import { resolveRequest } from './resolve-request';
import { resolveSpace } from '../sweeps/resolve-space';
import { checkPlaceholders, filledText, innermost, problemAt, taskNames } from './scope';
import type { Scope } from './scope';
import { describe } from '../document/words';

export interface StepPlace {
  readonly name: string;
  readonly path: Path;
  /** From the outermost to the innermost: what a step does not say, the job or the recipe may. */
  readonly levels: readonly Path[];
  /** The values of built-in names that are known before the step runs. */
  readonly builtIns: ReadonlyMap<string, string>;
}

/** Null when something is wrong with it; what, is among the problems. */
export function resolveStep(
  scope: Scope,
  fields: WorkFields,
  place: StepPlace,
  parameters: Readonly<Record<string, string>>,
  environments: Environments,
): Step | null {
  const { names, space } = resolveSpace(scope, place.path);
  const action = resolveAction(scope, fields, place.path, taskNames(scope, names));
  const { levels } = place;
  const request = resolveRequest(scope, levels);
  const needs = resolveNeeds(scope, levels);
  const retry = resolveRetry(scope, levels);
  const timeoutMs = resolveTimeout(scope, levels);
  const progress = resolveProgress(scope, levels);
  const files = resolveFiles(scope, levels);
  const checkpoints = resolveCheckpoints(scope, levels, taskNames(scope, names));
  const folder = resolveFolder(scope, innermost(scope, levels, ['folder']), place.builtIns);
  const environment = environments.of(
    levels.map((path) => [...path, 'environment']),
    names,
  );
  if (action === null || space === null || folder === null) return null;
  return {
    name: place.name,
    action,
    space,
    request,
    needs,
    retry,
    timeoutMs,
    graceMs: null,
    preemptible: isPreemptible(scope, levels),
    progress,
    files,
    ...(checkpoints === null ? {} : { checkpoints }),
    folder,
    environment,
    environments: resolveEnvironments(scope, levels),
    parameters,
    paths: null,
  };
}

function resolveAction(
  scope: Scope,
  fields: WorkFields,
  path: Path,
  allowed: readonly string[] | null,
): Action | null {
  const { document } = scope;
  const { run, command } = fields;
  if (run !== undefined) {
    const at = [...path, 'run'];
    if (run.trim() === '')
      problemAt(scope, 'empty', at, `found ${describe(run)}; a command should stand here`);
    return checkPlaceholders(scope, at, allowed) ? { kind: 'script', text: run } : null;
  }
  if (command !== undefined) {
    const at = [...path, 'command'];
    const argv = command.map((_, index) => document.textAt([...at, index]));
    if (argv.length === 0)
      problemAt(scope, 'empty', at, 'the list is empty; the program and its arguments should stand here');
    else if (argv[0]?.trim() === '') problemAt(scope, 'empty', [...at, 0], 'the program has no name');
    for (const index of argv.keys()) checkPlaceholders(scope, [...at, index], allowed);
    return { kind: 'command', argv };
  }
  return null;
}

/** Absolute. A path of null stands for the recipe's own folder. */
export function resolveFolder(
  scope: Scope,
  path: Path | null,
  builtIns: ReadonlyMap<string, string>,
): string | null {
  if (path === null) return scope.folder;
  const text = filledText(scope, path, builtIns);
  if (text === null) return null;
  if (text.trim() === '') {
    problemAt(scope, 'empty', path, 'the folder has no name');
    return null;
  }
  if (!isPassable(text)) {
    problemAt(scope, 'bad-character', path, `the folder's name ${unpassable}`);
    return null;
  }
  return resolve(scope.folder, text);
}
