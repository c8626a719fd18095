import type { OverlapRule } from '../../../shared/model/schedule';

export type OverlapDecision = 'submit' | 'skip' | 'queue' | 'replace';

/** No more runs wait in line: when each takes longer than its turn, the line would grow for ever. */
export const mostQueued = 1000;

/** What is done with a run that is due now. `queued` is how many runs before it still wait in line. */
export function decideOverlap(rule: OverlapRule, isRunning: boolean, queued: number): OverlapDecision {
  switch (rule) {
    case 'skip':
      return isRunning ? 'skip' : 'submit';
    case 'replace':
      return isRunning ? 'replace' : 'submit';
    case 'queue':
      if (queued >= mostQueued) return 'skip';
      return isRunning || queued > 0 ? 'queue' : 'submit';
  }
}
