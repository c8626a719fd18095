/** How a job stands to its deadline. */
import type { JobRow } from '../../shared/ipc/queue';
import { isEnded } from '../../shared/model/states';

export interface Standing {
  /**
   * met, missed: it has ended, in time or not. late: the time is past, or is likely to be when it ends.
   * close: one time in two it ends before, but not nine in ten. fine: else.
   */
  readonly kind: 'met' | 'missed' | 'late' | 'close' | 'fine';
  readonly deadline: number;
  /** From its end, or the end that is expected, or now where nothing is, to the deadline; less than nothing: after it. */
  readonly slack: number;
}

/** Null: it has none, or has ended without getting there. */
export function standingOf(
  job: Pick<JobRow, 'state' | 'deadline' | 'end' | 'endedAt'>,
  now: number,
): Standing | null {
  const { deadline, end, endedAt, state } = job;
  if (deadline === null) return null;
  if (isEnded(state)) {
    if (state !== 'COMPLETED' || endedAt === null) return null;
    return { kind: endedAt > deadline ? 'missed' : 'met', deadline, slack: deadline - endedAt };
  }
  // What was expected to end before now did not.
  const likely = Math.max(now, end?.p50 ?? now);
  const slack = deadline - likely;
  if (slack < 0) return { kind: 'late', deadline, slack };
  return { kind: end !== null && end.p90 > deadline ? 'close' : 'fine', deadline, slack };
}
