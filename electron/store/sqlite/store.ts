import { Worker } from 'node:worker_threads';
import type { Attempt } from '../../../shared/model/attempt';
import type { JobId } from '../../../shared/model/ids';
import type { Fact } from '../../engine/facts';
import type { Store } from '../../engine/ports';
import type { FromWorker, ToWorker, WorkerData } from './worker-messages';

interface Pending {
  facts(facts: readonly Fact[]): void;
  done(attempts: readonly Attempt[]): void;
  failed(error: Error): void;
}

type WithoutId<Message> = Message extends ToWorker ? Omit<Message, 'id'> : never;

/** The Store on SQLite. `workerFile` is the built worker.ts. */
export class SqliteStore implements Store {
  private readonly worker: Worker;
  private readonly pending = new Map<number, Pending>();
  private nextId = 1;
  private broken: Error | null = null;

  constructor(file: string, workerFile: string) {
    const workerData: WorkerData = { file };
    this.worker = new Worker(workerFile, { workerData });
    this.worker.on('message', (message: FromWorker) => this.receive(message));
    this.worker.on('error', (error) => this.breakDown(error));
    this.worker.on('exit', () => this.breakDown(new Error('the store has been closed')));
  }

  async load(onFact: (fact: Fact) => void): Promise<void> {
    await this.ask({ kind: 'load' }, (facts) => facts.forEach(onFact));
  }

  async append(facts: readonly Fact[]): Promise<void> {
    await this.ask({ kind: 'append', facts });
  }

  attempts(job: JobId, step: number, from: number, count: number): Promise<readonly Attempt[]> {
    return this.ask({ kind: 'attempts', job, step, from, count });
  }

  async close(): Promise<void> {
    if (this.broken !== null) return;
    const exited = new Promise<void>((resolve) => this.worker.once('exit', () => resolve()));
    // A worker that could not open its file cannot close it either; it ends all the same.
    await this.ask({ kind: 'close' }).catch(() => this.worker.terminate());
    await exited;
  }

  private ask(message: WithoutId<ToWorker>, facts: Pending['facts'] = () => {}): Promise<readonly Attempt[]> {
    if (this.broken !== null) return Promise.reject(this.broken);
    const id = this.nextId++;
    return new Promise((done, failed) => {
      this.pending.set(id, { facts, done, failed });
      this.worker.postMessage({ ...message, id });
    });
  }

  private receive(message: FromWorker): void {
    const pending = this.pending.get(message.id);
    if (message.kind === 'facts') return pending?.facts(message.facts);
    this.pending.delete(message.id);
    if (message.kind === 'done') pending?.done(message.attempts ?? []);
    else pending?.failed(new Error(message.message));
  }

  private breakDown(error: Error): void {
    this.broken ??= error;
    for (const pending of this.pending.values()) pending.failed(this.broken);
    this.pending.clear();
  }
}
