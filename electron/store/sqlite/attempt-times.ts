import type { Database, Statement } from 'better-sqlite3';
import { AttemptBlock, type VisitRan } from './attempt-block';

interface BlockRow {
  readonly id: number;
  readonly prefix: number;
  readonly block: number;
  readonly last: number;
  readonly open: number;
  readonly body: Buffer;
}

/** Of blocks: others have their turn between two of these. */
const piece = 256;

/** Attempts by the time at which they ran. */
export class AttemptTimes {
  private readonly selectIds: Statement<[number, number], number>;
  private readonly selectBlocks: Statement<[string], BlockRow>;

  constructor(database: Database) {
    this.selectIds = database
      .prepare<[number, number], number>('SELECT id FROM attempt_blocks WHERE ends > ? AND begins < ?')
      .pluck();
    this.selectBlocks = database.prepare(
      'SELECT * FROM attempt_blocks WHERE id IN (SELECT value FROM json_each(?))',
    );
  }

  /** Visits those that ran between two moments, piece by piece. */
  *visit(from: number, to: number, visit: VisitRan): Generator<undefined, void> {
    const ids = this.selectIds.all(from, to).toSorted((a, b) => a - b);
    for (let first = 0; first < ids.length; first += piece) {
      for (const row of this.selectBlocks.all(JSON.stringify(ids.slice(first, first + piece))))
        AttemptBlock.read(row.prefix, row, row.body).visitRan(from, to, visit);
      yield;
    }
  }
}
