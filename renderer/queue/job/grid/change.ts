/** What is done with some tasks of a step. */
import type { StepPlace } from '../../../../shared/ipc/job';
import type { TaskRanges } from '../../../../shared/model/task-ranges';
import { requestOrTell } from '../../../live/request';
import { confirm } from '../../../ui/confirm';
import { tellDone, tellRefusal, tellUndoable } from '../../../ui/tell';
import { countInWords, numberInWords } from '../../../ui/words';
import { selected, waitingOf } from './selected';

/** The Host takes no more at once. */
const mostRanges = 10_000;

function areTooMany(wish: string, tasks: TaskRanges): boolean {
  if (tasks.length <= mostRanges) return false;
  const message = `They lie in more than ${numberInWords(mostRanges)} ranges apart from each other. Select fewer of them.`;
  tellRefusal(wish, { message });
  return true;
}

export async function retryTasks(place: StepPlace, tasks: TaskRanges): Promise<void> {
  if (areTooMany('retry these tasks', tasks)) return;
  const done = await requestOrTell('retry these tasks', 'task.retry', { ...place, tasks, why: null });
  if (done !== null) tellDone(`${countInWords(done.tasks, 'task')} will run again`);
}

/** On other nodes than those that last had them; what runs is stopped for it, so that is asked. */
export async function sendElsewhere(place: StepPlace, states: Uint8Array, tasks: TaskRanges): Promise<void> {
  if (areTooMany('run these tasks elsewhere', tasks)) return;
  const { running } = selected(states, tasks);
  const isSure =
    running === 0 ||
    (await confirm({
      title: `Run ${countInWords(running, 'running task')} elsewhere?`,
      text: `${running === 1 ? 'It is' : 'They are'} stopped and ${running === 1 ? 'begins' : 'begin'} again on another node; what ${running === 1 ? 'it has' : 'they have'} done so far may be lost. That counts as no failure.`,
      yes: 'Run elsewhere',
      no: 'Leave where it is',
    }));
  if (!isSure) return;
  const wish = { ...place, tasks, why: null, elsewhere: true };
  const done = await requestOrTell('run these tasks elsewhere', 'task.retry', wish);
  if (done !== null) tellDone(`${countInWords(done.tasks, 'task')} will run elsewhere`);
}

/** It cannot be taken back, so it is asked. */
export async function skipTasks(place: StepPlace, states: Uint8Array, tasks: TaskRanges): Promise<void> {
  if (areTooMany('skip these tasks', tasks)) return;
  const { waiting, ended } = selected(states, tasks);
  const isOne = waiting + ended === 1;
  const isSure = await confirm({
    title: `Skip ${countInWords(waiting + ended, 'task')}?`,
    text: `${isOne ? 'It counts' : 'They count'} as completed without having run, and what waits for ${isOne ? 'it' : 'them'} goes on, whatever is missing of ${isOne ? 'its' : 'their'} results. That cannot be taken back.`,
    yes: isOne ? 'Skip it' : 'Skip them',
    no: isOne ? 'Keep it' : 'Keep them',
  });
  if (!isSure) return;
  const done = await requestOrTell('skip these tasks', 'task.skip', { ...place, tasks, why: null });
  if (done !== null) tellDone(`${countInWords(done.tasks, 'task')} skipped`);
}

/** Asks first only when something runs: what waits comes back with one click. */
export async function cancelTasks(place: StepPlace, states: Uint8Array, tasks: TaskRanges): Promise<void> {
  if (areTooMany('cancel these tasks', tasks)) return;
  const { running } = selected(states, tasks);
  const isSure =
    running === 0 ||
    (await confirm({
      title: 'Cancel these tasks?',
      text: `${countInWords(running, 'of them is', 'of them are')} running and will be stopped; what ${running === 1 ? 'it has' : 'they have'} done so far may be lost.`,
      yes: 'Cancel them',
      no: 'Keep them',
    }));
  if (!isSure) return;
  const waiting = waitingOf(states, tasks);
  const done = await requestOrTell('cancel these tasks', 'task.cancel', { ...place, tasks, why: null });
  if (done === null) return;
  const title = `${countInWords(done.tasks, 'task')} cancelled`;
  if (running > 0) tellDone(title);
  else tellUndoable(title, () => void retryTasks(place, waiting));
}
