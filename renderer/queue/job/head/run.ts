/** What can be done with a batch or a job as a whole, from the head of its page. */
import type { BatchRow, JobRow } from '../../../../shared/ipc/queue';
import { isEnded, type Priority } from '../../../../shared/model/states';
import { fits, fitsSome } from '../../act/job-actions';
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

export function runOfJob(target: Target, job: JobRow): Run {
  const { priority, deadline } = job;
  return {
    ...target,
    canHold: fits('hold', job),
    canRelease: fits('release', job),
    canOrder: fits('order', job),
    priority,
    deadline,
  };
}

export function runOfBatch(target: Target, batch: BatchRow, jobs: readonly JobRow[]): Run {
  const [first] = jobs;
  const isSame = jobs.every(({ priority }) => priority === first?.priority);
  return {
    ...target,
    canHold: fitsSome('hold', jobs),
    canRelease: fitsSome('release', jobs),
    canOrder: !isEnded(batch.state),
    priority: isSame ? (first?.priority ?? null) : null,
    deadline: null,
  };
}
