/** Jobs of a recipe that are made of a template of Open Job Description beside it. */
import { dirname } from 'node:path';
import type { Step } from '../../../shared/model/batch';
import type { Dependency } from '../../../shared/model/dependency';
import { noRequest } from '../../../shared/model/amounts';
import type { Path } from '../document/document';
import { isPassable, unpassable } from '../document/locate';
import { accepted, refused } from '../document/parsed';
import type { Parsed } from '../document/parsed';
import { quote } from '../document/words';
import type { Environments } from './environments';
import type { Beside, Sources } from './includes';
import type { Reading } from './reading';
import { isWithin, resolveFiles } from './resolve-files';
import { isPreemptible, resolveNeeds, resolveRetry, resolveTimeout } from './resolve-limits';
import { resolveProgress } from './resolve-progress';
import { resolveRequest } from './resolve-request';
import { filledText, innermost, problemAt, readValue } from './scope';
import type { Scope, TextScope } from './scope';
import { openTemplate, tryMakeJob } from '../templates/read-template';

export interface TemplateFile extends Beside {
  readonly text: string;
}
/** By the names of the jobs; null: it cannot be used, and why is among the problems. */
export type TemplateFiles = ReadonlyMap<string, TemplateFile | null>;

export function* readTemplates(scope: TextScope, { besideOf }: Sources): Reading<TemplateFiles> {
  const files = new Map<string, TemplateFile | null>();
  for (const job of scope.document.names(['jobs'])) {
    const place = ['jobs', job, 'template'];
    if (!scope.document.has(place)) continue;
    files.set(job, null);
    const name = readValue(scope, place, 'bad-file', parseTemplateName);
    if (name === null) continue;
    const at = besideOf(scope.document.place(place), name);
    const content = yield at.path;
    if (content.text === null) problemAt(scope, content.code, place, `${quote(name)}: ${content.message}`);
    else files.set(job, { ...at, text: content.text });
  }
  return files;
}

function parseTemplateName(text: string): Parsed<string> {
  if (text.trim() === '') return refused('the file has no name');
  if (!isPassable(text)) return refused(`the file's name ${unpassable}`);
  return isWithin(text)
    ? accepted(text)
    : refused(
        `${quote(text)} lies outside of the folder of this file; allowed are names such as comp.yaml and templates/comp.yaml`,
      );
}

export interface MadeJob {
  readonly steps: readonly Step[];
  readonly dependencies: readonly Dependency[];
}

/** What the job of a recipe says counts beside what the template says; of amounts, the larger. */
export function resolveTemplateJob(
  scope: Scope,
  name: string,
  file: TemplateFile,
  environments: Environments,
): MadeJob | null {
  const path: Path = ['jobs', name];
  const levels: readonly Path[] = [[], path];
  const given = valuesFor(scope, [...path, 'parameters']);
  const opened = openTemplate(
    {
      text: file.text,
      file: file.file,
      folder: dirname(file.path),
      givenFrom: scope.folder,
      recipe: file.path,
    },
    given,
  );
  if (!opened.ok) {
    for (const { code, message, path: at, file: where, line, column } of opened.problems) {
      // What is given or not is for whoever wrote the recipe.
      if (ofGiven.includes(code)) problemAt(scope, code, [...path, 'parameters'], message);
      else scope.problems.add({ code, message, path: at, place: { line, column, file: where } });
    }
    return null;
  }
  const asks = innermost(scope, levels, ['resources']) !== null;
  const files = resolveFiles(scope, levels);
  const made = tryMakeJob(opened.job, name, {
    outputs: opened.outputs,
    inputs: opened.inputs,
    wanted: { request: asks ? resolveRequest(scope, levels) : noRequest, needs: resolveNeeds(scope, levels) },
    retry: resolveRetry(scope, levels),
    timeoutMs: resolveTimeout(scope, levels),
    preemptible: isPreemptible(scope, levels),
    progress: resolveProgress(scope, levels),
    files,
    folder: files.kind === 'staged' ? scope.folder : '/',
    environment: environments.of(
      levels.map((level) => [...level, 'environment']),
      [],
    ),
  });
  if (made.ok) return made;
  problemAt(scope, made.code, [...path, 'template'], made.message);
  return null;
}

const ofGiven: readonly string[] = ['unknown-parameter', 'missing-parameter'];

function valuesFor(scope: Scope, path: Path): Readonly<Record<string, string>> {
  const values = scope.document.names(path).flatMap((name) => {
    const text = filledText(scope, [...path, name]);
    return text === null ? [] : [[name, text] as const];
  });
  return Object.fromEntries(values);
}

/** What is for jobs with a command of their own. */
export function refuseBesideTemplate(scope: Scope, name: string, fields: readonly string[]): void {
  for (const field of fields) {
    const at = ['jobs', name, field];
    if (!scope.document.has(at)) continue;
    const message = `the job is made of a template, which says itself what its ${field} is; leave this out, or set it through the template's parameters`;
    problemAt(scope, 'misplaced-field', at, message, scope.document.namePlace(at));
  }
}
