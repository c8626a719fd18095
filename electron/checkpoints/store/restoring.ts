import { createHash, randomBytes } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { KeptEntry } from './catalogue';
import type { Depot } from './depot';
import { ChunkTrouble, explainOutside } from './trouble';

/** Puts a file back. Under its name it is whole and checked, or not there. */
export async function restoreFile(depot: Depot, file: KeptEntry, path: string): Promise<void> {
  const part = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomBytes(6).toString('hex')}.part`);
  depot.held.add(file.chunks);
  try {
    const handle = await open(part, 'wx');
    try {
      await writeChunks(depot, file, handle);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(part, { force: true }).catch(() => {});
    throw explainOutside(error, path, 'written');
  } finally {
    depot.held.delete(file.chunks);
  }
}

async function writeChunks(depot: Depot, file: KeptEntry, handle: FileHandle): Promise<void> {
  const hash = createHash('sha256');
  for (const id of file.chunks) {
    const bytes = depot.contentOf(id);
    if (bytes === null) throw damaged(file.hash);
    hash.update(bytes);
    await handle.writeFile(bytes);
  }
  if (!hash.digest().equals(file.hash)) throw damaged(file.hash);
}

export const damaged = (hash: Buffer): ChunkTrouble =>
  new ChunkTrouble(
    'damaged',
    `the file with the SHA-256 ${hash.toString('hex')} is damaged in the store of checkpoints: ` +
      'a part of it is not as it was written, or gone. Use an earlier checkpoint; others are unharmed',
  );

/** Only then the new name outlives a power cut. Windows cannot, and need not, be asked for it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
