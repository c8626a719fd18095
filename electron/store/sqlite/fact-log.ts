import type { Database, Statement } from 'better-sqlite3';
import { factVersion } from '../../engine/facts';
import { damageOf } from '../codec/layout';
import { StoreTrouble } from '../trouble';
import { damaged, explainTrouble } from './explain-trouble';

interface StoreRow {
  readonly identity: string;
  readonly pruned: number;
  readonly begins_with_snapshot: number;
  readonly recorded: number;
}

interface LogRow {
  readonly seq: number;
  readonly version: number;
  readonly facts: number;
  readonly body: Buffer;
}

export interface Bodies {
  /** The encoded facts of one append each. */
  readonly bodies: readonly Uint8Array<ArrayBuffer>[];
  /** The number of the last fact in them. */
  readonly last: number;
}

const bytesAtOnce = 1 << 20;

/** The facts in their order. They are counted from 1; a row holds those of one append. */
export class FactLog {
  private readonly insert: Statement<[number, number, number, Uint8Array]>;
  private readonly select: Statement<[number], LogRow>;
  private readonly selectOld: Statement<[number, number], { seq: number; facts: number }>;
  private readonly deleteUpTo: Statement<[number]>;
  private readonly setPruned: Statement<[number]>;
  private readonly setRecorded: Statement<[number]>;
  private readonly setBeginning: Statement<[]>;
  private readonly selectStore: Statement<[], StoreRow>;
  private readonly selectLast: Statement<[], number>;

  constructor(
    database: Database,
    private readonly file: string,
  ) {
    this.insert = database.prepare('INSERT INTO log (seq, version, facts, body) VALUES (?, ?, ?, ?)');
    this.select = database.prepare('SELECT seq, version, facts, body FROM log WHERE seq > ? ORDER BY seq');
    this.selectOld = database.prepare('SELECT seq, facts FROM log WHERE seq <= ? ORDER BY seq LIMIT ?');
    this.deleteUpTo = database.prepare('DELETE FROM log WHERE seq <= ?');
    this.setPruned = database.prepare('UPDATE store SET pruned = ?');
    this.setRecorded = database.prepare('UPDATE store SET recorded = ?');
    this.setBeginning = database.prepare('UPDATE store SET begins_with_snapshot = 1');
    this.selectStore = database.prepare('SELECT * FROM store');
    this.selectLast = database
      .prepare<[], number>('SELECT seq + facts - 1 FROM log ORDER BY seq DESC LIMIT 1')
      .pluck();
  }

  /** Tells the snapshots of this store from others. */
  get identity(): string {
    return this.about().identity;
  }

  /** Why the facts that are here do not tell everything without a snapshot; null: they do. */
  get incompleteness(): string | null {
    const { pruned, begins_with_snapshot } = this.about();
    if (pruned > 0) return `facts up to ${pruned} are only in snapshots`;
    return begins_with_snapshot === 1 ? 'what was before the first fact is only in snapshots' : null;
  }

  /** The number of the last fact that was ever appended. */
  get last(): number {
    return this.selectLast.get() ?? this.about().pruned;
  }

  /** What the facts up to this number say of attempts is in the tables of attempts. */
  get recorded(): number {
    return this.about().recorded;
  }

  noteRecorded(upTo: number): void {
    this.setRecorded.run(upTo);
  }

  append(seq: number, facts: number, body: Uint8Array): void {
    this.insert.run(seq, factVersion, facts, body);
  }

  /**
   * Some of the facts after this number, about as many as are asked for, none when there are no more.
   * Throws where they cannot be read.
   */
  read(after: number, about = Infinity): Bodies {
    const bodies: Uint8Array<ArrayBuffer>[] = [];
    let last = after;
    let bytes = 0;
    try {
      for (const row of this.select.iterate(after)) {
        this.check(row, last + 1);
        bodies.push(new Uint8Array(row.body));
        last += row.facts;
        bytes += row.body.length;
        if (bytes >= bytesAtOnce || last - after >= about) break;
      }
    } catch (error) {
      // What comes before the damage is given first; it is met again in the next call.
      if (bodies.length === 0) throw explainTrouble(error, this.file);
    }
    return { bodies, last };
  }

  /** Forgets the oldest rows, at most so many of them, that hold no fact after this number. */
  prune(upTo: number, most: number): void {
    const old = this.selectOld.all(upTo, most);
    const last = old.findLast(({ seq, facts }) => seq + facts - 1 <= upTo);
    if (last === undefined) return;
    this.deleteUpTo.run(last.seq);
    this.setPruned.run(last.seq + last.facts - 1);
  }

  noteBeginningWithSnapshot(): void {
    this.setBeginning.run();
  }

  private check({ seq, version, facts, body }: LogRow, expected: number): void {
    const place = `facts ${expected} to ${seq + facts - 1}`;
    if (seq !== expected) throw damaged(this.file, `facts ${expected} to ${seq - 1} are missing`);
    if (version !== factVersion)
      throw new StoreTrouble(
        'newer',
        `${this.file} was written by a newer Drover (${place} have version ${version}; this one knows ${factVersion}). ` +
          'Start that version, or choose another data folder.',
      );
    const damage = damageOf(body);
    if (damage !== null) throw damaged(this.file, `${place}: ${damage}`);
  }

  private about(): StoreRow {
    const found = this.selectStore.get();
    if (found === undefined) throw damaged(this.file, 'it does not know itself');
    return found;
  }
}
