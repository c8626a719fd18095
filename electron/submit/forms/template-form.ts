/** A template of Open Job Description as a form, with the values that were kept beside it. */
import { basename, dirname, extname } from 'node:path';
import type { OpenedForm } from '../../../shared/ipc/forms';
import type { RecipeSource, Submission } from '../../../shared/model/submission';
import { accepted, type Parsed } from '../document/parsed';
import { parseTemplate } from '../openjd/template';
import { keptValues } from './bundle';
import { makeForm, type FormParts } from './make-form';

export async function templateFile(
  path: string,
  text: string,
  latest: Submission | null,
): Promise<Parsed<OpenedForm>> {
  const kept = await keptValues(path);
  const isOfFolder = /^template\.(?:ya?ml|json)$/.test(basename(path));
  const name = isOfFolder ? basename(dirname(path)) : basename(path, extname(path));
  const source: RecipeSource = { kind: 'file', path };
  return templateForm(text, {
    source,
    folder: dirname(path),
    layers: [
      { origin: 'last', values: latest?.parameters ?? {} },
      { origin: 'file', values: kept.values },
    ],
    instead: { name },
    notes: kept.notes,
  });
}

/** What cannot be read is shown as a recipe's mistakes are, each with its place. */
export function templateForm(
  text: string,
  parts: Pick<FormParts, 'source' | 'folder' | 'layers' | 'instead' | 'notes'>,
): Parsed<OpenedForm> {
  const { source, folder, notes } = parts;
  const parsed = parseTemplate(text, { file: source.kind === 'file' ? source.path : source.name });
  if (!parsed.ok || parsed.template.kind === 'environment')
    return accepted({
      kind: 'recipe',
      submission: { source, parameters: {}, folder },
      notes,
      graph: { kind: 'more', why: 'it is a template' },
    });
  const { template } = parsed;
  const { description, name } = template;
  const form = makeForm({
    ...parts,
    ...{ title: name.text, description, kind: 'command', picture: null, reads: null, template },
  });
  return form.ok ? accepted({ kind: 'form', form: form.value }) : form;
}
