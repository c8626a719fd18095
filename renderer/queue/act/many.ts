/** Which jobs are meant by the rows that are selected, and in words what would be done with them. */
import type { JobRow } from '../../../shared/ipc/queue';
import { countInWords } from '../../ui/words';
import type { QueueRow } from '../rows';
import { simpleActions } from './job-actions';
import type { Action, ActionKind } from './job-actions';

/**
 * Each once. A batch stands for all its jobs; among other rows, for those that the filter shows. A step stands
 * for none: what is done with a whole job is not meant by a part of it.
 */
export function jobsOf(rows: readonly QueueRow[]): readonly JobRow[] {
  const [first, ...others] = rows;
  if (first?.kind === 'batch' && others.length === 0) return [...first.all.values()];
  const jobs = rows.flatMap((row) => {
    if (row.kind === 'step') return [];
    return row.kind === 'batch' ? row.jobs : [row.job];
  });
  return [...new Map(jobs.map((job) => [job.id, job])).values()];
}

/** `3`, or `3 of 5` where it is not all. */
export function partInWords(part: number, all: number): string {
  return part === all ? `${all}` : `${part} of ${all}`;
}

const mostNamed = 3;

/** `melt, beauty, flow and 7 more`. */
export function namesInWords(jobs: readonly JobRow[]): string {
  const names = jobs.slice(0, mostNamed).map(({ name }) => name);
  const left = jobs.length - names.length;
  return left > 0 ? `${names.join(', ')} and ${left} more` : names.join(', ');
}

/** What is asked before it is done; null: it can be taken back, and is not asked. */
export function questionOf(
  kind: ActionKind,
  jobs: readonly JobRow[],
): { readonly title: string; readonly text: string; readonly yes: string; readonly no: string } | null {
  const count = countInWords(jobs.length, 'job');
  const sum = (of: (job: JobRow) => number): number => jobs.reduce((total, job) => total + of(job), 0);
  const names = namesInWords(jobs);
  if (kind === 'cancel') {
    const running = sum(({ tasks }) => tasks.RUNNING);
    const waiting = sum(({ tasks }) => tasks.PENDING + tasks.QUEUED);
    const stopped =
      running === 0
        ? 'Nothing of it runs now.'
        : `${countInWords(running, 'task is', 'tasks are')} running and will be stopped; what they have done so far may be lost.`;
    return {
      title: `Cancel ${count}?`,
      text: `${names}. ${stopped} ${countInWords(waiting, 'task')} will not start. Completed tasks keep their results.`,
      yes: `Cancel ${count}`,
      no: 'Leave them',
    };
  }
  if (kind === 'retry') {
    const tasks = sum(({ tasks: { FAILED, CANCELLED } }) => FAILED + CANCELLED);
    return {
      title: `Retry ${count}?`,
      text: `${names}. ${countInWords(tasks, 'failed or cancelled task')} will run again.`,
      yes: `Retry ${count}`,
      no: 'Leave them',
    };
  }
  return null;
}

/** What was done. */
export function doneInWords(action: Action, jobs: number): string {
  const count = countInWords(jobs, 'job');
  if (action.kind !== 'order') return simpleActions[action.kind].done(count, jobs === 1);
  if (action.priority !== null) return `${count} now ${action.priority.toLowerCase()} priority`;
  return action.deadline === 0 ? `${count} without a deadline` : `${count} with another deadline`;
}

/** What could not be done, when it is told. */
export function wishInWords(action: Action, jobs: number): string {
  const count = countInWords(jobs, 'job');
  if (action.kind !== 'order') return simpleActions[action.kind].wish(count);
  return `change the ${action.priority === null ? 'deadline' : 'priority'} of ${count}`;
}
