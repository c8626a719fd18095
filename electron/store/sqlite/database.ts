import SQLite from 'better-sqlite3';
import type { Attempt, AttemptEnd } from '../../../shared/model/attempt';
import type { AttemptId, JobId } from '../../../shared/model/ids';
import { factVersion, type Fact } from '../../engine/facts';
import { migrate, refuseNewer } from './migrations';

interface AttemptRow {
  readonly id: AttemptId;
  readonly job: JobId;
  readonly step: number;
  readonly task: number;
  readonly node: string;
  readonly assigned_at: number;
  readonly ended_at: number | null;
  readonly end: string | null;
}

/** The store's SQLite file. Every append is one transaction, on disk when it returns. */
export class FactDatabase {
  private readonly database: SQLite.Database;
  private readonly insertFact: SQLite.Statement;
  private readonly insertAttempt: SQLite.Statement;
  private readonly endAttempt: SQLite.Statement;
  private readonly selectAttempts: SQLite.Statement<[JobId, number, number, number], AttemptRow>;
  private readonly appendAll: (facts: readonly Fact[]) => void;

  constructor(file: string) {
    this.database = new SQLite(file);
    refuseNewer(this.database, file);
    this.database.pragma('journal_mode = WAL');
    this.database.pragma('synchronous = FULL');
    this.database.pragma('journal_size_limit = 16777216');
    migrate(this.database);
    this.insertFact = this.database.prepare('INSERT INTO facts (version, body) VALUES (?, ?)');
    this.insertAttempt = this.database.prepare(
      'INSERT INTO attempts (id, job, step, task, node, assigned_at) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.endAttempt = this.database.prepare('UPDATE attempts SET ended_at = ?, end = ? WHERE id = ?');
    this.selectAttempts = this.database.prepare(
      'SELECT * FROM attempts WHERE job = ? AND step = ? AND task >= ? AND task < ? ORDER BY task, seq',
    );
    this.appendAll = this.database.transaction((facts: readonly Fact[]) =>
      facts.forEach((fact) => this.insert(fact)),
    );
  }

  *load(): Generator<Fact> {
    const rows = this.database.prepare<[], { seq: number; version: number; body: string }>(
      'SELECT * FROM facts ORDER BY seq',
    );
    for (const { seq, version, body } of rows.iterate()) {
      if (version !== factVersion)
        throw new Error(`fact ${seq} has version ${version}, which this Drover does not know`);
      yield parseFact(body);
    }
  }

  append(facts: readonly Fact[]): void {
    this.appendAll(facts);
  }

  attempts(job: JobId, step: number, from: number, count: number): readonly Attempt[] {
    return this.selectAttempts.all(job, step, from, from + count).map((row) => ({
      id: row.id,
      job: row.job,
      step: row.step,
      task: row.task,
      node: row.node,
      assignedAt: row.assigned_at,
      endedAt: row.ended_at,
      end: row.end === null ? null : parseEnd(row.end),
    }));
  }

  close(): void {
    this.database.close();
  }

  private insert(fact: Fact): void {
    this.insertFact.run(factVersion, JSON.stringify(fact));
    if (fact.kind === 'taskAssigned') {
      this.insertAttempt.run(fact.attempt, fact.job, fact.step, fact.task, fact.node, fact.at);
    } else if (fact.kind === 'attemptFinished') {
      this.endAttempt.run(fact.at, JSON.stringify(fact.end), fact.attempt);
    }
  }
}

// What this class wrote is trusted to have the shape in which it was written.
const parseFact = (body: string): Fact => JSON.parse(body);
const parseEnd = (body: string): AttemptEnd => JSON.parse(body);
