/** Before a task goes on: what it goes on from lies where it was, byte for byte. */
import { lstat, mkdir, realpath, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { checkpointNumber, type Checkpoint, type CheckpointFile } from '../../shared/model/checkpoint';
import { asideName, candidatesIn } from './candidates';
import type { Keeper } from './keeper';
import type { SavingTask } from './register';
import { ChunkTrouble } from './store/trouble';
import { hashOf } from '../file-hash';

/** Nothing can be had of the checkpoint any more, whatever is tried. */
export class Unusable extends Error {}

export const isUnusable = (error: unknown): boolean =>
  error instanceof Unusable ||
  (error instanceof ChunkTrouble && (error.kind === 'missing' || error.kind === 'damaged'));

/** What was put back; throws {@link isUnusable} where it is not to be had any more. */
export async function putBack(checkpoint: Checkpoint, keeper: Keeper): Promise<readonly string[]> {
  const { folder, files } = checkpoint;
  const missing: CheckpointFile[] = [];
  for (const file of files) if (!(await isThere(folder, file))) missing.push(file);
  for (const { path, hash } of missing)
    if (!(await keeper.has(hash)))
      throw new Unusable(`${path} of ${checkpoint.id} is not as it was, and there is no copy of it`);
  for (const { path, hash } of missing) {
    const place = join(folder, path);
    await mkdir(dirname(place), { recursive: true });
    if (
      (await realpath(dirname(place))) !== join(await realpath(folder), dirname(path)).replace(/\/\.?$/, '')
    )
      throw new Error(`${path} of ${checkpoint.id} would lie behind a link`);
    // What lies there instead may still tell somebody what happened.
    await rename(place, join(dirname(place), asideName(basename(place), 'damaged'))).catch(() => {});
    await keeper.restore(hash, place);
  }
  return missing.map(({ path }) => path);
}

/** What was saved after it would be taken for the newest by the program, which looks by itself. */
export async function moveLaterAside(
  { folder, rule, values }: Pick<SavingTask, 'folder' | 'rule' | 'values'>,
  chosen: Checkpoint,
  found: readonly Checkpoint[],
): Promise<void> {
  const own = new Set(chosen.files.map(({ path }) => path));
  // Two may have been written within the same millisecond.
  const later = new Set(
    found.filter(({ id }) => checkpointNumber(id) > checkpointNumber(chosen.id)).map(({ name }) => name),
  );
  for (const { name, files, changedAt } of await candidatesIn(folder, rule, values)) {
    if (files.some(({ path }) => own.has(path))) continue;
    if (!later.has(name) && Math.round(changedAt) <= chosen.madeAt) continue;
    const place = join(folder, name);
    await rename(place, join(dirname(place), asideName(basename(place), 'later')));
  }
}

async function isThere(folder: string, { path, bytes, hash }: CheckpointFile): Promise<boolean> {
  const place = join(folder, path);
  try {
    const about = await lstat(place);
    return about.isFile() && about.size === bytes && (await hashOf(place)) === hash;
  } catch {
    return false;
  }
}
