import type { Database, Statement } from 'better-sqlite3';
import {
  checkpointNumber,
  type Checkpoint,
  type CheckpointId,
  type FoundCheckpoint,
  type WentOn,
} from '../../../shared/model/checkpoint';
import type { AttemptId, JobId } from '../../../shared/model/ids';
import type { Fact } from '../../engine/facts';
import type { WhichCheckpoints } from '../../engine/ports';

export interface StoredCheckpoint {
  readonly found_at: number;
  readonly broken: string | null;
  readonly tag: string | null;
  readonly dropped: number;
  readonly body: string;
}

interface WentOnRow {
  readonly attempt: AttemptId;
  readonly checkpoint: CheckpointId | null;
  readonly line: string | null;
}

type Bound = readonly (string | number)[];

/** What tasks can go on from, and what attempts said of it. */
export class CheckpointTable {
  private readonly insert: Statement<[number, JobId, number, number, number, string]>;
  private readonly setBroken: Statement<[string, number]>;
  private readonly setTag: Statement<[string | null, number]>;
  /** Beside what it was when it was found. */
  private readonly setNote: Statement<[string | null, number]>;
  private readonly setDropped: Statement<[number]>;
  private readonly insertWentOn: Statement<
    [AttemptId, JobId, number, number, CheckpointId | null, string | null]
  >;
  private readonly selectWentOn: Statement<[JobId, number, number], WentOnRow>;

  /** Another one when something has become of checkpoints that had been found before. */
  changes = 0;

  private readonly select: Readonly<Record<WhichCheckpoints['of'], Statement<unknown[], StoredCheckpoint>>>;

  constructor(database: Database) {
    this.insert = database.prepare(
      'INSERT OR IGNORE INTO checkpoints VALUES (?, ?, ?, ?, ?, NULL, NULL, 0, ?)',
    );
    this.setBroken = database.prepare('UPDATE checkpoints SET broken = ? WHERE number = ?');
    this.setTag = database.prepare('UPDATE checkpoints SET tag = ? WHERE number = ?');
    // A note of null takes it away.
    this.setNote = database.prepare(
      `UPDATE checkpoints SET body = json_patch(body, json_object('note', ?)) WHERE number = ?`,
    );
    this.setDropped = database.prepare('UPDATE checkpoints SET dropped = 1 WHERE number = ?');
    const select = (condition: string): Statement<unknown[], StoredCheckpoint> =>
      database.prepare(
        `SELECT found_at, broken, tag, dropped, body FROM checkpoints
          WHERE ${condition} AND number < ? ORDER BY number DESC LIMIT ?`,
      );
    this.select = {
      all: select(conditions.all),
      batch: select(conditions.batch),
      job: select(conditions.job),
      task: select(conditions.task),
      one: select(conditions.one),
    };
    this.insertWentOn = database.prepare('INSERT OR REPLACE INTO went_on VALUES (?, ?, ?, ?, ?, ?)');
    this.selectWentOn = database.prepare(
      'SELECT attempt, checkpoint, line FROM went_on WHERE job = ? AND step = ? AND task = ?',
    );
  }

  note(fact: Fact): void {
    switch (fact.kind) {
      case 'checkpointFound': {
        const { id, job, step, task } = fact.checkpoint;
        this.insert.run(checkpointNumber(id), job, step, task, fact.at, JSON.stringify(fact.checkpoint));
        return;
      }
      case 'checkpointBroken':
        this.changes++;
        this.setBroken.run(fact.reason, checkpointNumber(fact.checkpoint));
        return;
      case 'checkpointTagged':
        this.changes++;
        this.setTag.run(fact.tag, checkpointNumber(fact.checkpoint));
        return;
      case 'checkpointNoted':
        this.changes++;
        this.setNote.run(fact.note, checkpointNumber(fact.checkpoint));
        return;
      case 'checkpointsDropped':
        this.changes++;
        for (const id of fact.checkpoints) this.setDropped.run(checkpointNumber(id));
        return;
      case 'attemptWentOn': {
        const { attempt, job, step, task, from, line } = fact;
        this.changes++;
        this.insertWentOn.run(attempt, job, step, task, from, line);
        return;
      }
      default:
    }
  }

  find(which: WhichCheckpoints, before: number, count: number): readonly Checkpoint[] {
    return this.select[which.of].all(...boundOf(which), before, count).map(unpack);
  }

  wentOn(job: JobId, step: number, task: number): readonly WentOn[] {
    return this.selectWentOn
      .all(job, step, task)
      .map(({ attempt, checkpoint: from, line }) => ({ attempt, from, line }));
  }
}

/** What begins with `b1.` is of b1: the next character after the point is the slash. */
const conditions: Readonly<Record<WhichCheckpoints['of'], string>> = {
  all: 'TRUE',
  batch: 'job >= ? AND job < ?',
  job: 'job = ?',
  task: 'job = ? AND step = ? AND task = ?',
  one: 'number = ?',
};

function boundOf(which: WhichCheckpoints): Bound {
  switch (which.of) {
    case 'all':
      return [];
    case 'batch':
      return [`${which.batch}.`, `${which.batch}/`];
    case 'job':
      return [which.job];
    case 'task':
      return [which.job, which.step, which.task];
    case 'one':
      return [checkpointNumber(which.checkpoint)];
  }
}

export function unpack({ found_at: foundAt, broken, tag, dropped, body }: StoredCheckpoint): Checkpoint {
  // What this table wrote is trusted to have the shape in which it was written.
  const found: FoundCheckpoint & Pick<Checkpoint, 'note'> = JSON.parse(body);
  return { ...found, foundAt, broken, tag, dropped: dropped === 1 };
}
