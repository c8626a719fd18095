/** The tasks of a job that a person wants to see. */
import type { JobDetail, TaskRow } from '../../shared/ipc/job';
import { totalOf, type TaskState } from '../../shared/model/states';
import type { Farm } from './farm';
import { valueOf } from './outcome';

const pageSize = 1000;
const mostPages = 100;
/** Of those in each state. */
const mostShown = 20;

export interface NotableTasks {
  /** Those that failed first. */
  readonly rows: readonly TaskRow[];
  /** So many more that failed or run. */
  readonly left: number;
}

/**
 * Those that failed or run, and of a small job those that completed; in a large job they are looked for
 * page by page, no longer than needed.
 */
export async function notableTasks(farm: Farm, { id, steps, tasks }: JobDetail): Promise<NotableTasks> {
  const states: readonly TaskState[] =
    totalOf(tasks) <= mostShown ? ['FAILED', 'RUNNING', 'COMPLETED'] : ['FAILED', 'RUNNING'];
  const found = states.map((state) => ({ state, rows: new Array<TaskRow>() }));
  const isEnough = (): boolean =>
    found.every(({ state, rows }) => rows.length >= Math.min(mostShown, tasks[state]));
  let pages = 0;
  for (const [step, { tasks: counts }] of steps.entries()) {
    if (states.every((state) => counts[state] === 0)) continue;
    for (let from = 0; !isEnough() && pages < mostPages; from += pageSize, pages++) {
      const range = { job: id, step, from, count: pageSize };
      const page = valueOf(await farm.client.request('task.list', range)).tasks;
      for (const { state, rows } of found) rows.push(...page.filter((row) => row.state === state));
      if (page.length < pageSize) break;
    }
  }
  const rows = found.flatMap((each) => each.rows.slice(0, mostShown));
  const all = states.reduce((sum, state) => sum + tasks[state], 0);
  return { rows, left: Math.max(0, all - rows.length) };
}
