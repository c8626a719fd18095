/** A preset that is submitted: its template, with what the preset knows beside it. */
import { readText } from '../document/read-file';
import { startOfFile } from '../document/problems';
import { resolveTemplate, type ResolvedTemplate, type TemplateManners } from '../templates/read-template';
import { usual } from '../templates/requirements';
import type { Preset } from './preset';

export async function submitPreset(
  preset: Preset,
  parameters: Readonly<Record<string, string>>,
  givenFrom: string | undefined,
): Promise<ResolvedTemplate> {
  const { templateFile: file, folder } = preset;
  const { text, ...rest } = await readText(file, 'template');
  if (text === null && 'message' in rest)
    return { ok: false, problems: [{ code: 'no', file, ...startOfFile, path: '', message: rest.message }] };
  return resolveTemplate(
    { text: text ?? '', file, folder, givenFrom: givenFrom ?? folder, recipe: null },
    parameters,
    mannersOf(preset),
  );
}

function mannersOf({ kind, progress, resources, needs }: Preset): TemplateManners {
  const request = { ...usual.request, ...resources };
  return { kind, progress, wanted: { request, needs: { ...usual.needs, allOf: needs } } };
}
