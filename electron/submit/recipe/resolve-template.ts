/** Jobs of a recipe that are made of a template of Open Job Description beside it, or of a preset. */
import { dirname } from 'node:path';
import type { Step } from '../../../shared/model/batch';
import type { Dependency } from '../../../shared/model/dependency';
import { noRequest } from '../../../shared/model/amounts';
import { isWithin } from '../../../shared/model/files';
import type { Path } from '../document/document';
import { isPassable, unpassable } from '../document/locate';
import { accepted, refused } from '../document/parsed';
import type { Parsed } from '../document/parsed';
import { quote } from '../document/words';
import { placesOf } from '../forms/places';
import type { Environments } from './environments';
import type { Beside, Sources } from './includes';
import type { Reading } from './reading';
import { resolveCheckpoints } from './resolve-checkpoints';
import { resolveFiles } from './resolve-files';
import { isPreemptible, resolveNeeds, resolveRetry, resolveTimeout } from './resolve-limits';
import { resolveProgress } from './resolve-progress';
import { resolveRequest } from './resolve-request';
import { findPlaceholders } from './placeholders';
import { filledText, problemAt, readValue } from './scope';
import type { Scope, TextScope } from './scope';
import type { Preset } from '../presets/preset';
import { needsOf, noSuchPreset, ruleOf } from '../presets/submit-preset';
import { openParsed, openTemplate, tryMakeJob } from '../templates/read-template';
import type { OpenedTemplate } from '../templates/read-template';
import type { Outputs } from '../templates/symbols';
import type { Requirements } from '../../../shared/model/requirements';

export type TemplateSource =
  | (Beside & { readonly text: string; readonly preset: null })
  | { readonly preset: Preset };
/** By the names of the jobs; null: it cannot be used, and why is among the problems. */
export type TemplateSources = ReadonlyMap<string, TemplateSource | null>;

