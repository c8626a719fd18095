/** What can be done with a step as a whole: with all of its tasks. */
import { totalOf } from '../../../shared/model/states';
import type { TaskRanges } from '../../../shared/model/task-ranges';
import { requestOrTell } from '../../live/request';
import { confirm } from '../../ui/confirm';
import { tellDone } from '../../ui/tell';
import { countInWords } from '../../ui/words';
import type { StepOfQueue } from '../rows';

const open = ({ step: { tasks } }: StepOfQueue): number => tasks.PENDING + tasks.QUEUED + tasks.RUNNING;
export const canCancelStep = (row: StepOfQueue): boolean => row.job.stopping === 0 && open(row) > 0;
export const canRetryStep = ({ step: { tasks }, job }: StepOfQueue): boolean =>
  job.stopping === 0 && tasks.FAILED + tasks.CANCELLED > 0;

const allOf = ({ step, index, job }: StepOfQueue) => ({
  job: job.id,
  step: index,
  tasks: [[0, totalOf(step.tasks) - 1]] satisfies TaskRanges,
  why: null,
});

export async function retryStep(row: StepOfQueue): Promise<void> {
  const done = await requestOrTell(`retry ${row.step.name}`, 'task.retry', allOf(row));
  if (done !== null) tellDone(`${row.step.name} runs again`, `${countInWords(done.tasks, 'task')} will run`);
}

/** Asks first only when something runs: what waits comes back with one click on retry. */
export async function cancelStep(row: StepOfQueue): Promise<void> {
  const { name, tasks } = row.step;
  const isSure =
    tasks.RUNNING === 0 ||
    (await confirm({
      title: `Cancel ${name} of ${row.job.name}?`,
      text: `${countInWords(tasks.RUNNING, 'task is', 'tasks are')} running and will be stopped; what ${tasks.RUNNING === 1 ? 'it has' : 'they have'} done so far may be lost. The other steps go on.`,
      yes: 'Cancel the step',
      no: 'Keep running',
    }));
  if (!isSure) return;
  const done = await requestOrTell(`cancel ${name}`, 'task.cancel', allOf(row));
  if (done !== null) tellDone(`${name} cancelled`, countInWords(done.tasks, 'task'));
}
