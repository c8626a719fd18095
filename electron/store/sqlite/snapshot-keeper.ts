import type { FactDatabase } from './database';
import { damaged } from './explain-trouble';
import {
  listSnapshots,
  readSnapshot,
  removeSnapshots,
  writeSnapshot,
  type SnapshotFile,
} from './snapshot-files';

export interface Beginning {
  readonly state: Uint8Array<ArrayBuffer> | null;
  /** The facts after this number are to be read from the log. */
  readonly after: number;
  readonly warnings: readonly string[];
}

/** The two newest good snapshots of a store. */
export class SnapshotKeeper {
  /** Known to be good, the newest first. */
  private kept: readonly SnapshotFile[] = [];
  private saving: Promise<void> = Promise.resolve();

  constructor(
    private readonly file: string,
    private readonly database: FactDatabase,
  ) {}

  /** Where to begin to rebuild the state. Throws if that is not possible without a gap. */
  beginning(): Beginning {
    const { file, database } = this;
    const found = this.own();
    const newest = found[0];
    if (newest !== undefined && newest.last > database.last)
      throw damaged(file, `it ends with fact ${database.last}, but ${newest.path} goes up to ${newest.last}`);
    if (found.some(({ last }) => last === 0)) database.noteBeginningWithSnapshot();
    const warnings: string[] = [];
    for (const each of found) {
      const snapshot = readSnapshot(each);
      if (snapshot !== null) {
        this.kept = [each];
        return { state: snapshot.state, after: each.last, warnings };
      }
      warnings.push(`The snapshot ${each.path} is damaged. Nothing is lost: what it held was rebuilt.`);
    }
    const why = database.incompleteness;
    if (why !== null) throw damaged(file, `${why}, and no good snapshot is left`);
    return { state: null, after: 0, warnings };
  }

  /** Keeps the state that all facts so far, but for the last so many, have led to. */
  save(state: Uint8Array, behind: number): Promise<void> {
    if (this.database.isBehind)
      return Promise.reject(new Error('no snapshot is kept while the newest facts could not be saved'));
    const last = this.database.last - behind;
    const saved = this.saving.then(() => this.write(last, state));
    this.saving = saved.catch(() => {});
    return saved;
  }

  /** Resolves when nothing is being written any more. */
  settled(): Promise<void> {
    return this.saving;
  }

  private async write(last: number, state: Uint8Array): Promise<void> {
    const { file, database } = this;
    const written = await writeSnapshot(file, database.identity, last, state);
    if (last === 0) database.noteBeginningWithSnapshot();
    this.kept = [written, ...this.kept.filter(({ path }) => path !== written.path)].slice(0, 2);
    database.allowPruning(this.kept[1]?.last ?? 0);
    const kept = new Set(this.kept.map(({ path }) => path));
    await removeSnapshots(
      file,
      this.own().filter(({ path }) => !kept.has(path)),
    );
  }

  private own(): readonly SnapshotFile[] {
    const { identity } = this.database;
    return listSnapshots(this.file).filter((snapshot) => snapshot.identity === identity);
  }
}
