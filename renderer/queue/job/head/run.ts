/** What can be done with a batch or a job as a whole, from the head of its page. */
import type { BatchRow, JobRow } from '../../../../shared/ipc/queue';
import type { JobDetail } from '../../../../shared/ipc/job';
import { isEnded, type JobState, type Priority } from '../../../../shared/model/states';
import type { Target } from '../../actions';

export interface Run extends Target {
  readonly canHold: boolean;
  readonly canRelease: boolean;
  /** Priority and deadline can still matter. */
  readonly canOrder: boolean;
  /** Null: its jobs have different ones. */
  readonly priority: Priority | null;
  /** Null: it has none, or its jobs have their own. */
  readonly deadline: number | null;
}

const canHold = (state: JobState): boolean => !isEnded(state) && state !== 'PAUSED';

export function runOfJob(target: Target, job: JobDetail): Run {
  const { state, priority, deadline } = job;
  return {
    ...target,
    canHold: canHold(state),
    canRelease: state === 'PAUSED',
    canOrder: !isEnded(state),
    priority,
    deadline,
  };
}

export function runOfBatch(target: Target, batch: BatchRow, jobs: readonly JobRow[]): Run {
  const [first] = jobs;
  const isSame = jobs.every(({ priority }) => priority === first?.priority);
  return {
    ...target,
    canHold: jobs.some(({ state }) => canHold(state)),
    canRelease: jobs.some(({ state }) => state === 'PAUSED'),
    canOrder: !isEnded(batch.state),
    priority: isSame ? (first?.priority ?? null) : null,
    deadline: null,
  };
}
