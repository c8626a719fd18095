import type { Preset } from '../presets/preset';
import { readText } from '../document/read-file';

const largest = 64 * 1024;

/** The SVG texts of the presets, by their names. One that cannot be read is left out: it is only a picture. */
export async function readPictures(presets: readonly Preset[]): Promise<ReadonlyMap<string, string>> {
  const read = await Promise.all(
    presets.map(async ({ name, picture }) => {
      const { text } = await readText(picture, 'picture');
      return text === null || text.length > largest ? [] : [[name, text] as const];
    }),
  );
  return new Map(read.flat());
}
