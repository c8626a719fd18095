/** What is done with a checkpoint. */
import type { CheckpointRow } from '../../shared/ipc/checkpoints';
import { bytesInWords } from '../../shared/model/bytes-in-words';
import { bytesOf } from '../../shared/model/checkpoint';
import { requestOrTell } from '../live/request';
import { confirm } from '../ui/confirm';
import { tellDone, tellRefusal } from '../ui/tell';

export async function resume({ id: checkpoint, name }: CheckpointRow): Promise<void> {
  const check = await requestOrTell('go on from there', 'checkpoint.checkResume', { checkpoint });
  if (check === null) return;
  const risky = check.risks.filter(({ level }) => level === 'risky').map(({ text }) => text);
  const force = risky.length > 0;
  if (force) {
    const question = { title: 'Go on although it is risky?', text: `${name}: ${risky.join('; ')}.` };
    if (!(await confirm({ ...question, yes: 'Go on from here', no: 'Leave it' }))) return;
  }
  const wish = { checkpoint, why: null, force };
  const done = await requestOrTell('go on from there', 'checkpoint.resume', wish);
  if (done !== null) tellDone('The task goes on from there', name);
}

export async function verify({ id: checkpoint, name }: CheckpointRow): Promise<void> {
  const done = await requestOrTell('verify the checkpoint', 'checkpoint.verify', { checkpoint });
  if (done === null) return;
  if (done.problem === null) tellDone('Every byte is as it was', name);
  else tellRefusal('find it whole', { message: `${name}: ${done.problem}` });
}

/** Null: it is not kept for ever any more. */
export async function tag({ id: checkpoint }: CheckpointRow, name: string | null): Promise<boolean> {
  const wish = name === null ? 'take the tag off' : 'keep it';
  return (await requestOrTell(wish, 'checkpoint.tag', { checkpoint, tag: name, why: null })) !== null;
}

export async function remove(row: CheckpointRow): Promise<void> {
  const isSure = await confirm({
    title: 'Delete this checkpoint?',
    text: `${row.name}, ${bytesInWords(bytesOf(row))}. Nobody can go on from it any more. The file that the program wrote stays where it is.`,
    yes: 'Delete it',
    no: 'Keep it',
  });
  if (!isSure) return;
  const wish = { checkpoint: row.id, why: null };
  if ((await requestOrTell('delete the checkpoint', 'checkpoint.drop', wish)) !== null)
    tellDone('The checkpoint is deleted');
}
