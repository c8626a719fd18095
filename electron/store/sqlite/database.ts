import { statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { Attempt } from '../../../shared/model/attempt';
import type { JobId } from '../../../shared/model/ids';
import { FactReader } from '../codec/decode';
import { attemptsInBlock } from './attempt-block';
import { AttemptTable } from './attempt-table';
import { FactLog, type Bodies } from './fact-log';

/** So large a write-ahead log is not left lying about until the next append. */
const largeLog = 48 << 20;

/** The store's tables. Every append is one transaction, on disk when it returns. */
export class FactDatabase {
  private readonly log: FactLog;
  private readonly table: AttemptTable;
  private readonly appendAll: (facts: FactReader, body: Uint8Array) => void;
  private lastFact: number;
  /** Snapshots hold what the facts up to this number led to. */
  private dispensable = 0;
  private hasFailed = false;
  private failedRound = -1;

  /** `keepFacts`: so many facts are kept, whatever the snapshots hold, and as long the attempts in them. */
  constructor(
    private readonly database: Database,
    private readonly file: string,
    private readonly keepFacts: number,
  ) {
    this.log = new FactLog(database, file);
    this.table = new AttemptTable(database);
    this.lastFact = this.log.last;
    this.appendAll = database.transaction((facts: FactReader, body: Uint8Array) => {
      const count = facts.left;
      this.log.append(this.lastFact + 1, count, body);
      this.table.record(facts, this.lastFact + 1);
      this.prune(count);
    });
  }

  /** The newest append failed: who appends knows more than is kept here. */
  get isBehind(): boolean {
    return this.hasFailed;
  }

  /** The number of the last fact. */
  get last(): number {
    return this.lastFact;
  }

  /** Why the facts do not tell everything without a snapshot; null: they do. */
  get incompleteness(): string | null {
    return this.log.incompleteness;
  }

  get identity(): string {
    return this.log.identity;
  }

  /** After a failure everything of the same round is refused: it was sent before the failure was known. */
  append(body: Uint8Array, round: number): void {
    if (round === this.failedRound) throw new Error('facts before these could not be saved');
    this.hasFailed = true;
    const facts = new FactReader(body);
    const count = facts.left;
    try {
      this.appendAll(facts, body);
    } catch (error) {
      this.failedRound = round;
      this.table.clearCaches();
      throw error;
    }
    this.hasFailed = false;
    this.lastFact += count;
    this.shortenLog();
  }

  read(after: number): Bodies {
    return this.log.read(after);
  }

  attempts(job: JobId, step: number, from: number, count: number): readonly Attempt[] {
    return this.table.find(job, step, from, count);
  }

  /** From now on, facts up to this number may be forgotten when there are enough newer ones. */
  allowPruning(upTo: number): void {
    this.dispensable = upTo;
  }

  /** From now on nobody takes the facts alone for everything. */
  noteBeginningWithSnapshot(): void {
    this.log.noteBeginningWithSnapshot();
  }

  close(): void {
    this.database.close();
  }

  /** Each append forgets about twice as much as it adds, so that none of them has much to do. */
  private prune(added: number): void {
    const old = this.lastFact + added - this.keepFacts;
    if (old <= 0) return;
    this.table.prune(old, 2 + Math.ceil(added / attemptsInBlock));
    this.log.prune(Math.min(old, this.dispensable), 2);
  }

  private shortenLog(): void {
    const size = statSync(`${this.file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
    if (size < largeLog) return;
    try {
      this.database.pragma('wal_checkpoint(TRUNCATE)');
    } catch {
      // The facts are on disk already. What can be wrong here is told by the next append.
    }
  }
}
