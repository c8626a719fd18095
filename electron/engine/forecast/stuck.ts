import type { Stuck } from '../../../shared/model/forecast';
import { countOf } from '../counts';
import { attemptState } from '../derived';
import { explainStep } from '../explain/explain';
import type { Scheduler } from '../schedule/scheduler';
import type { JobRecord, LiveAttempt } from '../state';

/** What may yet pass by itself when the farm is still busy at the end of the look ahead. */
const passing: ReadonlySet<Stuck> = new Set([
  'othersFirst',
  'limit',
  'nodes',
  'notYet',
  'triedAgain',
  'waitsFor',
]);

/** Why a job has not ended when a run is over. `isCut`: more would have happened later. */
export function whyStuck(scheduler: Scheduler, job: JobRecord, at: number, isCut: boolean): Stuck {
  if (countOf(job.counts, 'RUNNING') > 0)
    return isAnyAway(scheduler.state.attempts.values(), job) ? 'nodeAway' : 'tooFar';
  for (const step of job.steps) {
    const [first] = explainStep(scheduler, step, at);
    if (first !== undefined) return isCut && passing.has(first.kind) ? 'tooFar' : first.kind;
  }
  return 'tooFar';
}

/** Nobody can say when it ends. */
export function isAway(live: LiveAttempt): boolean {
  return attemptState(live) === 'UNKNOWN' && live.node.state !== 'ONLINE';
}

function isAnyAway(attempts: Iterable<LiveAttempt>, job: JobRecord): boolean {
  for (const live of attempts) if (live.step.job === job && isAway(live)) return true;
  return false;
}
