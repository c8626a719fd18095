import SQLite from 'better-sqlite3';
import { join } from 'node:path';

/**
 * Holds a folder of Drover's for one Host. It is SQLite's own file lock: the system releases it when the
 * process ends, however it ends, so that nothing has to be cleaned up.
 */
export interface FolderLock {
  release(): void;
}

/** Null: another Host holds the folder. */
export function lockFolder(folder: string): FolderLock | null {
  const database = new SQLite(join(folder, 'host.lock'), { timeout: 0 });
  try {
    database.pragma('locking_mode = EXCLUSIVE');
    database.exec('BEGIN EXCLUSIVE');
    return { release: () => database.close() };
  } catch (error) {
    database.close();
    if (error instanceof SQLite.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
}
