import type { Attempt } from '../../../shared/model/attempt';
import type { AttemptId } from '../../../shared/model/ids';
import type { Fact } from '../../engine/facts';
import type { Store } from '../../engine/ports';

/** Keeps facts as long as the process lives: for simulations and tests. */
export class MemoryStore implements Store {
  private readonly facts: Fact[] = [];
  private readonly byId = new Map<AttemptId, Attempt>();

  load(onFact: (fact: Fact) => void): Promise<void> {
    this.facts.forEach(onFact);
    return Promise.resolve();
  }

  append(facts: readonly Fact[]): Promise<void> {
    for (const fact of facts) {
      this.facts.push(fact);
      if (fact.kind === 'taskAssigned') {
        const { attempt: id, job, step, task, node, at } = fact;
        this.byId.set(id, { id, job, step, task, node, assignedAt: at, endedAt: null, end: null });
      }
      if (fact.kind === 'attemptFinished') {
        const attempt = this.byId.get(fact.attempt);
        if (attempt !== undefined)
          this.byId.set(fact.attempt, { ...attempt, endedAt: fact.at, end: fact.end });
      }
    }
    return Promise.resolve();
  }

  attempts(job: Attempt['job'], step: number, from: number, count: number): Promise<readonly Attempt[]> {
    const found = [...this.byId.values()].filter(
      (attempt) =>
        attempt.job === job && attempt.step === step && attempt.task >= from && attempt.task < from + count,
    );
    return Promise.resolve(found);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
