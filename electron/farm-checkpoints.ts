/** The checkpoints of a running farm: found, kept, verified, and there when a task goes on. */
import { join } from 'node:path';
import type { CheckpointPreview, KeepWish } from '../shared/ipc/checkpoints';
import {
  checkpointNumber,
  type Checkpoint,
  type CheckpointFile,
  type CheckpointId,
  type CheckpointRule,
  type Fork,
  type ReportedValues,
} from '../shared/model/checkpoint';
import type { AttemptEnd } from '../shared/model/attempt';
import type { AttemptId } from '../shared/model/ids';
import { programsOf } from './checkpoints/compatibility';
import type { Keeper } from './checkpoints/keeper';
import type { SavingTask } from './checkpoints/register';
import { manifestOf, type Manifest } from './checkpoints/archive/manifest';
import { readArchive } from './checkpoints/archive/read';
import { writeArchive } from './checkpoints/archive/write';
import { neededOf, previewOf } from './checkpoints/preview';
import { checkpointUse, type UseOfJobs } from './checkpoints/use';
import { SavedWork } from './checkpoints/saved-work';
import { ChunkStore } from './checkpoints/store/store';
import { brokenReport, checkpointOf, checkpointsOf, savedIn } from './checkpoints/tasks';
import { orderFor, type Order } from './engine/effects';
import type { Fact } from './engine/facts';
import { forkOf } from './engine/forks';
import type { Store, WhichCheckpoints } from './engine/ports';
import type { Report } from './engine/reports';
import type { FarmState, LiveAttempt, StepRecord } from './engine/state';
import { valuesOf } from './nodes/script';

export interface FarmCheckpointsOptions {
  readonly dataFolder: string;
  /** The built body of the worker that keeps their bytes. */
  readonly workerFile: string;
  readonly store: Pick<Store, 'checkpoints'> & {
    neededElsewhere(without: readonly CheckpointId[], hashes: readonly string[]): Promise<readonly string[]>;
  };
  readonly state: () => FarmState;
  readonly now: () => number;
  readonly readLog: (attempt: AttemptId, from: number, bytes: number) => Promise<Buffer>;
  readonly report: (report: Report) => void;
  readonly warn: (words: string) => void;
}

/** After something was given up, so that many are dealt with at once. */
const untilCollected = 30_000;
/** What has just been kept may not have its fact yet. */
const graceMs = 600_000;
const betweenVerifications = 600_000;
const pageSize = 1000;
/** By which it is told what kind of file it is. */
const startBytes = 16;
/** Names of values that are remembered of an attempt. */
const mostValues = 100;

export class FarmCheckpoints {
  private readonly work: SavedWork;
  private readonly reported = new Map<AttemptId, ReportedValues>();
  private bytes: Promise<ChunkStore> | null = null;
  private closed = false;
  private collecting: NodeJS.Timeout | null = null;
  private verifying: NodeJS.Timeout | null = null;
  /** The slow round has come so far: it verifies the next below this number. */
  private verifiedDownTo = Infinity;

  constructor(private readonly options: FarmCheckpointsOptions) {
    const { store, report, warn, now, readLog } = options;
    this.work = new SavedWork({
      ...{ store, report, warn, now, readLog, keeper: this.keeper() },
      saving: () => this.saving(),
    });
  }

  open(): void {
    this.work.open();
    this.verifying = setInterval(() => void this.verifyNext().catch(() => {}), betweenVerifications);
    this.verifying.unref();
  }

  /** What was given up makes room. */
  note(facts: readonly Fact[]): void {
    if (this.collecting !== null || !facts.some(({ kind }) => kind === 'checkpointsDropped')) return;
    this.collecting = setTimeout(() => {
      this.collecting = null;
      void this.collect().catch((error: unknown) => this.options.warn(wordsOf(error)));
    }, untilCollected);
    this.collecting.unref();
  }

