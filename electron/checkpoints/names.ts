/** Which files and folders a rule means for one task. */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { escapePath, glob } from 'tinyglobby';
import type { CheckpointRule } from '../../shared/model/checkpoint';
import { isWithin } from '../../shared/model/files';
import { placeholder } from '../../shared/model/placeholder';

/** The values that stand for `{{Name}}`. */
export type Values = Readonly<Record<string, string>>;

const wholeNumber = /^\d{1,15}$/;

/** A glob. A number also stands for itself with zeros before it, as programs write it in names of files. */
export function filledName(text: string, values: Values): string {
  return text.replace(placeholder, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return escapePath(whole);
    return wholeNumber.test(value) ? `*(0)${value}` : escapePath(value);
  });
}

/** Paths in the folder, with `/` between names and none at their end. A folder stands for what is in it. */
export async function namesIn(
  folder: string,
  { files }: Pick<CheckpointRule, 'files'>,
  values: Values,
): Promise<readonly string[]> {
  // A value may lead out of the folder.
  const patterns = files.map((text) => filledName(text, values)).filter(isWithin);
  if (patterns.length === 0) return [];
  const found = await glob(patterns, {
    cwd: folder,
    dot: true,
    onlyFiles: false,
    expandDirectories: false,
    followSymbolicLinks: false,
  });
  return found
    .map((path) => path.replace(/\/$/, ''))
    .filter((path) => path !== '' && path !== '.' && isWithin(path))
    .toSorted();
}

/** What the program goes on writing, of what is there. Folders and links are none of it. */
export async function alongIn(
  folder: string,
  { along = [] }: Pick<CheckpointRule, 'along'>,
  values: Values,
): Promise<readonly string[]> {
  const names = await namesIn(folder, { files: along }, values).catch(() => []);
  const found = await Promise.all(
    names.map(async (name) => ((await lstat(join(folder, name)).catch(() => null))?.isFile() ? [name] : [])),
  );
  return found.flat();
}
