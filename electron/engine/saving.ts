/** Letting an attempt save its work before it is stopped: when it is asked to, how long, and what is lost. */
import type { CheckpointRule } from '../../shared/model/checkpoint';
import { canBeAsked, savingGrace } from '../../shared/model/making';
import type { FactOf, LostWork } from './facts';
import type { LiveAttempt } from './state';

type Stopping = FactOf<'attemptStopping'>;

/** What it would lose is hardly worth asking for. */
const hardlyAnything = 2000;
/** Files may tell their time less exactly, or by another clock. */
const inexact = 1000;
const leastLead = 2000;

/** What it has done since then would be lost. */
export const savedUntil = ({ step, task, assignedAt }: LiveAttempt): number =>
  Math.max(assignedAt, step.saved.get(task)?.madeAt ?? -Infinity);

/** What to stop it now would lose, in milliseconds, as far as is known: one that can be asked saves first. */
export function lossOf(live: LiveAttempt, at: number): number {
  const since = Math.max(0, at - savedUntil(live));
  const { savingMs } = live.step;
  return savingMs === null || !isAskable(live) ? since : Math.min(since, savingMs);
}

/** It is stopped for others, and asked to save its work first where it can be and has something to lose. */
export function toMakeWay(live: LiveAttempt, at: number): Stopping {
  const fact = { kind: 'attemptStopping', at, attempt: live.id, reason: 'preempted' } as const;
  const { checkpoints: rule } = live.step.step;
  if (rule === undefined || !canBeAsked(rule)) return fact;
  const worth = Math.max(hardlyAnything, live.step.savingMs ?? 0);
  return at - savedUntil(live) <= worth ? fact : { ...fact, saving: { until: at + savingGrace(rule) } };
}

/** What was made then is what it was asked for. */
export const isAskedFor = ({ saving }: LiveAttempt, madeAt: number): boolean =>
  saving !== null && madeAt >= saving.since - inexact;

/** What is due of an attempt now by the clock; null: nothing. */
export function dueStop(live: LiveAttempt, at: number): Stopping | null {
  const { id: attempt, stopping, saving, assignedAt, step } = live;
  const { timeoutMs } = step.step;
  if (saving !== null)
    return saving.until > at
      ? null
      : { kind: 'attemptStopping', at, attempt, reason: stopping ?? 'preempted' };
  if (stopping !== null || timeoutMs === null) return null;
  const limit = assignedAt + timeoutMs;
  const fact = { kind: 'attemptStopping', at, attempt, reason: 'timeout' } as const;
  return limit <= at ? fact : { ...fact, saving: { until: limit } };
}

/** When to look at an attempt with a time limit: at its end, and before that early enough for a last checkpoint. */
export function limitsOf({ step, assignedAt }: LiveAttempt): readonly number[] {
  const { timeoutMs } = step.step;
  if (timeoutMs === null) return [];
  const limit = assignedAt + timeoutMs;
  const { checkpoints: rule } = step.step;
  if (rule === undefined || !canBeAsked(rule)) return [limit];
  return [limit - savingLead(rule, step.savingMs, timeoutMs), limit];
}

/** As long as it took at most until now and half as long again; where that is not known, a part of the time it has. */
export function savingLead(rule: CheckpointRule, savingMs: number | null, timeoutMs: number): number {
  const needed = savingMs === null ? Math.min(savingGrace(rule), timeoutMs / 10) : 1.5 * savingMs;
  return Math.round(Math.min(timeoutMs / 2, leastLead + needed));
}

const isAskable = ({ step: { step } }: LiveAttempt): boolean =>
  step.checkpoints !== undefined && canBeAsked(step.checkpoints);

/** What is done again, when its end is taken in; null: nothing, or nobody could tell. */
export function lostWork(live: LiveAttempt, fact: FactOf<'attemptFinished'>): LostWork | null {
  const { end, next, usage, at } = fact;
  const { step, task, stopping: reason } = live;
  const isDoneAgain = (next === 'QUEUED' || next === 'PENDING') && end.kind !== 'notStarted';
  const isMinded = step.step.checkpoints !== undefined || reason === 'preempted';
  // When a lost one has ended, nobody knows.
  if (!isDoneAgain || !isMinded || end.kind === 'lost') return null;
  const since = Math.max(0, at - savedUntil(live));
  const milliseconds = Math.round(Math.min(since, usage?.wallMs ?? since));
  return { job: step.job.id, milliseconds, from: step.saved.get(task)?.checkpoint ?? null, reason };
}