  /** A checkpoint tells what its attempt had reported. */
  noteValue(attempt: AttemptId, name: string, value: number): void {
    const live = this.options.state().attempts.get(attempt);
    if (live?.step.step.checkpoints === undefined) return;
    const known = this.reported.get(attempt) ?? {};
    if (Object.hasOwn(known, name) || Object.keys(known).length < mostValues)
      this.reported.set(attempt, { ...known, [name]: value });
  }

  /** Before its end is told: what it has saved last, and whether it had gone on. */
  async ended(live: LiveAttempt, end: AttemptEnd): Promise<void> {
    const task = savingOf(live, this.reported.get(live.id));
    this.reported.delete(live.id);
    if (task === null) return;
    await this.work.ended(task, end).catch((error: unknown) => this.options.warn(wordsOf(error)));
  }

  /** Sees to it that what an order goes on from is there; null: it begins anew. */
  goOn(order: Order): (() => Promise<Order>) | null {
    const live = this.options.state().attempts.get(order.attempt);
    const saved = live?.step.saved.get(live.task);
    const task = live === undefined ? null : savingOf(live);
    if (task === null || (saved === undefined && task.origin === undefined)) return null;
    return async () => {
      const from = saved === undefined ? null : await this.work.prepare(task, saved).catch(() => null);
      if (from === null && task.origin !== undefined) throw await this.notThere(task.origin.fork);
      if (from === null) return order;
      const { folder, name } = from.checkpoint;
      return { ...order, checkpoint: join(folder, name), saved: from.files };
    };
  }

  /** What is wrong with it, which is remembered; null: every byte is as it was. */
  async verify(checkpoint: Checkpoint): Promise<string | null> {
    const { job, step: index, task, files } = checkpoint;
    const step = this.options.state().jobs.get(job)?.steps[index];
    const store = await this.opened();
    for await (const { problem } of store.verify(files.map(({ hash }) => hash))) {
      if (problem === null) continue;
      const origin = step === undefined ? {} : originOf(step);
      const known = await checkpointsOf(this.options.store, { job, step: index, task, ...origin });
      this.options.report(brokenReport(checkpoint, problem, known));
      return problem;
    }
    return null;
  }

  /** Bytes on the disk that nobody would need without these. */
  async wouldFree(checkpoints: readonly Checkpoint[]): Promise<number> {
    const hashes = new Set(checkpoints.flatMap(({ files }) => files.map(({ hash }) => hash)));
    const without = checkpoints.map(({ id }) => id);
    const needed = await this.options.store.neededElsewhere(without, [...hashes]);
    for (const hash of needed) hashes.delete(hash);
    return hashes.size === 0 ? 0 : (await this.opened()).freedWithout(hashes);
  }

  /** What they take, and what another rule would give up. */
  use(which: WhichCheckpoints, keep: KeepWish | null): Promise<UseOfJobs> {
    const { store, state } = this.options;
    const wouldFree = (some: readonly Checkpoint[]): Promise<number> => this.wouldFree(some);
    return checkpointUse({ store, state: state(), wouldFree }, which, keep);
  }

  /** As an archive. `of`: what it was, for people. */
  async export(checkpoint: Checkpoint, of: Manifest['of'], file: string, replaces: boolean): Promise<void> {
    const store = await this.opened();
    await writeArchive(file, manifestOf(checkpoint, of), (hash) => store.read(hash), replaces);
  }

  /** The bytes of an archive are in the store; throws where anything of it is not as it should be. */
  async import(file: string): Promise<Manifest> {
    const store = await this.opened();
    return readArchive(file, async (bytes) => (await store.keepBytes(bytes)).sha256);
  }

  /** What can be shown of it. */
  async preview({ hash, bytes }: CheckpointFile): Promise<CheckpointPreview> {
    const start = await this.head(hash, startBytes);
    return previewOf(await this.head(hash, neededOf(start, bytes)), bytes);
  }

