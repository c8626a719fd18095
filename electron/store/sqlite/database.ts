import { statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { Attempt } from '../../../shared/model/attempt';
import type { Checkpoint, CheckpointId, WentOn } from '../../../shared/model/checkpoint';
import type { HistoryEntry } from '../../../shared/model/history';
import type { JobId } from '../../../shared/model/ids';
import type { RanRow, TimelineWindow } from '../../../shared/ipc/timeline';
import type { FarmTally } from '../timeline/tally';
import type { WhichCheckpoints } from '../../engine/ports';
import { FactReader } from '../codec/decode';
import { attemptsInBlock } from './attempt-block';
import { AttemptTable } from './attempt-table';
import { CheckpointSearches, type CheckpointSearch, type FoundCheckpoints } from './checkpoint-search';
import { CheckpointTable } from './checkpoint-table';
import { FactLog, type Bodies } from './fact-log';
import { HistoryTable } from './history-table';

/** So large a write-ahead log is not left lying about until the next append. */
const largeLog = 48 << 20;

/** The attempts of so many facts are written together: each block of them once, not at each append. */
const factsRecordedAtOnce = 32_768;

/**
 * The store's tables. Every append is one transaction, on disk when it returns. The tables of attempts
 * follow from the log, some facts behind it: {@link catchUp} brings them up to it.
 */
export class FactDatabase {
  private readonly log: FactLog;
  private readonly table: AttemptTable;
  private readonly past: HistoryTable;
  private readonly saved: CheckpointTable;
  private readonly searches: CheckpointSearches;
  private readonly recordSome: () => void;
  private lastFact: number;
  /** The tables of attempts hold what the facts up to this one say. */
  private recorded: number;
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
    this.past = new HistoryTable(database);
    this.saved = new CheckpointTable(database);
    this.searches = new CheckpointSearches(database);
    this.lastFact = this.log.last;
    this.recorded = this.log.recorded;
    this.recordSome = database.transaction(() => this.record());
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
    const count = new FactReader(body).left;
    try {
      this.log.append(this.lastFact + 1, count, body);
    } catch (error) {
      this.failedRound = round;
      throw error;
    }
    this.hasFailed = false;
    this.lastFact += count;
    this.shortenLog();
  }

  /** The tables of attempts are so far behind the log that it is time to bring them up to it. */
  get isFarBehind(): boolean {
    return this.lastFact - this.recorded >= factsRecordedAtOnce;
  }

  /** Brings the tables of attempts up to the log, and forgets what is too old. */
  catchUp(): void {
    while (this.recorded < this.lastFact) {
      const { recorded } = this;
      try {
        // What follows from the log need not be on disk when it returns.
        this.database.pragma('synchronous = NORMAL');
        this.recordSome();
      } catch (error) {
        this.recorded = recorded;
        this.table.clearCaches();
        throw error;
      } finally {
        this.database.pragma('synchronous = FULL');
      }
    }
    this.shortenLog();
  }

  read(after: number): Bodies {
    return this.log.read(after);
  }

  attempts(job: JobId, step: number, from: number, count: number): readonly Attempt[] {
    this.tryToCatchUp();
    return this.table.find(job, step, from, count);
  }

  ran(window: TimelineWindow, at: number): Generator<undefined, readonly RanRow[]> {
    this.tryToCatchUp();
    return this.table.ran(window, at);
  }

  tally(since: number, at: number): Generator<undefined, FarmTally> {
    this.tryToCatchUp();
    return this.table.tally(since, at);
  }

  history(about: string | null, before: number, count: number): readonly HistoryEntry[] {
    this.tryToCatchUp();
    return this.past.list(about, before, count);
  }

  checkpoints(which: WhichCheckpoints, before: number, count: number): readonly Checkpoint[] {
    this.tryToCatchUp();
    return this.saved.find(which, before, count);
  }

  findCheckpoints(search: CheckpointSearch): Generator<undefined, FoundCheckpoints> {
    this.tryToCatchUp();
    return this.searches.find(search, this.saved.changes);
  }

  neededElsewhere(
    without: readonly CheckpointId[],
    hashes: readonly string[],
  ): Generator<undefined, readonly string[]> {
    this.tryToCatchUp();
    return this.searches.neededElsewhere(without, hashes);
  }

  wentOn(job: JobId, step: number, task: number): readonly WentOn[] {
    this.tryToCatchUp();
    return this.saved.wentOn(job, step, task);
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
    this.tryToCatchUp();
    this.database.close();
  }

  /** Where nothing can be written, what there is has to do. Why it cannot, the next append says. */
  private tryToCatchUp(): void {
    try {
      this.catchUp();
    } catch {
      // It is made up for later, at the latest at the next start.
    }
  }

  private record(): void {
    const before = this.recorded;
    let rows = 0;
    for (const body of this.log.read(before, factsRecordedAtOnce).bodies) {
      const facts = new FactReader(body);
      const { left } = facts;
      this.table.record(facts, this.recorded + 1, (fact, number) => {
        this.past.note(fact, number);
        this.saved.note(fact);
      });
      this.recorded += left;
      rows++;
    }
    this.table.write();
    this.log.noteRecorded(this.recorded);
    this.past.prune();
    this.prune(this.recorded - before, rows);
  }

  /** Forgets about twice as much as was added, so that there never is much to do at once. */
  private prune(added: number, rows: number): void {
    const old = this.recorded - this.keepFacts;
    if (old <= 0) return;
    this.table.prune(old, 2 + Math.ceil(added / attemptsInBlock));
    this.log.prune(Math.min(old, this.dispensable), 2 * rows);
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
