import type { Refusal } from '../../shared/ipc/errors';
import type { BatchId, JobId, ScheduleId } from '../../shared/model/ids';
import type { Fact } from './facts';

export type Decision = Accepted | { readonly kind: 'refused'; readonly refusal: Refusal };

export interface Accepted {
  readonly kind: 'accepted';
  readonly facts: readonly Fact[];
  readonly outcome: Outcome;
}

/** What was done, for whoever wished it. */
export interface Outcome {
  readonly batch: BatchId | null;
  readonly jobs: readonly JobId[];
  readonly tasks: number;
  readonly schedule: ScheduleId | null;
  readonly reservation: number | null;
  /** By which it can be taken back; null: it cannot. */
  readonly change: number | null;
}

const nothing: Outcome = { batch: null, jobs: [], tasks: 0, schedule: null, reservation: null, change: null };

export function accepted(facts: readonly Fact[], outcome: Partial<Outcome> = {}): Decision {
  return { kind: 'accepted', facts, outcome: { ...nothing, ...outcome } };
}

export function refused(code: Refusal['code'], message: string): Decision & { readonly kind: 'refused' } {
  return { kind: 'refused', refusal: { code, message } };
}
