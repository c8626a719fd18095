/** The tasks of a job that a person wants to see. */
import type { JobDetail, TaskRow } from '../../shared/ipc/contract';
import type { Farm } from './farm';
import { valueOf } from './outcome';

const pageSize = 1000;
const mostPages = 100;
/** Of those that failed, and of those that run. */
const mostShown = 20;

export interface NotableTasks {
  /** Those that failed first. */
  readonly rows: readonly TaskRow[];
  /** So many more that failed or run. */
  readonly left: number;
}

/** Those that failed or run; in a large job they are looked for page by page, no longer than needed. */
export async function notableTasks(farm: Farm, { id, steps, tasks }: JobDetail): Promise<NotableTasks> {
  const failed: TaskRow[] = [];
  const running: TaskRow[] = [];
  const wanted = { failed: Math.min(mostShown, tasks.FAILED), running: Math.min(mostShown, tasks.RUNNING) };
  const isEnough = (): boolean => failed.length >= wanted.failed && running.length >= wanted.running;
  let pages = 0;
  for (const [step, { tasks: counts }] of steps.entries()) {
    if (counts.FAILED + counts.RUNNING === 0) continue;
    for (let from = 0; !isEnough() && pages < mostPages; from += pageSize, pages++) {
      const range = { job: id, step, from, count: pageSize };
      const page = valueOf(await farm.client.request('task.list', range)).tasks;
      failed.push(...page.filter(({ state }) => state === 'FAILED'));
      running.push(...page.filter(({ state }) => state === 'RUNNING'));
      if (page.length < pageSize) break;
    }
  }
  const rows = [...failed.slice(0, mostShown), ...running.slice(0, mostShown)];
  return { rows, left: Math.max(0, tasks.FAILED + tasks.RUNNING - rows.length) };
}
