import { Worker } from 'node:worker_threads';
import type { KeptFile } from './keeping';
import { cancelled, ChunkTrouble } from './trouble';
import type {
  Answer,
  FromWorker,
  Question,
  StoredFile,
  ToWorker,
  Usage,
  WorkerData,
} from './worker-messages';

export type { KeptFile, StoredFile, Usage };

interface Pending {
  answered(answer: Answer): void;
  failed(error: Error): void;
}

interface Options {
  /** The built worker.ts. */
  readonly workerFile: string;
  /** Of copying into the store; null: no limit. */
  readonly mostBytesASecond: number | null;
}

export interface Verified {
  readonly sha256: string;
  /** In words; null: every byte of it is as it was. */
  readonly problem: string | null;
}

export interface Collecting {
  /** What was kept so recently stays, as it may not be known yet who needs it. */
  readonly graceMs: number;
}

const filesAtOnce = 500;

/**
 * The files that checkpoints consist of, by their SHA-256. Files share what they have in common, so that many
 * states of one program take little more than one. Failures are {@link ChunkTrouble}, with a message for people.
 */
export class ChunkStore {
  private readonly worker: Worker;
  private readonly pending = new Map<number, Pending>();
  private nextId = 1;
  private broken: Error | null = null;

  /** Resolves when it is ready, with what a person should know. A folder that is new or empty becomes a store. */
  static async open(
    folder: string,
    options: Options,
  ): Promise<{ readonly store: ChunkStore; readonly warnings: readonly string[] }> {
    const store = new ChunkStore(folder, options);
    try {
      return { store, warnings: (await store.ask('opened', { kind: 'open' })).warnings };
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  private constructor(folder: string, { workerFile, mostBytesASecond }: Options) {
    const workerData: WorkerData = { folder, mostBytesASecond };
    this.worker = new Worker(workerFile, { workerData });
    this.worker.on('message', ({ id, answer }: FromWorker) => {
      this.pending.get(id)?.answered(answer);
      this.pending.delete(id);
    });
    this.worker.on('error', (error) => this.breakDown(error));
    this.worker.on('exit', () => this.breakDown(new Error('the store of checkpoints has been closed')));
  }

  /** Resolves when a copy of a file of this machine is on disk. It is refused if it changes meanwhile. */
  async keep(path: string, signal?: AbortSignal): Promise<KeptFile> {
    const keeping = this.nextId++;
    return this.cancellable(keeping, signal, async () => {
      return (await this.ask('kept', { kind: 'keepFile', keeping, path })).file;
    });
  }

  /** The same of bytes that come from elsewhere. */
  async keepBytes(
    source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    signal?: AbortSignal,
  ): Promise<KeptFile> {
    const keeping = this.nextId++;
    return this.cancellable(keeping, signal, async () => {
      try {
        for await (const bytes of source) {
          if (signal?.aborted === true) throw cancelled();
          await this.ask('done', { kind: 'push', keeping, bytes });
        }
        if (signal?.aborted === true) throw cancelled();
        return (await this.ask('kept', { kind: 'finish', keeping })).file;
      } catch (error) {
        await this.ask('done', { kind: 'cancel', keeping }).catch(() => {});
        throw error;
      }
    });
  }

  /** Under this path there is all of it in the end, checked and on disk, or what was there before. */
  async restore(sha256: string, path: string): Promise<void> {
    await this.ask('done', { kind: 'restore', sha256, path });
  }

  /** Its bytes in their order; each part is checked. */
  async *read(sha256: string): AsyncGenerator<Uint8Array> {
    for (let chunk = 0; ; chunk++) {
      const { bytes } = await this.ask('bytes', { kind: 'read', sha256, chunk });
      if (bytes === null) return;
      yield bytes;
    }
  }

  async has(sha256: string): Promise<boolean> {
    return (await this.ask('file', { kind: 'file', sha256 })).file !== null;
  }

  async *files(): AsyncGenerator<StoredFile> {
    for (let after = ''; ;) {
      const { files } = await this.ask('files', { kind: 'files', after, count: filesAtOnce });
      yield* files;
      const last = files.at(-1);
      if (last === undefined) return;
      after = last.sha256;
    }
  }

  async usage(): Promise<Usage> {
    return (await this.ask('usage', { kind: 'usage' })).usage;
  }

  /** Reads every byte of these back, or of all; what several have in common once. Null: as quickly as it can. */
  async *verify(
    which: Iterable<string> | 'all',
    mostBytesASecond: number | null = null,
  ): AsyncGenerator<Verified> {
    const run = this.nextId++;
    try {
      for await (const sha256 of which === 'all' ? this.hashes() : which) {
        const problem = await this.verifyOne(run, sha256, mostBytesASecond);
        if (problem !== undefined) yield { sha256, problem };
        else if (which !== 'all') yield { sha256, problem: 'it is not in the store' };
      }
    } finally {
      await this.ask('done', { kind: 'endVerify', run }).catch(() => {});
    }
  }

  /** Removes what is not needed, and never what is being kept, read or put back. Tells what it freed. */
  async collect(needed: Iterable<string>, { graceMs }: Collecting): Promise<{ readonly freed: number }> {
    return this.askToCollect(needed, graceMs, false);
  }

  /** What {@link collect} would free if it was asked now. */
  async wouldFree(needed: Iterable<string>, { graceMs }: Collecting): Promise<{ readonly freed: number }> {
    return this.askToCollect(needed, graceMs, true);
  }

  /** What these files have that no other file has, in bytes of the store. */
  async freedWithout(files: Iterable<string>): Promise<number> {
    return (await this.ask('collected', { kind: 'without', unwanted: bytesOf(files) })).freed;
  }

  async limit(mostBytesASecond: number | null): Promise<void> {
    await this.ask('done', { kind: 'limit', mostBytesASecond });
  }

  async close(): Promise<void> {
    if (this.broken !== null) return;
    const exited = new Promise<void>((resolve) => this.worker.once('exit', () => resolve()));
    await this.ask('done', { kind: 'close' }).catch(() => this.worker.terminate());
    await exited;
  }

  private async *hashes(): AsyncGenerator<string> {
    for await (const { sha256 } of this.files()) yield sha256;
  }

  /** Undefined: it is not there. */
  private async verifyOne(
    run: number,
    sha256: string,
    mostBytesASecond: number | null,
  ): Promise<string | null | undefined> {
    try {
      return (await this.ask('verified', { kind: 'verify', run, sha256, mostBytesASecond })).problem;
    } catch (error) {
      if (error instanceof ChunkTrouble && error.kind === 'missing') return undefined;
      throw error;
    }
  }

  private async askToCollect(
    needed: Iterable<string>,
    graceMs: number,
    isTrial: boolean,
  ): Promise<{ readonly freed: number }> {
    const keptBefore = Date.now() - graceMs;
    const { freed } = await this.ask('collected', {
      kind: 'collect',
      needed: bytesOf(needed),
      keptBefore,
      isTrial,
    });
    return { freed };
  }

  private async cancellable<Result>(
    keeping: number,
    signal: AbortSignal | undefined,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const cancel = (): void => void this.ask('done', { kind: 'cancel', keeping }).catch(() => {});
    if (signal?.aborted === true) throw cancelled();
    signal?.addEventListener('abort', cancel);
    try {
      return await work();
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  private async ask<Kind extends Answer['kind']>(
    expected: Kind,
    question: Question,
  ): Promise<Extract<Answer, { kind: Kind }>> {
    if (this.broken !== null) throw this.broken;
    const message: ToWorker = { id: this.nextId++, question };
    const answer = await new Promise<Answer>((answered, failed) => {
      this.pending.set(message.id, { answered, failed });
      this.worker.postMessage(message);
    });
    if (isAnswer(answer, expected)) return answer;
    if (answer.kind === 'trouble') throw new ChunkTrouble(answer.trouble, answer.message);
    throw new Error(`the store of checkpoints answered ${answer.kind} instead of ${expected}`);
  }

  private breakDown(error: Error): void {
    this.broken ??= error;
    for (const pending of this.pending.values()) pending.failed(this.broken);
    this.pending.clear();
  }
}

const bytesOf = (hashes: Iterable<string>): Uint8Array =>
  new Uint8Array(Buffer.concat(Array.from(hashes, (hash) => Buffer.from(hash, 'hex'))));

const isAnswer = <Kind extends Answer['kind']>(
  answer: Answer,
  kind: Kind,
): answer is Extract<Answer, { kind: Kind }> => answer.kind === kind;
