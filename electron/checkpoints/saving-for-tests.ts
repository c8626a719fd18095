/** A task that saves its work in a folder, and a Drover that looks after it. */
import { createHash } from 'node:crypto';
import { copyFile, mkdtemp, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  anyFile,
  usualKeep,
  type Checkpoint,
  type CheckpointId,
  type CheckpointRule,
} from '../../shared/model/checkpoint';
import type { Report } from '../engine/reports';
import type { Keeper } from './keeper';
import type { SavingTask } from './register';
import { SavedWork } from './saved-work';

export const ruleFor = (files: readonly string[], more: Partial<CheckpointRule> = {}): CheckpointRule => ({
  ...{ files, folder: null, together: false, type: 'FULL', whole: anyFile, at: null, resumed: null },
  ...{ keep: usualKeep, ...more },
});

export class Saving {
  now = 1_000_000;
  log = '';
  readonly warnings: string[] = [];
  /** Happens after a file was looked at, and before it is copied. */
  onKeep: (path: string) => void = () => {};
  readonly keptPaths: string[] = [];
  /** That nothing can be read of what is kept. */
  trouble: string | null = null;
  readonly reports: Report[] = [];
  /** With which it last went on. */
  files: readonly string[] = [];
  /** What is found is not in the store yet. */
  isSlow = false;
  readonly work: SavedWork;
  task: SavingTask;
  /** The newest first. */
  private known: readonly Checkpoint[] = [];

  private constructor(
    readonly folder: string,
    readonly kept: string,
    rule: CheckpointRule,
  ) {
    const about = { job: 'b1.run', step: 0, task: 0, attempt: 'a-1', node: 'local' } as const;
    const more = { stepFolder: folder, values: {}, assignedAt: 0, programs: [], isWrittenHere: true };
    this.task = { ...about, rule, folder, ...more };
    this.work = new SavedWork({
      store: { checkpoints: () => this.all() },
      keeper: this.watched(keeperIn(kept, () => this.trouble)),
      now: () => this.now,
      saving: () => [this.task],
      readLog: async () => Buffer.from(this.log),
      report: (report) => this.take(report),
      warn: (words) => this.warnings.push(words),
    });
  }

  static async of(rule: CheckpointRule): Promise<Saving> {
    const folder = await mkdtemp(join(tmpdir(), 'drover-saving-'));
    const kept = await mkdtemp(join(tmpdir(), 'drover-kept-'));
    onTestFinished(async () => {
      for (const one of [folder, kept]) await rm(one, { recursive: true, force: true });
    });
    return new Saving(folder, kept, rule);
  }

  async write(name: string, text: string, changedAt?: number): Promise<void> {
    await writeFile(join(this.folder, name), text);
    if (changedAt !== undefined) await utimes(join(this.folder, name), changedAt / 1000, changedAt / 1000);
  }

  read(name: string): Promise<string> {
    return readFile(join(this.folder, name), 'utf8');
  }

  /** As it does by itself, every two seconds. */
  async look(): Promise<void> {
    this.now += 2000;
    await this.work.look();
  }

  /** Another attempt at the task. */
  again(): void {
    this.now += 1000;
    this.task = { ...this.task, attempt: `a-${this.now}`, assignedAt: this.now };
  }

  /** Null: there is nothing to go on from. `chosen`: what a person wishes. */
  async prepare(chosen?: CheckpointId): Promise<Checkpoint | null> {
    const all = await this.all();
    const one = all.find(({ id, broken }) => (chosen === undefined ? broken === null : id === chosen));
    if (one === undefined) return null;
    const saved = { checkpoint: one.id, madeAt: one.madeAt };
    const wished = chosen === undefined ? saved : ({ ...saved, chosen: true } as const);
    const goesOn = await this.work.prepare(this.task, wished);
    this.files = goesOn?.files ?? [];
    return goesOn?.checkpoint ?? null;
  }

  all(): Promise<readonly Checkpoint[]> {
    return Promise.resolve(this.isSlow ? [] : this.known);
  }

  private watched(keeper: Keeper): Keeper {
    return {
      ...keeper,
      keep: (path, signal) => {
        this.keptPaths.push(path);
        this.onKeep(path);
        return keeper.keep(path, signal);
      },
    };
  }

  private take(report: Report): void {
    this.reports.push(report);
    switch (report.kind) {
      case 'checkpointFound': {
        const id: CheckpointId = `c${this.known.length + 1}`;
        const standing = { foundAt: this.now, broken: null, tag: null, dropped: false };
        this.known = [{ id, ...report.checkpoint, ...standing }, ...this.known];
        return;
      }
      case 'checkpointBroken':
        return this.change([report.checkpoint.id], { broken: report.reason });
      case 'checkpointsDropped':
        return this.change(report.checkpoints, { dropped: true });
      default:
    }
  }

  private change(ids: readonly CheckpointId[], by: Partial<Checkpoint>): void {
    this.known = this.known.map((one) => (ids.includes(one.id) ? { ...one, ...by } : one));
  }
}

const keeperIn = (folder: string, trouble: () => string | null): Keeper => ({
  keep: async (path) => {
    const bytes = await readFile(path);
    const hash = createHash('sha256').update(bytes).digest('hex');
    await writeFile(join(folder, hash), bytes);
    return { hash, bytes: bytes.length };
  },
  has: async (hash) => {
    const message = trouble();
    if (message !== null) throw new Error(message);
    return (await stat(join(folder, hash)).catch(() => null)) !== null;
  },
  restore: async (hash, to) => {
    await copyFile(join(folder, hash), `${to}.part`);
    await rename(`${to}.part`, to);
  },
});
