import type { Database } from 'better-sqlite3';
import { StoreTrouble } from '../trouble';
import facts from './migrations/001-facts.sql?raw';

/** In order; never changed once released. The database's user_version counts those applied. */
const migrations: readonly string[] = [facts];

export const newestSchema = migrations.length;

/** Throws for a database of a newer Drover, before anything in it is changed. */
export function refuseNewer(database: Database, file: string): void {
  const present = schemaOf(database);
  if (present > newestSchema) {
    throw new StoreTrouble(
      'newer',
      `${file} was written by a newer Drover (schema ${present}; this one knows up to ${newestSchema}). ` +
        'Start that version, or choose another data folder.',
    );
  }
}

/** Brings the schema up to the newest; tests also make older ones. */
export function migrate(database: Database, target = newestSchema): void {
  const present = schemaOf(database);
  if (present >= target) return;
  database.transaction(() => {
    migrations.slice(present, target).forEach((sql) => database.exec(sql));
    database.pragma(`user_version = ${target}`);
  })();
}

export const schemaOf = (database: Database): number =>
  Number(database.pragma('user_version', { simple: true }));
