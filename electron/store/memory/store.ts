import type { Attempt } from '../../../shared/model/attempt';
import { mostAbout, type HistoryEntry } from '../../../shared/model/history';
import {
  checkpointNumber,
  type Checkpoint,
  type CheckpointId,
  type WentOn,
} from '../../../shared/model/checkpoint';
import type { AttemptId, JobId } from '../../../shared/model/ids';
import { tell } from '../../engine/history';
import type { Fact, FactOf } from '../../engine/facts';
import type { Store, WhichCheckpoints } from '../../engine/ports';

/** Keeps facts as long as the process lives: for simulations and tests. */
export class MemoryStore implements Store {
  private snapshot: Uint8Array | null = null;
  private factsAfter: Fact[] = [];
  private readonly past: HistoryEntry[] = [];
  private last = 0;
  private readonly byId = new Map<AttemptId, Attempt>();
  private readonly saved = new Map<CheckpointId, Checkpoint>();
  private readonly beginnings = new Map<AttemptId, FactOf<'attemptWentOn'>>();

  load(onSnapshot: (state: Uint8Array) => void, onFact: (fact: Fact) => void): Promise<readonly string[]> {
    if (this.snapshot !== null) onSnapshot(this.snapshot.slice());
    this.factsAfter.forEach(onFact);
    return Promise.resolve([]);
  }

  append(facts: readonly Fact[]): Promise<void> {
    for (const fact of facts) this.remember(fact);
    return Promise.resolve();
  }

  saveSnapshot(state: Uint8Array, behind = 0): Promise<void> {
    this.snapshot = state;
    this.factsAfter = this.factsAfter.slice(this.factsAfter.length - behind);
    return Promise.resolve();
  }

  attempts(job: Attempt['job'], step: number, from: number, count: number): Promise<readonly Attempt[]> {
    const found = [...this.byId.values()].filter(
      (attempt) =>
        attempt.job === job && attempt.step === step && attempt.task >= from && attempt.task < from + count,
    );
    return Promise.resolve(found);
  }

  history(about: string | null, before: number, count: number): Promise<readonly HistoryEntry[]> {
    const found = this.past.filter(
      (entry) => entry.number < before && (about === null || entry.about.includes(about)),
    );
    return Promise.resolve(
      found
        .slice(-count)
        .toReversed()
        .map((entry) => ({ ...entry, about: entry.about.slice(0, mostAbout) })),
    );
  }

  checkpoints(which: WhichCheckpoints, before: number, count: number): Promise<readonly Checkpoint[]> {
    const found = [...this.saved.values()]
      .filter((one) => isMeant(one, which) && checkpointNumber(one.id) < before)
      .toSorted((a, b) => checkpointNumber(b.id) - checkpointNumber(a.id));
    return Promise.resolve(found.slice(0, count));
  }

  wentOn(job: JobId, step: number, task: number): Promise<readonly WentOn[]> {
    const found = [...this.beginnings.values()].filter(
      (one) => one.job === job && one.step === step && one.task === task,
    );
    return Promise.resolve(found.map(({ attempt, from, line }) => ({ attempt, from, line })));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private remember(fact: Fact): void {
    const number = ++this.last;
    const told = tell(fact);
    if (told !== null) this.past.push({ number, at: fact.at, ...told });
    this.factsAfter.push(fact);
    if (fact.kind === 'taskAssigned') {
      const { attempt: id, job, step, task, node, at } = fact;
      this.byId.set(id, { id, job, step, task, node, assignedAt: at, endedAt: null, end: null, usage: null });
    } else if (fact.kind === 'attemptFinished') {
      const attempt = this.byId.get(fact.attempt);
      const { at: endedAt, end, usage, lost } = fact;
      const more = lost === undefined ? {} : { lostMs: lost.milliseconds };
      if (attempt !== undefined) this.byId.set(fact.attempt, { ...attempt, endedAt, end, usage, ...more });
    } else this.rememberCheckpoint(fact);
  }

  private rememberCheckpoint(fact: Fact): void {
    const change = (id: CheckpointId, by: Partial<Checkpoint>): void => {
      const known = this.saved.get(id);
      if (known !== undefined) this.saved.set(id, { ...known, ...by });
    };
    switch (fact.kind) {
      case 'checkpointFound': {
        const { checkpoint, at: foundAt } = fact;
        this.saved.set(checkpoint.id, { ...checkpoint, foundAt, broken: null, tag: null, dropped: false });
        return;
      }
      case 'checkpointBroken':
        return change(fact.checkpoint, { broken: fact.reason });
      case 'checkpointTagged':
        return change(fact.checkpoint, { tag: fact.tag });
      case 'checkpointNoted': {
        const known = this.saved.get(fact.checkpoint);
        if (known === undefined) return;
        const { note: _, ...without } = known;
        this.saved.set(fact.checkpoint, fact.note === null ? without : { ...known, note: fact.note });
        return;
      }
      case 'checkpointsDropped':
        return fact.checkpoints.forEach((id) => change(id, { dropped: true }));
      case 'attemptWentOn':
        this.beginnings.set(fact.attempt, fact);
        return;
      default:
    }
  }
}

function isMeant({ id, job, step, task }: Checkpoint, which: WhichCheckpoints): boolean {
  switch (which.of) {
    case 'all':
      return true;
    case 'batch':
      return job.startsWith(`${which.batch}.`);
    case 'job':
      return job === which.job;
    case 'task':
      return job === which.job && step === which.step && task === which.task;
    case 'one':
      return id === which.checkpoint;
  }
}
