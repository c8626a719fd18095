/** A folder of results as it was when a checkpoint was made: what was changed later is left out. */
import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, opendir, realpath, rename, rm, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Checkpoint } from '../../shared/model/checkpoint';

export interface FileThen {
  /** Within the folder, with `/` between names. */
  readonly path: string;
  readonly bytes: number;
}

const deepest = 16;
const mostFiles = 200_000;
/** Drover's own: what is being fetched, reports, what was put out of the way. */
const notResults = /^(\.drover-.*|\.?report(-b\d+-[\d-]+)?\.(html|json)(\..*)?|\..*\.(damaged|later))$/;

/** Links are never followed, nor copied. `along`: what comes as it is now. */
export async function* asItWas(
  { folder, madeAt }: Pick<Checkpoint, 'folder' | 'madeAt'>,
  along: ReadonlySet<string>,
): AsyncGenerator<FileThen, void> {
  let count = 0;
  async function* look(within: string, depth: number): AsyncGenerator<FileThen, void> {
    for await (const entry of await opendir(join(folder, within))) {
      if (notResults.test(entry.name)) continue;
      const path = within === '' ? entry.name : `${within}/${entry.name}`;
      if (entry.isDirectory() && depth < deepest) yield* look(path, depth + 1);
      if (!entry.isFile()) continue;
      const about = await lstat(join(folder, path)).catch(() => null);
      if (about === null || (Math.floor(about.mtimeMs) > madeAt && !along.has(path))) continue;
      if (++count > mostFiles) throw new Error(`there are more than ${mostFiles} files in ${folder}`);
      yield { path, bytes: about.size };
    }
  }
  yield* look('', 0);
}

/** What is there already stays as it is; what was begun and broken off is begun again. */
export async function copyAsItWas(
  origin: Pick<Checkpoint, 'folder' | 'madeAt'>,
  to: string,
  along: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<void> {
  await mkdir(to, { recursive: true });
  const [from, root] = await Promise.all([realpath(origin.folder).catch(() => null), realpath(to)]);
  // What only the store has is put back from there.
  if (from === null || from === root) return;
  for await (const { path } of asItWas({ ...origin, folder: from }, along)) {
    signal.throwIfAborted();
    const place = join(root, path);
    if ((await lstat(place).catch(() => null)) !== null) continue;
    await mkdir(dirname(place), { recursive: true });
    if ((await realpath(dirname(place))) !== dirname(place))
      throw new Error(`${place} would lie behind a link`);
    const part = join(dirname(place), `.drover-part`);
    await copyFile(join(from, path), part, constants.COPYFILE_FICLONE);
    const after = await lstat(join(from, path)).catch(() => null);
    if (after === null || (Math.floor(after.mtimeMs) > origin.madeAt && !along.has(path))) await rm(part);
    else {
      // To the millisecond, by which it is known: parts of one are lost on the way to the disk.
      await utimes(part, after.atime, (Math.floor(after.mtimeMs) + 0.5) / 1000);
      await rename(part, place);
    }
  }
}
