import { tellDone, tellUndoable } from '../ui/tell';
import { requestOrTell } from './request';

/** Takes a change back, if nobody has changed something else since; without one, the last that can be. */
export async function undo(change?: number): Promise<void> {
  const which = change === undefined ? {} : { change };
  const answer = await requestOrTell('take that back', 'change.undo', which);
  if (answer !== null) tellDone('Taken back', answer.undone);
}

/** What was done, with the way back; `change` null: there is none. */
export function tellChange(title: string, change: number | null, message: string | null = null): void {
  if (change === null) tellDone(title, message);
  else tellUndoable(title, () => void undo(change));
}
