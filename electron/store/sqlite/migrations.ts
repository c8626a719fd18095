import type { Database } from 'better-sqlite3';
import { StoreTrouble } from '../trouble';
import checkpoints from './migrations/004-checkpoints.sql?raw';
import facts from './migrations/001-facts.sql?raw';
import lostWork from './migrations/005-lost-work.sql?raw';
import { makeRoomForUsage } from './migrations/002-usage';
import { noteTimes } from './migrations/003-times';

/** In order; never changed once released. The first of them makes schema 2. */
const migrations: readonly ((database: Database) => void)[] = [
  (database) => database.exec(facts),
  makeRoomForUsage,
  noteTimes,
  (database) => database.exec(checkpoints),
  (database) => database.exec(lostWork),
];

/** What is kept in the user_version of a database. Schema 0 is that of an empty one. */
export const newestSchema = migrations.length + 1;

/** Schema 1 was that of the first trials of Drover. Its facts say too little to be carried over. */
export const isOfTrials = (database: Database): boolean => schemaOf(database) === 1;

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
    migrations.slice(Math.max(0, present - 1), target - 1).forEach((change) => change(database));
    database.pragma(`user_version = ${target}`);
  })();
}

export const schemaOf = (database: Database): number =>
  Number(database.pragma('user_version', { simple: true }));
