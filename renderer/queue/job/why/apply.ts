/** Makes a change that lets waiting work start, and offers the way back. */
import { changeInWords, wayBack, type CommandedChange } from '../../../../shared/model/farm-change';
import { requestOrTell } from '../../../live/request';
import { confirm } from '../../../ui/confirm';
import { tellDone, tellUndoable } from '../../../ui/tell';
import { capitalised, countInWords } from '../../../ui/words';
import { undo } from '../../../live/undo';

export async function applyChange(change: CommandedChange): Promise<void> {
  if (!(await isSure(change))) return;
  const words = changeInWords(change);
  const done = await requestOrTell(words, 'change.apply', { change, why: null });
  if (done === null) return;
  const back = undoOf(change, done.change);
  const title = `Done: ${words}`;
  if (back === null) tellDone(title);
  else tellUndoable(title, back);
}

/** Asks only before what cannot be taken back, or stops what runs. */
async function isSure(change: CommandedChange): Promise<boolean> {
  if (change.kind === 'cancel') {
    const { jobName, batchName, running } = change;
    return confirm({
      title: `Cancel ${jobName} of ${batchName}?`,
      text: `${countInWords(running, 'task is', 'tasks are')} running and will be stopped; what ${running === 1 ? 'it has' : 'they have'} done so far may be lost.`,
      yes: 'Cancel that job',
      no: 'Keep it running',
    });
  }
  if (wayBack(change) !== null) return true;
  const words = capitalised(changeInWords(change));
  return confirm({
    title: `${words}?`,
    text: 'This cannot be taken back.',
    yes: words,
    no: 'Leave it as it is',
  });
}

function undoOf(change: CommandedChange, id: number | null): (() => void) | null {
  switch (wayBack(change)) {
    case 'undo':
      return id === null ? null : () => void undo(id);
    case 'setAside':
      return change.kind === 'takeBack' ? () => void setAside(change.node, change.nodeName) : null;
    case 'retry':
      return change.kind === 'cancel' ? () => void retry(change.job, change.jobName) : null;
    case null:
      return null;
  }
}

async function setAside(node: string, name: string): Promise<void> {
  const done = await requestOrTell(`set ${name} aside`, 'node.setAside', { node, why: null, until: null });
  if (done !== null) tellDone(`${capitalised(name)} is set aside again`);
}

async function retry(job: string, name: string): Promise<void> {
  const done = await requestOrTell(`retry ${name}`, 'batch.retry', { what: job, why: null });
  if (done !== null) tellDone(`${name} goes on`, `${countInWords(done.tasks, 'task')} will run again`);
}
