/** The presets that are shipped: a folder each, with a template, what is known beside it, and a picture. */
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readText } from '../document/read-file';
import { parseTemplate } from '../openjd/template';
import type { FormPreset } from '../forms/preset';
import {
  plainManners,
  resolveTemplate,
  type ResolvedTemplate,
  type TemplateManners,
} from '../templates/read-template';

export interface Preset extends FormPreset {
  readonly text: string;
  readonly file: string;
  readonly folder: string;
  readonly manners: TemplateManners;
}

const known: Record<string, Pick<FormPreset, 'files' | 'reads' | 'kind'>> = {
  blender: { files: ['*.blend'], reads: 'SceneFile', kind: 'render' },
  povray: { files: ['*.pov', '*.ini'], reads: 'SceneFile', kind: 'render' },
  gromacs: { files: ['*.tpr'], reads: 'RunInput', kind: 'simulation' },
};

export const resolvePreset = (
  { text, file, folder, manners }: Preset,
  parameters: Readonly<Record<string, string>>,
  givenFrom: string | undefined,
): ResolvedTemplate =>
  resolveTemplate({ text, file, folder, givenFrom: givenFrom ?? folder, recipe: null }, parameters, manners);

export async function loadPresets(folder: string): Promise<readonly Preset[]> {
  const names = await readdir(folder).catch((): string[] => []);
  return Promise.all(names.toSorted().map((name) => loadPreset(join(folder, name))));
}

async function loadPreset(folder: string): Promise<Preset> {
  const file = join(folder, 'template.yaml');
  const name = basename(folder);
  const content = await readText(file, 'template');
  if (content.text === null) throw new Error(`${file}: ${content.message}`);
  const parsed = parseTemplate(content.text, { file });
  if (!parsed.ok || parsed.template.kind === 'environment') throw new Error(`${file} is no template of a job`);
  const { template } = parsed;
  return {
    name,
    title: template.name.text,
    description: template.description ?? '',
    picture: null,
    template,
    when: new Map(),
    ofFile: new Set(['SceneFile', 'Frames', 'SceneName', 'Camera', 'Name']),
    ...(known[name] ?? { files: [], reads: null, kind: 'command' }),
    ...{ text: content.text, file, folder, manners: plainManners, label: null },
  };
}
