import type { Database, Statement } from 'better-sqlite3';
import type { AttemptId, JobId, NodeId } from '../../../shared/model/ids';
import { isAttemptId } from '../codec/attempt-id';

/** More than a large farm has nodes: whoever is forgotten is looked up in the database. */
const mostCached = 100_000;

interface StepName {
  readonly job: JobId;
  readonly step: number;
}

const forgottenStep: StepName = { job: 'b0.?', step: 0 };

/** Row numbers of what the attempts have in common: the beginnings of their ids, their nodes, their steps. */
export class AttemptNames {
  private readonly names = new Map<string, number>();
  private readonly byId = new Map<number, string>();
  private readonly steps = new Map<JobId, Map<number, number>>();
  private readonly stepsById = new Map<number, StepName>();
  private readonly nameId: Statement<[string], number>;
  private readonly addName: Statement<[string]>;
  private readonly nameOf: Statement<[number], string>;
  private readonly stepId: Statement<[JobId, number], number>;
  private readonly stepName: Statement<[number], StepName>;
  private readonly addStep: Statement<[JobId, number]>;
  private readonly deleteStep: Statement<[number]>;

  constructor(database: Database) {
    this.nameId = database.prepare<[string], number>('SELECT id FROM names WHERE name = ?').pluck();
    this.addName = database.prepare('INSERT INTO names (name) VALUES (?)');
    this.nameOf = database.prepare<[number], string>('SELECT name FROM names WHERE id = ?').pluck();
    this.stepId = database
      .prepare<[JobId, number], number>('SELECT id FROM steps WHERE job = ? AND step = ?')
      .pluck();
    this.stepName = database.prepare('SELECT job, step FROM steps WHERE id = ?');
    this.addStep = database.prepare('INSERT INTO steps (job, step) VALUES (?, ?)');
    this.deleteStep = database.prepare(
      'DELETE FROM steps WHERE id = ? AND NOT EXISTS (SELECT 1 FROM blocks_of_steps WHERE step = steps.id)',
    );
  }

  /** Of a name, which gets a row if it has none. */
  name(name: string): number {
    const known = this.names.get(name);
    if (known !== undefined) return known;
    if (this.names.size >= mostCached) this.names.clear();
    const id = this.nameId.get(name) ?? Number(this.addName.run(name).lastInsertRowid);
    this.names.set(name, id);
    return id;
  }

  /** Null: it has no row. */
  find(name: string): number | null {
    return this.names.get(name) ?? this.nameId.get(name) ?? null;
  }

  stepOf(id: number): StepName {
    const known = this.stepsById.get(id);
    if (known !== undefined) return known;
    if (this.stepsById.size >= mostCached) this.stepsById.clear();
    const name = this.stepName.get(id) ?? forgottenStep;
    this.stepsById.set(id, name);
    return name;
  }

  /** Of a step, which gets a row if it has none. */
  step(job: JobId, step: number): number {
    const known = this.steps.get(job)?.get(step);
    if (known !== undefined) return known;
    if (this.steps.size >= mostCached) this.steps.clear();
    const id = this.findStep(job, step) ?? Number(this.addStep.run(job, step).lastInsertRowid);
    const ofJob = this.steps.get(job) ?? new Map<number, number>();
    this.steps.set(job, ofJob.set(step, id));
    return id;
  }

  findStep(job: JobId, step: number): number | null {
    return this.stepId.get(job, step) ?? null;
  }

  node(id: number): NodeId {
    const known = this.byId.get(id);
    if (known !== undefined) return known;
    if (this.byId.size >= mostCached) this.byId.clear();
    const name = this.nameOf.get(id) ?? '?';
    this.byId.set(id, name);
    return name;
  }

  prefix(id: number): AttemptId {
    const name = this.node(id);
    if (!isAttemptId(name)) throw new Error(`${JSON.stringify(name)} does not begin an attempt id`);
    return name;
  }

  forgetUnusedStep(id: number): void {
    if (this.deleteStep.run(id).changes === 0) return;
    this.steps.clear();
    this.stepsById.delete(id);
  }

  clearCaches(): void {
    this.names.clear();
    this.byId.clear();
    this.steps.clear();
    this.stepsById.clear();
  }
}
