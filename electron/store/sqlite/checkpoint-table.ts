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

interface Row {
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
  private readonly setDropped: Statement<[number]>;
  private readonly insertWentOn: Statement<
    [AttemptId, JobId, number, number, CheckpointId | null, string | null]
  >;
  private readonly selectWentOn: Statement<[JobId, number, number], WentOnRow>;

  constructor(private readonly database: Database) {
    this.insert = database.prepare(
      'INSERT OR IGNORE INTO checkpoints VALUES (?, ?, ?, ?, ?, NULL, NULL, 0, ?)',
    );
    this.setBroken = database.prepare('UPDATE checkpoints SET broken = ? WHERE number = ?');
    this.setTag = database.prepare('UPDATE checkpoints SET tag = ? WHERE number = ?');
    this.setDropped = database.prepare('UPDATE checkpoints SET dropped = 1 WHERE number = ?');
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
        this.setBroken.run(fact.reason, checkpointNumber(fact.checkpoint));
        return;
      case 'checkpointTagged':
        this.setTag.run(fact.tag, checkpointNumber(fact.checkpoint));
        return;
      case 'checkpointsDropped':
        for (const id of fact.checkpoints) this.setDropped.run(checkpointNumber(id));
        return;
      case 'attemptWentOn': {
        const { attempt, job, step, task, from, line } = fact;
        this.insertWentOn.run(attempt, job, step, task, from, line);
        return;
      }
      default:
    }
  }

  find(which: WhichCheckpoints, before: number, count: number): readonly Checkpoint[] {
    const { where, bound } = conditionOf(which);
    return this.database
      .prepare<unknown[], Row>(
        `SELECT found_at, broken, tag, dropped, body FROM checkpoints
          WHERE ${where} AND number < ? ORDER BY number DESC LIMIT ?`,
      )
      .all(...bound, before, count)
      .map(unpack);
  }

  wentOn(job: JobId, step: number, task: number): readonly WentOn[] {
    return this.selectWentOn
      .all(job, step, task)
      .map(({ attempt, checkpoint: from, line }) => ({ attempt, from, line }));
  }
}

function conditionOf(which: WhichCheckpoints): { readonly where: string; readonly bound: Bound } {
  switch (which.of) {
    case 'all':
      return { where: 'TRUE', bound: [] };
    case 'batch':
      // What begins with `b1.`: the next character after the point is the slash.
      return { where: 'job >= ? AND job < ?', bound: [`${which.batch}.`, `${which.batch}/`] };
    case 'job':
      return { where: 'job = ?', bound: [which.job] };
    case 'task':
      return { where: 'job = ? AND step = ? AND task = ?', bound: [which.job, which.step, which.task] };
    case 'one':
      return { where: 'number = ?', bound: [checkpointNumber(which.checkpoint)] };
  }
}

function unpack({ found_at: foundAt, broken, tag, dropped, body }: Row): Checkpoint {
  // What this table wrote is trusted to have the shape in which it was written.
  const found: FoundCheckpoint = JSON.parse(body);
  return { ...found, foundAt, broken, tag, dropped: dropped === 1 };
}
