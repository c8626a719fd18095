import { requestOrTell } from '../../live/request';
import { tellDone } from '../../ui/tell';

/** Takes a change back, if nobody has changed something else since. */
export async function undoChange(change: number): Promise<void> {
  const answer = await requestOrTell('take that back', 'change.undo', { change });
  if (answer !== null) tellDone('Taken back', answer.undone);
}
