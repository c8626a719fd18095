/** What tasks can go on from: found while they run, put back before they go on, proven when they did. */
import { join } from 'node:path';
import type { Checkpoint, CheckpointId } from '../../shared/model/checkpoint';
import type { AttemptEnd } from '../../shared/model/attempt';
import type { AttemptId } from '../../shared/model/ids';
import type { Saved } from '../engine/facts';
import { candidatesIn, type Candidate } from './candidates';
import { copyAsItWas } from './as-it-was';
import { mostOfLog, proofIn } from './proof';
import { isUnusable, moveLaterAside, putBack } from './put-back';
import { Register, type RegisterPorts, type SavingTask } from './register';
import { alongIn } from './names';
import { beforeAttempt, brokenReport, chainOf, checkpointOf, checkpointsOf, newestUsable } from './tasks';
import { flawIn } from './check';

export interface SavedWorkPorts extends RegisterPorts {
  readonly now: () => number;
  /** The attempts that run and may save something. */
  readonly saving: () => Iterable<SavingTask>;
  readonly readLog: (attempt: AttemptId, from: number, bytes: number) => Promise<Buffer>;
}

/** What a task goes on from, as it lies on the disk. */
export interface GoesOn {
  readonly checkpoint: Checkpoint;
  /** Absolute; also of those before it, where it is nothing without them. */
  readonly files: readonly string[];
}

interface Followed {
  /** What became of each candidate, by its mark; seen: it has to stay as it is for one more look. */
  marks: ReadonlyMap<string, 'seen' | 'known' | 'flawed'>;
  dueAt: number;
  lookedAt: number;
}

const tick = 500;
const betweenLooks = 1000;
/** A folder that takes long to look through is looked at less often. */
const restPerWork = 20;

export class SavedWork {
  private readonly register: Register;
  private readonly followed = new Map<AttemptId, Followed>();
  private readonly closing = new AbortController();
  private timer: NodeJS.Timeout | null = null;
  private looking: Promise<void> | null = null;

  constructor(private readonly ports: SavedWorkPorts) {
    let last = '';
    // What is tried each second fails each second.
    const warn = (words: string): void => {
      if (words !== last) ports.warn(words);
      last = words;
    };
    this.register = new Register({ ...ports, warn });
  }

  open(): void {
    this.timer = setInterval(() => void this.look(), tick);
    this.timer.unref();
  }

  /** Looks at all whose time has come, one after the other: it is not to be in the way of the work. */
  look(): Promise<void> {
    this.looking ??= this.lookAtAll().finally(() => (this.looking = null));
    return this.looking;
  }

  /** What was written last, when nothing writes any more; and whether it had gone on at all. */
  async ended(task: SavingTask, end: AttemptEnd): Promise<void> {
    this.followed.delete(task.attempt);
    if (end.kind === 'notStarted') return;
    const hasCompleted = end.kind === 'exited' && end.code === 0;
    await this.prove(task);
    if (hasCompleted) return;
    const candidates = await candidatesIn(task.folder, task.rule, task.values);
    await this.register.take(task, candidates, this.closing.signal);
  }

  /** What the task goes on from, as it was when it was found; null: it begins anew. */
  async prepare(task: SavingTask, saved: Saved): Promise<GoesOn | null> {
    const { store, keeper, report, warn } = this.ports;
    const all = await checkpointsOf(store, task);
    const from = all.findIndex(({ id }) => id === saved.checkpoint);
    let known = saved.chosen === true && from >= 0 ? all.slice(from) : all;
    for (;;) {
      const newest = newestUsable(known);
      if (newest === null) return null;
      const { id, job } = newest;
      try {
        const chain = chainOf(newest, all);
        if (job !== task.job) await this.layOrigin(task, id);
        if (saved.chosen === true) await moveLaterAside(task, newest, all);
        const newer = saved.chosen === true ? null : await this.outdoes(task, newest);
        const put = newer === null ? chain : chain.slice(0, -1);
        const restored: string[] = [];
        for (const one of put) restored.push(...(await putBack(one, keeper)));
        if (restored.length > 0) warn(`${job}: ${restored.join(', ')} put back from ${id}`);
        const files = [...put, ...(newer === null ? [] : [{ folder: newest.folder, files: newer.files }])];
        const along = await alongIn(task.folder, task.rule, task.values);
        return {
          checkpoint: newest,
          files: [...files.flatMap(pathsOf), ...along.map((path) => join(task.folder, path))],
        };
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        if (!isUnusable(error)) {
          warn(`${job}: ${id} could not be put back: ${reason}`);
          return null;
        }
        known = known.filter((one) => one !== newest);
        // That from which a branch began is of another task.
        const others =
          job === task.job
            ? known
            : await checkpointsOf(store, { job, step: newest.step, task: newest.task });
        report(brokenReport(newest, reason, others));
      }
    }
  }

