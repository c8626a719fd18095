/** What is done with a checkpoint. */
import type { CheckpointRow } from '../../shared/ipc/checkpoints';
import { bytesInWords } from '../../shared/model/bytes-in-words';
import { bytesOf } from '../../shared/model/checkpoint';
import type { JobId } from '../../shared/model/ids';
import { bridge } from '../live/connection';
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

const archives = [{ label: 'Archives of checkpoints', patterns: ['*.tar'] }];

/** As an archive, where the person says. */
export async function exportIt({ id: checkpoint, name }: CheckpointRow): Promise<void> {
  const file = await bridge.choose({
    pick: 'newFile',
    title: `Export ${name}`,
    filters: archives,
    from: null,
  });
  if (file === null) return;
  // The dialog has asked whether what lies there may go.
  const wish = { checkpoint, file, replaces: true };
  if ((await requestOrTell('export the checkpoint', 'checkpoint.export', wish)) !== null)
    tellDone('The checkpoint is exported', file);
}

/** `beside`: one of the task that it is for; null: the job has only one. */
export async function importInto(job: JobId, beside: CheckpointRow | null): Promise<void> {
  const title = beside === null || beside.label === '' ? 'Import a checkpoint' : `Import for ${beside.label}`;
  const file = await bridge.choose({ pick: 'file', title, filters: archives, from: null });
  if (file === null) return;
  const place = { step: beside?.stepName ?? null, task: beside?.task ?? null };
  const done = await requestOrTell('import the checkpoint', 'checkpoint.import', {
    ...{ file, what: job, ...place, why: null },
  });
  if (done !== null) tellDone('The checkpoint is imported', 'The task goes on from it when it runs next.');
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
