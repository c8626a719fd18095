import SQLite from 'better-sqlite3';
import { StoreTrouble } from '../trouble';
import { isOfTrials, migrate, refuseNewer, schemaOf } from './migrations';
import { setAside } from './salvage';
import { listSnapshots } from './snapshot-files';

/** The write-ahead log is copied into the database when it has so many pages of 4 KiB. */
const checkpointPages = 8000;

/** Moves a database of the first trials out of the way. Returns where it is now; null: it is none. */
export function setTrialsAside(file: string): string | null {
  const database = new SQLite(file);
  let isOld: boolean;
  try {
    isOld = isOfTrials(database);
  } finally {
    database.close();
  }
  return isOld ? setAside(file, 'old') : null;
}

/** Opens a store's database to write, makes it if it is new, and changes nothing that it cannot use. */
export function openDatabase(file: string): SQLite.Database {
  const database = new SQLite(file);
  try {
    refuseNewer(database, file);
    refuseLost(database, file);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma(`wal_autocheckpoint = ${checkpointPages}`);
    database.pragma(`journal_size_limit = ${checkpointPages * 4096}`);
    // Foreign keys are for the reader of the schema: to check them would double the work of an append.
    database.pragma('foreign_keys = OFF');
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Without this, a lost database would look like a farm on which nothing was ever done. */
function refuseLost(database: SQLite.Database, file: string): void {
  if (schemaOf(database) > 0 || listSnapshots(file).length === 0) return;
  throw new StoreTrouble(
    'damaged',
    `${file} is missing or empty, but snapshots of it are there. ` +
      'Put it back from a backup, or set it aside and go on from the last good snapshot.',
  );
}