  async close(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    this.closing.abort();
    await this.looking;
  }

  private async lookAtAll(): Promise<void> {
    const running = new Set<AttemptId>();
    for (const task of [...this.ports.saving()]) {
      running.add(task.attempt);
      if (this.closing.signal.aborted) return;
      if (this.ports.now() >= this.dueAt(task)) await this.lookAt(task);
    }
    for (const attempt of this.followed.keys()) if (!running.has(attempt)) this.followed.delete(attempt);
  }

  private dueAt({ attempt, assignedAt, isAwaited = false }: SavingTask): number {
    const followed = this.followed.get(attempt);
    if (followed === undefined) return assignedAt + tick;
    const { dueAt, lookedAt } = followed;
    return isAwaited ? Math.min(dueAt, lookedAt + betweenLooks - tick / 2) : dueAt;
  }

  private async lookAt(task: SavingTask): Promise<void> {
    const start = this.ports.now();
    const known: Followed['marks'] = this.followed.get(task.attempt)?.marks ?? new Map<string, never>();
    const candidates = await candidatesIn(task.folder, task.rule, task.values);
    const rest = restPerWork * (this.ports.now() - start);
    const quiet = candidates.filter(({ mark }) => known.get(mark) === 'seen');
    const outcomes = await this.register.take(task, quiet, this.closing.signal);
    const marks = new Map(
      candidates.map(({ mark }: Candidate) => {
        const outcome = outcomes.get(mark) ?? known.get(mark) ?? 'seen';
        return [mark, outcome === 'changed' ? 'seen' : outcome] as const;
      }),
    );
    const now = this.ports.now();
    this.followed.set(task.attempt, {
      marks,
      lookedAt: now,
      dueAt: now + Math.max(betweenLooks, rest) - tick / 2,
    });
  }

  /** A branch begins with what the original had made by then. */
  private async layOrigin(task: SavingTask, id: CheckpointId): Promise<void> {
    const origin = await checkpointOf(this.ports.store, id);
    if (origin === null) return;
    const along = await alongIn(origin.folder, task.rule, task.values);
    await copyAsItWas(origin, task.folder, new Set(along), this.closing.signal);
  }

  /** What the program has written there since, and only could not be taken in; null: nothing. */
  private async outdoes(task: SavingTask, { folder, name, madeAt }: Checkpoint): Promise<Candidate | null> {
    const there = (await candidatesIn(folder, task.rule, task.values)).find((one) => one.name === name);
    if (there === undefined || Math.round(there.changedAt) <= madeAt) return null;
    return (await flawIn(folder, there, task, this.closing.signal)) === null ? there : null;
  }

  private async prove(task: SavingTask): Promise<void> {
    if (task.rule.resumed === null) return;
    const from = beforeAttempt(await checkpointsOf(this.ports.store, task), task.assignedAt);
    if (from === null) return;
    const log = await this.ports.readLog(task.attempt, 0, mostOfLog).catch(() => null);
    if (log === null) return;
    const { attempt: id, job, step, task: index } = task;
    this.ports.report({
      kind: 'attemptWentOn',
      attempt: { id, job, step, task: index },
      from: from.id,
      line: proofIn(log.toString('utf8'), task.rule),
    });
  }
}

const pathsOf = ({
  folder,
  files,
}: {
  readonly folder: string;
  readonly files: readonly { readonly path: string }[];
}): readonly string[] => files.map(({ path }) => join(folder, path));
