/** What can be done with several jobs at once, and in words what that would be. */
import type { JobRow } from '../../../shared/ipc/queue';
import { isEnded } from '../../../shared/model/states';
import type { Priority } from '../../../shared/model/states';
import { countInWords } from '../../ui/words';
import type { QueueRow } from '../rows';

/** As for the Host: null stays as it is, a deadline of 0 is none. */
export type Action =
  | { readonly kind: 'cancel' | 'retry' | 'hold' | 'release' }
  | { readonly kind: 'order'; readonly priority: Priority | null; readonly deadline: number | null };

export type ActionKind = Action['kind'];
export const actionKinds = [
  'retry',
  'cancel',
  'hold',
  'release',
  'order',
] as const satisfies readonly ActionKind[];

/** Whether it can be done with a job as it is. */
export function fits(kind: ActionKind, job: JobRow): boolean {
  switch (kind) {
    case 'cancel':
    case 'order':
      return !isEnded(job.state);
    case 'retry':
      return job.stopping === 0 && job.tasks.FAILED + job.tasks.CANCELLED > 0;
    case 'hold':
      return !job.held && !isEnded(job.state);
    case 'release':
      return job.held && !isEnded(job.state);
  }
}

/** Each once. A batch stands for all its jobs; among other rows, for those that the filter shows. */
export function jobsOf(rows: readonly QueueRow[]): readonly JobRow[] {
  const [first, ...others] = rows;
  if (first?.kind === 'batch' && others.length === 0) return [...first.all.values()];
  const jobs = rows.flatMap((row) => (row.kind === 'batch' ? row.jobs : [row.job]));
  return [...new Map(jobs.map((job) => [job.id, job])).values()];
}

export type Fitting = Readonly<Record<ActionKind, readonly JobRow[]>>;

/** With which of them each can be done. */
export function fittingJobs(jobs: readonly JobRow[]): Fitting {
  const that = (kind: ActionKind): readonly JobRow[] => jobs.filter((job) => fits(kind, job));
  return {
    cancel: that('cancel'),
    retry: that('retry'),
    hold: that('hold'),
    release: that('release'),
    order: that('order'),
  };
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
  switch (action.kind) {
    case 'cancel':
      return `${count} cancelled`;
    case 'retry':
      return `${count} ${jobs === 1 ? 'runs' : 'run'} again`;
    case 'hold':
      return `${count} paused`;
    case 'release':
      return `${count} ${jobs === 1 ? 'goes' : 'go'} on`;
    case 'order':
      if (action.priority !== null) return `${count} now ${action.priority.toLowerCase()} priority`;
      return action.deadline === 0 ? `${count} without a deadline` : `${count} with another deadline`;
  }
}

/** What could not be done, when it is told. */
export function wishInWords(action: Action, jobs: number): string {
  const count = countInWords(jobs, 'job');
  if (action.kind === 'hold') return `pause ${count}`;
  if (action.kind === 'release') return `let ${count} go on`;
  if (action.kind !== 'order') return `${action.kind} ${count}`;
  return `change the ${action.priority === null ? 'deadline' : 'priority'} of ${count}`;
}
