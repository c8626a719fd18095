import { tellDone } from '../ui/tell';
import { requestOrTell } from './request';

/** Takes a change back, if nobody has changed something else since. */
export async function undoChange(change: number): Promise<void> {
  const answer = await requestOrTell('take that back', 'change.undo', { change });
  if (answer !== null) tellDone('Taken back', answer.undone);
}

/** Takes back the last change that can be. */
export async function undoLastChange(): Promise<void> {
  const answer = await requestOrTell('take the last change back', 'change.undo', {});
  if (answer !== null) tellDone('Taken back', answer.undone);
}
