import type { Attempt } from '../../../shared/model/attempt';
import type { AttemptPlace } from '../places';

/** An attempt as it passes by, and what is known of it then. */
export interface Seen {
  readonly attempt: Attempt;
  readonly place: AttemptPlace;
  readonly outcome: Outcome;
  /** The attempt before it at the same task; null: it is the first. */
  readonly before: Attempt | null;
  /** How long it ran, or has run so far; null: it never did. */
  readonly ranMs: number | null;
}

/** Being stopped by a person is no failure, and what was lost says nothing of the task. */
export type Outcome = 'completed' | 'failed' | 'lost' | 'stopped' | 'running';

function outcomeOf({ end }: Attempt): Outcome {
  if (end === null) return 'running';
  if (end.kind === 'stopped' || end.kind === 'lost') return end.kind;
  return end.kind === 'exited' && end.code === 0 ? 'completed' : 'failed';
}

/** Tells of attempts one after the other, those at the same task in a row. */
export class Watcher {
  private last: Attempt | null = null;

  constructor(private readonly now: number) {}

  see(attempt: Attempt, place: AttemptPlace): Seen {
    const before = this.last !== null && isSameTask(this.last, attempt) ? this.last : null;
    this.last = attempt;
    const until = attempt.endedAt ?? this.now;
    const ranMs = attempt.end?.kind === 'notStarted' ? null : Math.max(0, until - attempt.assignedAt);
    return { attempt, place, outcome: outcomeOf(attempt), before, ranMs };
  }
}

function isSameTask(a: Attempt, b: Attempt): boolean {
  return a.task === b.task && a.step === b.step && a.job === b.job;
}

export interface AttemptCounts extends Readonly<Record<Outcome, number>> {
  readonly attempts: number;
}

export class OutcomeCounts {
  private readonly counts = { attempts: 0, completed: 0, failed: 0, lost: 0, stopped: 0, running: 0 };

  add(outcome: Outcome): void {
    this.counts.attempts++;
    this.counts[outcome]++;
  }

  result(): AttemptCounts {
    return { ...this.counts };
  }
}
