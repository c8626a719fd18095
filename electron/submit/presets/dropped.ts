/** What was dropped on the window, and the presets that it fits, filled in as far as the file tells. */
import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Preset, PresetFile } from './preset';
import { fileReader } from './readings';

export interface Dropped {
  readonly preset: Preset;
  readonly parameters: Readonly<Record<string, string>>;
  /** Values that the file offers for parameters that may be any text. */
  readonly choices: Readonly<Record<string, readonly string[]>>;
  /** What a person should know of the file. */
  readonly remarks: readonly string[];
}

/** None: no preset is for this file or folder, or it cannot be looked at. */
export async function presetsFor(presets: readonly Preset[], path: string): Promise<readonly Dropped[]> {
  const about = await stat(path).catch(() => null);
  if (about === null) return [];
  const found = await Promise.all(
    presets.map(async (preset) => {
      const file = about.isDirectory()
        ? await folderOf(preset, path)
        : about.isFile()
          ? fileOf(preset, path)
          : null;
      return file === null ? null : await fillIn(preset, file, path);
    }),
  );
  return found.filter((one) => one !== null);
}

/** By the name alone. */
export const isFor = (preset: Preset, name: string): boolean => fileOf(preset, name) !== null;

type OneFile = Extract<PresetFile, { kind: 'file' }>;

function fileOf(preset: Preset, path: string): OneFile | null {
  const name = basename(path);
  return (
    preset.files.find((file): file is OneFile => file.kind === 'file' && patternOf(file.name).test(name)) ??
    null
  );
}

/** `*.blend`: also in capitals, as some systems write them. */
function patternOf(name: string): RegExp {
  const parts = name.split('*').map((part) => part.replaceAll(/[^\w]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`, 'isu');
}

async function folderOf(preset: Preset, path: string): Promise<PresetFile | null> {
  for (const file of preset.files) {
    if (file.kind !== 'folder') continue;
    const about = await stat(join(path, file.holds)).catch(() => null);
    if (about?.isFile() === true) return file;
  }
  return null;
}

async function fillIn(preset: Preset, file: PresetFile, path: string): Promise<Dropped> {
  const taken = file.kind === 'file' && file.takes === 'folder' ? dirname(path) : path;
  const parameters: Record<string, string> = { [file.parameter]: taken };
  const choices: Record<string, readonly string[]> = {};
  const remarks = new Set<string>();
  const reader = fileReader(path);
  for (const [name, reading] of file.kind === 'file' ? file.reads : []) {
    const parameter = preset.template.parameters.find((each) => each.name === name);
    const read = await reader(reading, parameter);
    if (read.value !== null) parameters[name] = read.value;
    if (read.choices.length > 0) choices[name] = read.choices;
    for (const remark of read.remarks) remarks.add(remark);
  }
  return { preset, parameters, choices, remarks: [...remarks] };
}
