/** What a command line names to be submitted: a recipe, a template, or a folder with one of them. */
import { stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import type { Submission } from '../../shared/model/submission';
import { readText } from '../submit/document/read-file';
import { keptValues, templateIn } from '../submit/forms/bundle';
import { parseTemplate } from '../submit/openjd/template';
import { refusal } from './outcome';

type Values = Readonly<Record<string, string>>;

export async function submissionOf(name: string, parameters: Values): Promise<Submission> {
  const path = resolve(name);
  if (!(await isThere(path, 'isDirectory')))
    return { source: { kind: 'file', path }, parameters, folder: process.cwd() };
  const recipe = join(path, 'recipe.yaml');
  if (await isThere(recipe, 'isFile'))
    return { source: { kind: 'file', path: recipe }, parameters, folder: process.cwd() };
  const template = await templateIn(path);
  if (template === null)
    throw refusal(`The folder ${path} has no recipe.yaml, template.yaml or template.json in it.`);
  const { values, notes } = await keptValues(template);
  for (const { text } of notes) console.error(`note: ${text}`);
  const given = await fromHere(template, parameters);
  return { source: { kind: 'file', path: template }, parameters: { ...values, ...given }, folder: path };
}

const isThere = (path: string, what: 'isFile' | 'isDirectory'): Promise<boolean> =>
  stat(path).then(
    (found) => found[what](),
    () => false,
  );

/** Paths that were kept are relative to the folder, those of the command line to where it was written. */
async function fromHere(template: string, given: Values): Promise<Values> {
  const { text } = await readText(template, 'template');
  const parsed = text === null ? null : parseTemplate(text, { file: template });
  const definitions = parsed?.ok === true ? parsed.template.parameters : [];
  const paths = new Set(definitions.filter(({ type }) => type === 'PATH').map((one) => one.name));
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const isRelative = paths.has(name) && value !== '' && !isAbsolute(value);
      return [name, isRelative ? resolve(value) : value];
    }),
  );
}
