/** Changes that are made with one click, and taken back with another. */
import type { Priority } from '../../../../shared/model/states';
import { requestOrTell } from '../../../live/request';
import { tellDone, tellUndoable } from '../../../ui/tell';
import { momentInWords } from '../../../ui/words';
import { priorityWords } from '../../../ui/StateMark';
import { undoChange } from '../../../live/undo';
import type { Run } from './run';

type What = Pick<Run, 'id' | 'name'>;

function told(title: string, change: number | null): void {
  if (change === null) tellDone(title);
  else tellUndoable(title, () => void undoChange(change));
}

/** Starts nothing more of it; what runs goes on to its end. */
export async function hold({ id, name }: What): Promise<void> {
  const done = await requestOrTell(`pause ${name}`, 'batch.hold', { what: id, why: null });
  if (done !== null) told(`${name} is paused`, done.change);
}

export async function release({ id, name }: What): Promise<void> {
  const done = await requestOrTell(`let ${name} go on`, 'batch.release', { what: id, why: null });
  if (done !== null) told(`${name} goes on`, done.change);
}

export async function setPriority({ id, name }: What, priority: Priority): Promise<void> {
  const order = { what: id, priority, deadline: null, why: null };
  const done = await requestOrTell(`change the priority of ${name}`, 'batch.order', order);
  if (done !== null) told(`Priority of ${name} is ${priorityWords[priority].toLowerCase()} now`, done.change);
}

/** Null: none any more. Whether it is changed. */
export async function setDeadline({ id, name }: What, deadline: number | null): Promise<boolean> {
  const order = { what: id, priority: null, deadline: deadline ?? 0, why: null };
  const done = await requestOrTell(`change the deadline of ${name}`, 'batch.order', order);
  if (done === null) return false;
  const words =
    deadline === null
      ? `${name} has no deadline now`
      : `${name} is to be done by ${momentInWords(deadline, Date.now())}`;
  told(words, done.change);
  return true;
}
