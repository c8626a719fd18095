import { existsSync, readdirSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import SQLite from 'better-sqlite3';
import type { Store } from '../../engine/ports';
import { decodeFacts } from '../codec/decode';
import { damaged, explainTrouble } from './explain-trouble';
import { FactLog } from './fact-log';
import { listSnapshots, readSnapshot, type Snapshot, type SnapshotFile } from './snapshot-files';

/** What can still be read of a damaged store: a snapshot, and the facts after it without a gap. */
export interface Salvaged {
  readonly snapshot: Snapshot | null;
  /** The encoded facts of one append each. */
  readonly bodies: readonly Uint8Array[];
  /** How many facts they hold. */
  readonly facts: number;
  /** Why there is not more; null: this is everything. */
  readonly loss: string | null;
}

/** Reads only: the file may be in its place, or set aside. */
export function salvage(file: string): Salvaged {
  let database: SQLite.Database | null = null;
  try {
    database = new SQLite(file, { readonly: true, fileMustExist: true });
    const log = new FactLog(database, file);
    const { identity } = log;
    return salvageLog(
      log,
      newestGood(listSnapshots(file).filter((snapshot) => snapshot.identity === identity)),
      file,
    );
  } catch (error) {
    const { snapshot } = newestGood(listSnapshots(file));
    return { snapshot, bodies: [], facts: 0, loss: explainTrouble(error, file).message };
  } finally {
    database?.close();
  }
}

/** Into a store that is new. */
export async function restore(salvaged: Salvaged, store: Store): Promise<void> {
  if (salvaged.snapshot !== null) await store.saveSnapshot(salvaged.snapshot.state.slice());
  for (const body of salvaged.bodies) await store.append(decodeFacts(body));
}

/**
 * Renames a database, with its write-ahead log and its snapshots, so that a new one can take its
 * place. Nothing is overwritten. Returns where it is now.
 */
export function setAside(file: string, why: 'damaged' | 'old', now = new Date()): string {
  const folder = dirname(file);
  // Windows has no colons in names.
  const stem = `${file}.${why}-${now.toISOString().replaceAll(':', '-')}`;
  let aside = stem;
  for (let count = 2; existsSync(aside); count++) aside = `${stem}-${count}`;
  const snapshots = readdirSync(folder).filter((name) => name.startsWith(`${basename(file)}.snapshot-`));
  // The database comes after its log, without which it must never be opened again, and before the
  // snapshots, which without it are not taken for those of a new one.
  for (const suffix of ['-wal', '-shm', '']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  }
  for (const name of snapshots)
    renameSync(join(folder, name), join(folder, basename(aside) + name.slice(basename(file).length)));
  return aside;
}

function salvageLog(
  log: FactLog,
  begin: { snapshot: Snapshot | null; last: number },
  file: string,
): Salvaged {
  const { snapshot } = begin;
  const bodies: Uint8Array[] = [];
  let last = begin.last;
  try {
    const why = log.incompleteness;
    if (snapshot === null && why !== null) throw damaged(file, `${why}, and none of these is good`);
    for (;;) {
      const read = log.read(last);
      if (read.bodies.length === 0) return { snapshot, bodies, facts: last - begin.last, loss: null };
      bodies.push(...read.bodies);
      ({ last } = read);
    }
  } catch (error) {
    return { snapshot, bodies, facts: last - begin.last, loss: explainTrouble(error, file).message };
  }
}

function newestGood(snapshots: readonly SnapshotFile[]): { snapshot: Snapshot | null; last: number } {
  for (const each of snapshots) {
    const snapshot = readSnapshot(each);
    if (snapshot !== null) return { snapshot, last: each.last };
  }
  return { snapshot: null, last: 0 };
}
