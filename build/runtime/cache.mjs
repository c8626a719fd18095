import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { withLock } from './lock.mjs';

/** Outside the checkout, so that every clone and every `npm ci` finds what was made before. */
export const cacheFolder =
  process.env.DROVER_CACHE ?? join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'drover');

/**
 * Makes a file or folder of the cache once. What exists under its final name is always whole:
 * it is made in a folder beside it and renamed, and what a killed run left is cleared by the next one.
 *
 * @param {string} target absolute path; anything that changes the content must change the name
 * @param {import('./progress.mjs').Log} log
 * @param {(workFolder: string) => Promise<string>} make returns the path, inside the work folder, of what was made
 */
export async function makeOnce(target, log, make) {
  if (existsSync(target)) return target;
  await mkdir(dirname(target), { recursive: true });
  return withLock(`${target}.lock`, log, async () => {
    if (existsSync(target)) return target;
    await removeLeftovers(target);
    const workFolder = await mkdtemp(`${target}.making-`);
    try {
      await rename(await make(workFolder), target);
    } catch (error) {
      if (!existsSync(target)) throw error; // otherwise another process was first, with the same content
    } finally {
      await rm(workFolder, { recursive: true, force: true });
    }
    return target;
  });
}

/** @param {string} target */
async function removeLeftovers(target) {
  const prefix = `${basename(target)}.making-`;
  for (const name of await readdir(dirname(target))) {
    // One that cannot be removed now is only in the way of the next cleaning.
    if (name.startsWith(prefix))
      await rm(join(dirname(target), name), { recursive: true, force: true }).catch(() => {});
  }
}

/** @param {string} folder @returns {Promise<number>} bytes in it: how far a download is, seen from outside */
export async function folderSize(folder) {
  let size = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])) {
    if (entry.isFile())
      size += await stat(join(entry.parentPath, entry.name)).then(
        (file) => file.size,
        () => 0,
      );
  }
  return size;
}
