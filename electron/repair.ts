import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FolderOwned, readHostFile } from './data-folder';
import { lockFolder } from './folder-lock';
import { restore, salvage, setAside } from './store/sqlite/salvage';
import { SqliteStore } from './store/sqlite/store';

export interface Repaired {
  /** Where the damaged database is now; null: nothing was wrong with it. */
  readonly aside: string | null;
  /** When the snapshot was taken that everything begins with; null: there was none. */
  readonly snapshot: number | null;
  /** How many facts after it could be read. */
  readonly facts: number;
  readonly loss: string | null;
}

/** Sets a damaged store aside, and begins a new one with what can still be read of it. */
export async function repairStore(dataFolder: string, storeWorker: string): Promise<Repaired> {
  const file = join(dataFolder, 'drover.sqlite');
  if (!existsSync(dataFolder)) throw new Error(`there is no folder ${dataFolder}`);
  const lock = lockFolder(dataFolder);
  if (lock === null) throw new FolderOwned(dataFolder, readHostFile(dataFolder));
  try {
    const found = salvage(file);
    const report = { snapshot: found.snapshot?.savedAt ?? null, facts: found.facts, loss: found.loss };
    if (found.loss === null) return { aside: null, ...report };
    const aside = setAside(file, 'damaged');
    const store = new SqliteStore(file, storeWorker);
    try {
      await restore(salvage(aside), store);
    } finally {
      await store.close();
    }
    return { aside, ...report };
  } finally {
    lock.release();
  }
}
