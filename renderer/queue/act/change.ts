/** Does something with several jobs at once, as one change, and offers to take it back. */
import type { JobRow } from '../../../shared/ipc/queue';
import { bridge } from '../../live/connection';
import { requestOrTell } from '../../live/request';
import { tellChange } from '../../live/undo';
import { confirm } from '../../ui/confirm';
import { tellDone, tellRefusal } from '../../ui/tell';
import { countInWords } from '../../ui/words';
import { fits } from './job-actions';
import type { Action } from './job-actions';
import { doneInWords, questionOf, wishInWords } from './many';

export async function changeJobs(action: Action, jobs: readonly JobRow[]): Promise<void> {
  const fitting = jobs.filter((job) => fits(action.kind, job));
  if (fitting.length === 0) return;
  const question = questionOf(action.kind, fitting);
  if (question !== null && !(await confirm({ ...question, isHarmless: action.kind === 'retry' }))) return;
  const changed = await requestOrTell(wishInWords(action, fitting.length), 'jobs.change', {
    jobs: fitting.map(({ id }) => id),
    change: action,
    why: null,
  });
  if (changed === null) return;
  const { change, tasks } = changed;
  const words = doneInWords(action, changed.jobs.length);
  tellChange(words, change, countInWords(tasks, 'task'));
}

export async function copy(text: string): Promise<void> {
  try {
    await bridge.copy(text);
    tellDone('Copied', text.length > 60 ? `${text.slice(0, 60)} …` : text);
  } catch (error) {
    tellRefusal('copy it', { message: error instanceof Error ? error.message : String(error) });
  }
}
