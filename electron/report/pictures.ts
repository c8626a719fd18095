import { opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { byName } from './timeline';

export interface Pictures {
  /** Paths below the output folder, with `/` between their parts, in order. */
  readonly shown: readonly string[];
  readonly found: number;
}

const mostShown = 60;
const mostLookedAt = 100_000;
const deepest = 2;

/** PNG files in the output folder and the folders in it; of many, some from the first to the last. */
export async function findPictures(folder: string): Promise<Pictures> {
  const search: Search = { found: [], lookedAt: 0 };
  await look(folder, '', 0, search);
  const { found } = search;
  found.sort(byName.compare);
  const count = Math.min(found.length, mostShown);
  const shown = Array.from(
    { length: count },
    (_, index) => found[count === 1 ? 0 : Math.round((index * (found.length - 1)) / (count - 1))] ?? '',
  );
  return { shown, found: found.length };
}

interface Search {
  readonly found: string[];
  lookedAt: number;
}

async function look(folder: string, below: string, depth: number, search: Search): Promise<void> {
  for await (const entry of await opendir(join(folder, below))) {
    if (++search.lookedAt > mostLookedAt) return;
    // Half a character, as Windows allows in names, cannot be part of a link.
    if (entry.name.startsWith('.') || /\p{Surrogate}/u.test(entry.name)) continue;
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isFile() && /\.png$/i.test(entry.name)) search.found.push(path);
    else if (entry.isDirectory() && depth < deepest) {
      // One that may not be read, or is being taken away, is not worth the report.
      await look(folder, path, depth + 1, search).catch(() => undefined);
    }
  }
}
