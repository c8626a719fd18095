import type { MissedRule, ScheduleRule } from '../../../shared/model/schedule';
import { countFirings, firingsWithin } from './timings';

/** A time that is no longer past is just due; anything older was missed. */
export const graceMs = 60_000;

/** Of the missed times no more are made up for: a year of them would bury the farm. */
export const mostMadeUp = 1000;

export interface DueFirings {
  /** Oldest first. */
  readonly fire: readonly number[];
  /** Missed times that are not made up for. */
  readonly skipped: number;
  /** Everything up to here is dealt with: to be remembered, and given as `lastDealtWith` next time. */
  readonly upTo: number;
}

/** What is to be done at `now`, when everything up to `lastDealtWith` has been dealt with. */
export function dueFirings(rule: ScheduleRule, lastDealtWith: number, now: number): DueFirings {
  // The clock was set back: what has fired must not fire again, so nothing is due until it has caught up.
  if (now <= lastDealtWith) return { fire: [], skipped: 0, upTo: lastDealtWith };
  const missedUpTo = Math.max(lastDealtWith, now - graceMs - 1);
  const justDue = firingsWithin(rule.timing, missedUpTo, now, Infinity);
  const missed = countFirings(rule.timing, lastDealtWith, missedUpTo);
  const madeUp = makeUp(rule.missed);
  // Drover may have been away for a moment only: also then several times are one, unless all are wanted.
  const fire = [...madeUp, ...(rule.missed === 'all' ? justDue : justDue.slice(-1))];
  return { fire, skipped: missed.count + justDue.length - fire.length, upTo: now };

  function makeUp(missedRule: MissedRule): readonly number[] {
    switch (missedRule) {
      case 'skip':
        return [];
      case 'once':
        // A time that is just due makes up for the missed ones too: twice at the same moment is of no use.
        return missed.newest === null || justDue.length > 0 ? [] : [missed.newest];
      case 'all':
        return firingsWithin(rule.timing, lastDealtWith, missedUpTo, mostMadeUp);
    }
  }
}
