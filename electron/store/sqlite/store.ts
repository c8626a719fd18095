import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Attempt } from '../../../shared/model/attempt';
import type { Checkpoint, CheckpointId, WentOn } from '../../../shared/model/checkpoint';
import type { HistoryEntry } from '../../../shared/model/history';
import type { RanRow, TimelineWindow } from '../../../shared/ipc/timeline';
import type { JobId } from '../../../shared/model/ids';
import type { FarmTally } from '../timeline/tally';
import type { Fact } from '../../engine/facts';
import type { Store, WhichCheckpoints } from '../../engine/ports';
import { FactReader } from '../codec/decode';
import { encodeFacts } from '../codec/encode';
import { StoreTrouble } from '../trouble';
import type { CheckpointSearch, FoundCheckpoints } from './checkpoint-search';
import type { Answer, FromWorker, Question, ToWorker, WorkerData } from './worker-messages';

interface Pending {
  answered(answer: Answer): void;
  failed(error: Error): void;
}

interface Options {
  /** So many facts are kept even when snapshots hold what they led to; and as long the attempts. */
  readonly keepFacts: number;
}

/** Two facts for an attempt: the history of about two million of them, in about 200 MB. */
const defaults: Options = { keepFacts: 4_000_000 };

/** While facts are loaded, others get their turn after so long. */
const pauseAfterMs = 4;
const factsBetweenLooks = 256;

/** The Store on SQLite. `workerFile` is the built worker.ts. */
export class SqliteStore implements Store {
  private readonly worker: Worker;
  private readonly pending = new Map<number, Pending>();
  private nextId = 1;
  private broken: Error | null = null;
  /** Raised when an append has failed: what is appended from then on does not build on it. */
  private round = 0;

  constructor(file: string, workerFile: string, { keepFacts }: Options = defaults) {
    const workerData: WorkerData = { file, keepFacts };
    this.worker = new Worker(workerFile, { workerData });
    this.worker.on('message', (message: FromWorker) => this.receive(message));
    this.worker.on('error', (error) => this.breakDown(error));
    this.worker.on('exit', () => this.breakDown(new Error('the store has been closed')));
  }

  async load(
    onSnapshot: (state: Uint8Array) => void,
    onFact: (fact: Fact) => void,
  ): Promise<readonly string[]> {
    const beginning = await this.ask('beginning', { kind: 'begin' });
    if (beginning.state !== null) onSnapshot(beginning.state);
    for (let after = beginning.after; ;) {
      const { bodies, last } = await this.ask('bodies', { kind: 'read', after });
      if (bodies.length === 0) return beginning.warnings;
      await readAll(bodies, onFact);
      after = last;
    }
  }

  async append(facts: readonly Fact[]): Promise<void> {
    if (facts.length === 0) return;
    const body = encodeFacts(facts);
    const { round } = this;
    try {
      await this.ask('done', { kind: 'append', body, round }, [body.buffer]);
    } catch (error) {
      this.round = round + 1;
      throw error;
    }
  }

  async saveSnapshot(state: Uint8Array, behind = 0): Promise<void> {
    const { buffer } = state;
    const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === state.byteLength;
    await this.ask('done', { kind: 'saveSnapshot', state, behind }, isWhole ? [buffer] : []);
  }

  async attempts(job: JobId, step: number, from: number, count: number): Promise<readonly Attempt[]> {
    return (await this.ask('attempts', { kind: 'attempts', job, step, from, count })).attempts;
  }

  async history(about: string | null, before: number, count: number): Promise<readonly HistoryEntry[]> {
    return (await this.ask('history', { kind: 'history', about, before, count })).entries;
  }

  /** What ran on nodes in a window of time; what still runs, until `at`. */
  async ran(window: TimelineWindow, at: number): Promise<readonly RanRow[]> {
    return (await this.ask('ran', { kind: 'ran', window, at })).rows;
  }

  /** How far each job was at a moment, of those of which something ran since another. */
  async tally(since: number, at: number): Promise<FarmTally> {
    return (await this.ask('tally', { kind: 'tally', since, at })).tally;
  }

  async checkpoints(which: WhichCheckpoints, before: number, count: number): Promise<readonly Checkpoint[]> {
    return (await this.ask('checkpoints', { kind: 'checkpoints', which, before, count })).checkpoints;
  }

  /** Some of those that a filter keeps, the newest first, and how many they are. */
  async findCheckpoints(search: CheckpointSearch): Promise<FoundCheckpoints> {
    return (await this.ask('foundCheckpoints', { kind: 'findCheckpoints', search })).found;
  }

  /** Which of these hashes are of files of other checkpoints too, of those that are not deleted. */
  async neededElsewhere(
    without: readonly CheckpointId[],
    hashes: readonly string[],
  ): Promise<readonly string[]> {
    return (await this.ask('hashes', { kind: 'neededElsewhere', without, hashes })).hashes;
  }

  async wentOn(job: JobId, step: number, task: number): Promise<readonly WentOn[]> {
    return (await this.ask('wentOn', { kind: 'wentOn', job, step, task })).attempts;
  }

  async close(): Promise<void> {
    if (this.broken !== null) return;
    const exited = new Promise<void>((resolve) => this.worker.once('exit', () => resolve()));
    // A worker that could not open its file cannot close it either; it ends all the same.
    await this.ask('done', { kind: 'close' }).catch(() => this.worker.terminate());
    await exited;
  }

  private async ask<Kind extends Answer['kind']>(
    expected: Kind,
    question: Question,
    handedOver: readonly ArrayBuffer[] = [],
  ): Promise<Extract<Answer, { kind: Kind }>> {
    if (this.broken !== null) throw this.broken;
    const message: ToWorker = { id: this.nextId++, question };
    const answer = await new Promise<Answer>((answered, failed) => {
      this.pending.set(message.id, { answered, failed });
      this.worker.postMessage(message, handedOver);
    });
    if (isAnswer(answer, expected)) return answer;
    if (answer.kind === 'trouble') throw new StoreTrouble(answer.trouble, answer.message);
    throw new Error(`the store answered ${answer.kind} instead of ${expected}`);
  }

  private receive({ id, answer }: FromWorker): void {
    this.pending.get(id)?.answered(answer);
    this.pending.delete(id);
  }

  private breakDown(error: Error): void {
    this.broken ??= error;
    for (const pending of this.pending.values()) pending.failed(this.broken);
    this.pending.clear();
  }
}

async function readAll(bodies: readonly Uint8Array[], onFact: (fact: Fact) => void): Promise<void> {
  let pauseAt = performance.now() + pauseAfterMs;
  for (const body of bodies) {
    const reader = new FactReader(body);
    while (reader.left > 0) {
      onFact(reader.next());
      if (reader.left % factsBetweenLooks !== 0 || performance.now() < pauseAt) continue;
      await setImmediate();
      pauseAt = performance.now() + pauseAfterMs;
    }
  }
}

const isAnswer = <Kind extends Answer['kind']>(
  answer: Answer,
  kind: Kind,
): answer is Extract<Answer, { kind: Kind }> => answer.kind === kind;
