/** What is tried on a copy of the farm, where nothing is done outside of it. */
import type { BatchId } from '../../shared/model/ids';
import type { Core, Pass } from './pass';
import { Reducer } from './reduce/reduce';
import type { Report } from './reports';
import { Scheduler } from './schedule/scheduler';
import type { FarmState } from './state';
import { Timekeeper } from './timekeeper';

/**
 * The state is changed: it must be a copy. `name`: of the attempts, which nobody ever starts.
 * `mostAssignments`: in one pass; missing: as many as in the farm itself.
 */
export function coreOfCopy(state: FarmState, name: string, mostAssignments?: number): Core {
  let attempts = 0;
  return {
    state,
    reducer: new Reducer(state),
    scheduler: new Scheduler(state, mostAssignments),
    timekeeper: new Timekeeper(state),
    ids: { attempt: () => `a-${name}-${++attempts}` },
    outputFor: noOutput,
  };
}

export const noOutput = (_id: BatchId): string => '';

/** What the outside would tell at once. */
export function reportsAfter({ effects }: Pass): readonly Report[] {
  return effects.flatMap((effect): readonly Report[] => {
    switch (effect.kind) {
      case 'saveAttempt':
      case 'stopAttempt':
        return [{ kind: 'attemptEnded', attempt: effect.attempt, end: { kind: 'stopped' } }];
      case 'lookForFiles':
        return [{ kind: 'filesLookedFor', edge: effect.edge, files: [], problem: null }];
      case 'reconcile':
        return [{ kind: 'reconciled', node: effect.node }];
      case 'startAttempt':
      case 'batchEnded':
        return [];
    }
  });
}
