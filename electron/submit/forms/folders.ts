/** A folder of files that belong together, such as the frames of a film: by one of the files in it. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isFor, presetsFor, type Dropped } from '../presets/dropped';
import type { Preset } from '../presets/preset';

/** Of a folder with more files, the others are not looked at. */
const mostFiles = 2000;

export async function presetsInFolder(
  presets: readonly Preset[],
  folder: string,
): Promise<readonly Dropped[]> {
  const names = (await readdir(folder).catch((): string[] => [])).slice(0, mostFiles).toSorted();
  const found = await Promise.all(
    presets.filter(takesFolder).map(async (preset) => {
      const name = names.find((one) => isFor(preset, one));
      return name === undefined ? [] : presetsFor([preset], join(folder, name));
    }),
  );
  return found.flat();
}

const takesFolder = ({ files }: Preset): boolean =>
  files.some((file) => file.kind === 'file' && file.takes === 'folder');
