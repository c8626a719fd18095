import type { Attempt } from '../../../shared/model/attempt';
import { mostAbout, type HistoryEntry } from '../../../shared/model/history';
import type { AttemptId } from '../../../shared/model/ids';
import { tell } from '../../engine/history';
import type { Fact } from '../../engine/facts';
import type { Store } from '../../engine/ports';

/** Keeps facts as long as the process lives: for simulations and tests. */
export class MemoryStore implements Store {
  private snapshot: Uint8Array | null = null;
  private factsAfter: Fact[] = [];
  private readonly past: HistoryEntry[] = [];
  private last = 0;
  private readonly byId = new Map<AttemptId, Attempt>();

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
      const { at: endedAt, end, usage } = fact;
      if (attempt !== undefined) this.byId.set(fact.attempt, { ...attempt, endedAt, end, usage });
    }
  }
}
