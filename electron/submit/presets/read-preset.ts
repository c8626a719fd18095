/** From a folder with template.yaml, preset.yaml and picture.svg to a preset, or to all that is wrong with it. */
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gatherProblems, startOfFile, type Problem, type Problems } from '../document/problems';
import { parseText } from '../document/read';
import { readText } from '../document/read-file';
import type { JobTemplate } from '../openjd/model';
import { parseTemplate } from '../openjd/template';
import { validateForm } from '../recipe/validate';
import type { Preset } from './preset';
import { resolvePreset, type ResolvedPreset } from './resolve-preset';
import { presetSchema } from './schema';

export type ReadPreset =
  | { readonly ok: true; readonly preset: Preset }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const sort = { noun: 'preset', start: 'a preset starts with "title:"' };

export async function readPreset(folder: string): Promise<ReadPreset> {
  const templateFile = join(folder, 'template.yaml');
  const about = join(folder, 'preset.yaml');
  const picture = join(folder, 'picture.svg');
  const problems = gatherProblems(about);
  const template = await readTemplate(templateFile);
  const content = await readText(about, 'preset');
  const refuse = (code: string, message: string): void =>
    problems.add({ code, place: startOfFile, path: '', message });
  if (content.text === null) refuse(content.code, content.message);
  const rest =
    content.text === null
      ? null
      : parsePreset(content.text, template.ok ? template.template : null, problems);
  if (!(await isFile(picture))) refuse('missing-picture', 'picture.svg is missing beside this file');
  if (rest === null || !template.ok || !problems.none)
    return { ok: false, problems: [...(template.ok ? [] : template.problems), ...problems.list()] };
  const preset = { name: basename(folder), folder, template: template.template, templateFile, picture };
  return { ok: true, preset: { ...preset, ...rest } };
}

/** What preset.yaml says. Null when there is nothing to go on with, such as a template. */
export function parsePreset(
  text: string,
  template: JobTemplate | null,
  problems: Problems,
): ResolvedPreset | null {
  const document = parseText(text, sort, problems);
  const fields = document === null ? null : validateForm(document, presetSchema, problems);
  return document === null || fields === null || template === null
    ? null
    : resolvePreset(fields, template, document, problems);
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (about) => about.isFile(),
    () => false,
  );

type ReadTemplate =
  | { readonly ok: true; readonly template: JobTemplate }
  | { readonly ok: false; readonly problems: readonly Problem[] };

async function readTemplate(file: string): Promise<ReadTemplate> {
  const refuse = (code: string, message: string): ReadTemplate => ({
    ok: false,
    problems: [{ code, file, ...startOfFile, path: '', message }],
  });
  const content = await readText(file, 'template');
  if (content.text === null) return refuse(content.code, content.message);
  const parsed = parseTemplate(content.text, { file });
  if (!parsed.ok) return parsed;
  return parsed.template.kind === 'job'
    ? { ok: true, template: parsed.template }
    : refuse('wrong-kind', 'this is a template of an environment; a preset has one of a job');
}
