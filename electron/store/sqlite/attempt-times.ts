import type { Database, Statement } from 'better-sqlite3';
import { AttemptBlock, type PackedAttempt } from './attempt-block';

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

  /** Those that ran between two moments, piece by piece. */
  *between(from: number, to: number): Generator<readonly PackedAttempt[]> {
    const ids = this.selectIds.all(from, to).toSorted((a, b) => a - b);
    for (let first = 0; first < ids.length; first += piece) {
      const found: PackedAttempt[] = [];
      for (const row of this.selectBlocks.all(JSON.stringify(ids.slice(first, first + piece))))
        for (const attempt of AttemptBlock.read(row.prefix, row, row.body).attempts())
          if (attempt.assignedAt < to && (attempt.endedAt ?? Infinity) > from) found.push(attempt);
      yield found;
    }
  }
}