  private async head(hash: string, bytes: number): Promise<Buffer> {
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const part of (await this.opened()).read(hash)) {
      parts.push(part);
      length += part.length;
      if (length >= bytes) break;
    }
    return Buffer.concat(parts).subarray(0, bytes);
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const timer of [this.collecting, this.verifying]) if (timer !== null) clearTimeout(timer);
    await this.work.close();
    await (await this.bytes?.catch(() => null))?.close();
  }

  /** A branch that began anew would be something else. */
  private async notThere({ checkpoint: id, from }: Fork): Promise<Error> {
    const found = await checkpointOf(this.options.store, id).catch(() => null);
    const why = found?.broken ?? (found?.dropped === true ? 'it was deleted' : 'it could not be put back');
    return new Error(`${id} of ${from.job}, from which it is a branch, cannot be used: ${why}`);
  }

  private *saving(): Generator<SavingTask, void> {
    for (const live of this.options.state().attempts.values()) {
      const task = savingOf(live, this.reported.get(live.id));
      if (task !== null) yield task;
    }
  }

  /** Only when there is something to keep: most farms never save anything. */
  private opened(): Promise<ChunkStore> {
    const { dataFolder, workerFile, warn } = this.options;
    if (this.closed) return Promise.reject(new Error('Drover is closing'));
    this.bytes ??= ChunkStore.open(join(dataFolder, 'checkpoints'), {
      workerFile,
      mostBytesASecond: null,
    }).then(
      ({ store, warnings }) => {
        warnings.forEach(warn);
        return store;
      },
      (error: unknown) => {
        this.bytes = null;
        throw error;
      },
    );
    return this.bytes;
  }

  private keeper(): Keeper {
    return {
      keep: async (path, signal) => {
        const { sha256: hash, bytes } = await (await this.opened()).keep(path, signal);
        return { hash, bytes };
      },
      has: async (hash) => (await this.opened()).has(hash),
      restore: async (hash, to) => (await this.opened()).restore(hash, to),
    };
  }

  private async collect(): Promise<void> {
    const needed = new Set<string>();
    for await (const { files, dropped } of this.all())
      if (!dropped) for (const { hash } of files) needed.add(hash);
    await (await this.opened()).collect(needed, { graceMs });
  }

  private async *all(): AsyncGenerator<Checkpoint, void> {
    for (let before = Infinity; ;) {
      const page = await this.options.store.checkpoints({ of: 'all' }, before, pageSize);
      yield* page;
      const last = page.at(-1);
      if (last === undefined) return;
      before = checkpointNumber(last.id);
    }
  }

  /** One after the other, from the newest to the oldest and over again. */
  private async verifyNext(): Promise<void> {
    const [next] = await this.options.store.checkpoints({ of: 'all' }, this.verifiedDownTo, 1);
    this.verifiedDownTo = next === undefined ? Infinity : checkpointNumber(next.id);
    if (next !== undefined && !next.dropped && next.broken === null) await this.verify(next);
  }
}

/** Null: its step says nothing of checkpoints. */
function savingOf(live: LiveAttempt, reported: ReportedValues = {}): SavingTask | null {
  const { step, task, id: attempt, node, assignedAt } = live;
  const { checkpoints: rule } = step.step;
  if (rule === undefined) return null;
  return {
    ...{ job: step.job.id, step: step.index, task, attempt, node: node.id, assignedAt, rule },
    ...originOf(step),
    programs: programsOf(step.step, node.probedLabels),
    isWrittenHere: step.step.files.kind === 'shared',
    folder: savesIn(step, rule),
    reported,
    isAwaited: live.saving !== null,
    stepFolder: step.step.folder,
    get values() {
      return valuesOf(orderFor(live));
    },
  };
}

/** Absolute, on this machine. */
export const savesIn = (step: StepRecord, rule: CheckpointRule): string =>
  savedIn(rule, step.job.batch.output);

function originOf(step: StepRecord): Pick<SavingTask, 'origin'> {
  const { checkpoints: rule } = step.step;
  const fork = forkOf(step);
  return rule === undefined || fork === null ? {} : { origin: { fork, folder: savesIn(step, rule) } };
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
