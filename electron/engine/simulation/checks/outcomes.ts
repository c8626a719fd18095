import type { FactOf } from '../../facts';
import type { AttemptEntry, Ledger } from './ledger';

/** The rules of retrying, read anew: what is wrong with what becomes of a task; null: nothing. Counts its failures. */
export function problemWithOutcome(
  ledger: Ledger,
  attempt: AttemptEntry,
  fact: FactOf<'attemptFinished'>,
): string | null {
  const { end, next, until, at } = fact;
  const { step, stopping } = attempt;
  const task = ledger.taskOf(attempt);
  const isTriedAgain = next === 'QUEUED' || next === 'PENDING';
  if (end.kind === 'exited' && end.code === 0)
    return next === 'COMPLETED' ? null : `it completed, and is ${next}`;
  if (next === 'COMPLETED') return 'it did not complete';
  if (step.job.cancelled || attempt.isUnwanted) {
    task.code = end.kind === 'exited' ? end.code : null;
    return next === 'CANCELLED' ? null : `it was cancelled, and is ${next}`;
  }
  if (next === 'CANCELLED') return 'nobody cancelled it';
  if (stopping === 'preempted' && ['stopped', 'signalled', 'exited'].includes(end.kind))
    return isTriedAgain ? null : 'it made way for others, and is not tried again';
  if (end.kind === 'lost') {
    const most = ledger.settings.rules.losses;
    task.losses++;
    return isTriedAgain === task.losses <= most
      ? null
      : `it was lost ${task.losses} times of ${most}, and is ${next}`;
  }
  task.failures++;
  task.code = end.kind === 'exited' ? end.code : null;
  const { retry } = step.step;
  const rule =
    end.kind === 'exited' ? retry.codes.find(({ codes }) => codes.includes(end.code))?.verdict : undefined;
  const timedOut = end.kind === 'timedOut' || stopping === 'timeout';
  const isListed =
    rule === undefined && end.kind === 'exited' && retry.codes.some(({ verdict }) => verdict === 'retry');
  const mustFail = timedOut ? retry.onTimeout === 'fail' : rule === 'fail' || isListed;
  const isWaitOver =
    Math.min(retry.backoff.firstMs, retry.backoff.mostMs) > 0 && task.waitedMs >= retry.backoff.totalMs;
  const expected = !mustFail && task.failures < retry.attempts && !isWaitOver;
  if (until !== null) task.waitedMs += Math.max(0, until - at);
  return isTriedAgain === expected
    ? null
    : `it failed ${task.failures} times of ${retry.attempts}, and is ${next}`;
}