export function* readTemplates(
  scope: TextScope,
  { besideOf }: Sources,
  presets: readonly Preset[],
): Reading<TemplateSources> {
  const files = new Map<string, TemplateSource | null>();
  for (const job of scope.document.names(['jobs'])) {
    if (scope.document.has(['jobs', job, 'preset'])) files.set(job, readPresetName(scope, job, presets));
    const place = ['jobs', job, 'template'];
    if (!scope.document.has(place)) continue;
    files.set(job, null);
    const name = readValue(scope, place, 'bad-file', parseTemplateName);
    if (name === null) continue;
    const at = besideOf(scope.document.place(place), name);
    const content = yield at.path;
    if (content.text === null) problemAt(scope, content.code, place, `${quote(name)}: ${content.message}`);
    else files.set(job, { ...at, text: content.text, preset: null });
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

function readPresetName(scope: TextScope, job: string, presets: readonly Preset[]): TemplateSource | null {
  const place = ['jobs', job, 'preset'];
  const name = filledText(scope, place);
  if (name === null) return null;
  const preset = presets.find((one) => one.name === name);
  if (preset !== undefined) return { preset };
  problemAt(scope, 'no-such-preset', place, () => noSuchPreset(name, presets));
  return null;
}

export interface MadeJob {
  readonly steps: readonly Step[];
  readonly dependencies: readonly Dependency[];
}

/** What the job of a recipe says counts beside what the template says; of amounts, the larger. */
export function resolveTemplateJob(
  scope: Scope,
  name: string,
  source: TemplateSource,
  environments: Environments,
  builtIns: ReadonlyMap<string, string>,
): MadeJob | null {
  const path: Path = ['jobs', name];
  const levels: readonly Path[] = [[], path];
  const { preset } = source;
  const { given, within } = valuesFor(scope, [...path, 'parameters'], new Map([...builtIns, ['Job', name]]));
  const opened = open(scope, source, given, within);
  if (!opened.ok) {
    for (const { code, message, path: at, file: where, line, column } of opened.problems) {
      // What is given or not is for whoever wrote the recipe; so is all of what they did not write.
      if (preset !== null || ofGiven.includes(code))
        problemAt(scope, code, blamed(scope, [...path, 'parameters'], preset, at), message);
      else scope.problems.add({ code, message, path: at, place: { line, column, file: where } });
    }
    return null;
  }
  const files = resolveFiles(scope, levels);
  const usual = preset === null ? null : ruleOf(preset, opened.job, opened.outputs);
  const checkpoints = resolveCheckpoints(scope, levels, null, usual);
  const made = tryMakeJob(opened.job, name, {
    outputs: opened.outputs,
    inputs: opened.inputs,
    wanted: {
      request: resolveRequest(scope, levels, { ...noRequest, ...preset?.resources }),
      needs: withLabels(resolveNeeds(scope, levels), preset === null ? [] : needsOf(preset, given)),
    },
    retry: resolveRetry(scope, levels),
    timeoutMs: resolveTimeout(scope, levels),
    preemptible: isPreemptible(scope, levels),
    progress: resolveProgress(scope, levels, preset?.progress),
    files,
    ...(checkpoints === null ? {} : { checkpoints }),
    folder: files.kind === 'staged' ? scope.folder : '/',
    environment: environments.of(
      levels.map((level) => [...level, 'environment']),
      [],
    ),
  });
  if (made.ok) return made;
  problemAt(scope, made.code, [...path, preset === null ? 'template' : 'preset'], made.message);
  return null;
}

/** The value that is wrong, where it is one that the recipe gives. */
function blamed({ document }: Scope, given: Path, preset: Preset | null, at: string): Path {
  if (preset === null) return given;
  const [only, ...others] = [...placesOf(preset.template.source.document)].flatMap(([name, places]) =>
    places.some((place) => isAt(at, place)) && document.has([...given, name]) ? [[...given, name]] : [],
  );
  return only === undefined || others.length > 0 ? given : only;
}

const isAt = (path: string, place: string): boolean =>
  path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`);

function open(
  { folder: givenFrom }: Scope,
  source: TemplateSource,
  given: Readonly<Record<string, string>>,
  within: Outputs,
): OpenedTemplate {
  if (source.preset === null) {
    const { text, file, path } = source;
    return openTemplate({ text, file, folder: dirname(path), givenFrom, recipe: path }, given, within);
  }
  const { template, templateFile: file, folder } = source.preset;
  return openParsed(template, { file, folder, givenFrom, recipe: null }, given, within);
}

const withLabels = (needs: Requirements, labels: readonly string[]): Requirements => ({
  ...needs,
  allOf: [...new Set([...needs.allOf, ...labels])],
});

const ofGiven: readonly string[] = ['unknown-parameter', 'missing-parameter'];

interface Values {
  readonly given: Readonly<Record<string, string>>;
  readonly within: Outputs;
}

/** No value of a parameter can hold it. */
const outputMark = '\0';

/** Where results go is known later, unless the recipe says it. */
function valuesFor(scope: Scope, path: Path, builtIns: ReadonlyMap<string, string>): Values {
  const given: Record<string, string> = {};
  const within = new Map<string, readonly string[]>();
  const others = new Map([['Output', outputMark], ...builtIns]);
  for (const name of scope.document.names(path)) {
    const place = [...path, name];
    const text = filledText(scope, place, others);
    if (text === null) continue;
    const parts = text.split(outputMark);
    const named = findPlaceholders(scope.document.textAt(place)).filter((one) => one.name === 'Output');
    if (named.length > 0 && parts.length === named.length + 1) within.set(name, parts);
    else given[name] = text;
  }
  return { given, within };
}

/** What is for jobs with a command of their own. */
export function refuseBesideTemplate(scope: Scope, name: string, fields: readonly string[]): void {
  for (const field of fields) {
    const at = ['jobs', name, field];
    if (!scope.document.has(at)) continue;
    const message = `the job is made of a template or preset, which says itself what its ${field} is; leave this out, or set it through its parameters`;
    problemAt(scope, 'misplaced-field', at, message, scope.document.namePlace(at));
  }
}
