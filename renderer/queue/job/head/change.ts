/** Changes that are made with one click, and taken back with another. */
import type { Priority } from '../../../../shared/model/states';
import { requestOrTell } from '../../../live/request';
import { momentInWords } from '../../../ui/words';
import { priorityWords } from '../../../ui/StateMark';
import { tellChange } from '../../../live/undo';
import { simpleActions } from '../../act/job-actions';
import type { Run } from './run';

type What = Pick<Run, 'id' | 'name'>;

/** Held, it starts nothing more; what runs goes on to its end. */
export async function steer({ id, name }: What, kind: 'hold' | 'release'): Promise<void> {
  const { wish, done } = simpleActions[kind];
  const changed = await requestOrTell(wish(name), `batch.${kind}`, { what: id, why: null });
  if (changed !== null) tellChange(done(name, true), changed.change);
}

export async function setPriority({ id, name }: What, priority: Priority): Promise<void> {
  const order = { what: id, priority, deadline: null, why: null };
  const done = await requestOrTell(`change the priority of ${name}`, 'batch.order', order);
  if (done !== null)
    tellChange(`Priority of ${name} is ${priorityWords[priority].toLowerCase()} now`, done.change);
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
  tellChange(words, done.change);
  return true;
}
