/** Which presets a file or a folder is for, by its name. */
import { access } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { FormPreset } from './preset';

export async function fitting(
  presets: readonly FormPreset[],
  path: string,
  isFolder: boolean,
): Promise<readonly FormPreset[]> {
  const found: FormPreset[] = [];
  for (const preset of presets) {
    const fits = await Promise.all(preset.files.map((pattern) => fitsPattern(pattern, path, isFolder)));
    if (fits.includes(true)) found.push(preset);
  }
  return found;
}

/** `*.blend` and `in.*` are names of files; `system/controlDict` is what a folder has in it. */
async function fitsPattern(pattern: string, path: string, isFolder: boolean): Promise<boolean> {
  if (!pattern.includes('/')) return !isFolder && nameFits(pattern, basename(path));
  if (!isFolder) return false;
  return access(join(path, ...pattern.split('/'))).then(
    () => true,
    () => false,
  );
}

/** As people name files: without regard to case. */
export function nameFits(pattern: string, name: string): boolean {
  const pieces = pattern.split('*').map((piece) => piece.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pieces.join('.*')}$`, 'is').test(name);
}
