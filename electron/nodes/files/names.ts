/** Which names of files may cross the border between two machines. */
import { relative, sep, isAbsolute } from 'node:path';

/** In a batch's output: what is being fetched, until it is there whole. */
export const partsFolder = '.drover-parts';

/** Why a single name cannot be taken over; null: it can. */
export function troubleWithName(name: string, system: string = process.platform): string | null {
  if (name === '' || name === '.' || name === '..' || /[/\0]/.test(name)) return 'is no name of a file';
  // What is not UTF-8 was replaced by this on the way, and cannot be asked for.
  if (/[\uFFFD\p{Surrogate}]/u.test(name)) return 'is not written in UTF-8; give it another name';
  if (system !== 'win32') return null;
  return /[<>:"\\|?*\p{Cc}]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/iu.test(name)
    ? 'cannot be a name on Windows; give it another one'
    : null;
}

/** Both without links. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
