import { tellDone } from '../ui/tell';
import { requestOrTell } from './request';

/** Takes back the last change that can be. */
export async function undoLastChange(): Promise<void> {
  const answer = await requestOrTell('take the last change back', 'change.undo', {});
  if (answer !== null) tellDone('Taken back', answer.undone);
}
