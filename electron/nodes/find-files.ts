import { stat } from 'node:fs/promises';
import { glob } from 'tinyglobby';
import type { FoundFile } from '../../shared/model/dependency';
import { hashOf } from '../file-hash';

export interface LookedFor {
  readonly files: readonly FoundFile[];
  /** Why not all of them are there; null: they are. */
  readonly problem: string | null;
}

/** More would make what is remembered of a dependency larger than all else. */
const mostFiles = 10_000;

/** Each name or glob must match in at least one of the folders; what matches is measured. */
export async function findFiles(patterns: readonly string[], folders: readonly string[]): Promise<LookedFor> {
  const found = new Set<string>();
  try {
    for (const pattern of patterns) {
      const matches = await Promise.all(
        folders.map((cwd) => glob(pattern, { cwd, absolute: true, dot: true, followSymbolicLinks: false })),
      );
      const paths = matches.flat();
      if (paths.length === 0)
        return { files: [], problem: `no file matches ${pattern} in ${folders.join(' or ')}` };
      paths.forEach((path) => found.add(path));
      if (found.size > mostFiles)
        return { files: [], problem: `more than ${mostFiles} files match ${pattern}: name fewer of them` };
    }
    const files: FoundFile[] = [];
    for (const path of [...found].toSorted())
      files.push({ path, bytes: (await stat(path)).size, hash: await hashOf(path) });
    return { files, problem: null };
  } catch (error) {
    return {
      files: [],
      problem: `the files could not be read: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}
