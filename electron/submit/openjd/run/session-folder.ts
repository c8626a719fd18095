/** The working directory of a session: for nobody else, and gone after it. */
import { chmod, lstat, mkdir, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SessionFolder {
  readonly path: string;
  /** For what is not the actions' own work. */
  readonly own: string;
}

export async function makeSessionFolder(root = tmpdir()): Promise<SessionFolder> {
  const path = await mkdtemp(join(await realpath(root), 'openjd-session-'));
  const own = join(path, '.openjd');
  await mkdir(own, { mode: 0o700 });
  return { path, own };
}

/** Links are removed, and never followed. */
export async function removeSessionFolder({ path }: SessionFolder): Promise<void> {
  try {
    await removeTree(path);
  } catch {
    // Actions may have left folders in which even their owner may change nothing.
    await openFolders(path);
    await removeTree(path);
  }
}

const removeTree = (path: string): Promise<void> =>
  rm(path, { recursive: true, force: true, maxRetries: 3, retryDelay: 100 });

async function openFolders(path: string): Promise<void> {
  if (!(await lstat(path)).isDirectory()) return;
  await chmod(path, 0o700);
  for (const { name } of (await readdir(path, { withFileTypes: true })).filter((entry) =>
    entry.isDirectory(),
  ))
    await openFolders(join(path, name));
}
