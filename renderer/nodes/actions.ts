/** What a person can do with a node, wherever it is shown. */
import type { NodeRow } from '../../shared/ipc/nodes';
import { bridge } from '../live/connection';
import { requestOrTell } from '../live/request';
import { confirm } from '../ui/confirm';
import { tellDone, tellRefusal } from '../ui/tell';
import { capitalised, momentInWords } from '../ui/words';

/** Null: until somebody takes it back. `vacate`: what runs there does not go on, but elsewhere. */
export async function setAside(
  { id, name }: NodeRow,
  until: number | null,
  vacate = false,
): Promise<boolean> {
  const wish = { node: id, why: null, until, vacate };
  const done = await requestOrTell(`set ${name} aside`, 'node.setAside', wish);
  if (done === null) return false;
  const end = until === null ? 'until it is taken back' : `until ${momentInWords(until, Date.now())}`;
  const rest = vacate ? 'What runs there makes way' : 'It finishes what runs there';
  tellDone(`${name} is set aside`, `${rest}, and it takes nothing new, ${end}.`);
  return true;
}

export async function takeBack({ id, name }: NodeRow): Promise<void> {
  const done = await requestOrTell(`take ${name} back`, 'node.takeBack', { node: id, why: null });
  if (done !== null) tellDone(`${name} takes work again`);
}

export async function openTerminal({ id, name }: NodeRow): Promise<void> {
  try {
    if ((await bridge.openTerminal(id)) === 'copied')
      tellDone(
        `The way to ${name} is on the clipboard`,
        'No terminal was found here: open one and paste it there.',
      );
  } catch (error) {
    tellRefusal(`open a terminal to ${name}`, {
      message: error instanceof Error ? error.message : String(error),
    });
  }
}

export function confirmTakeOver({ name, reason }: NodeRow): Promise<boolean> {
  return confirm({
    title: `Take over ${name}?`,
    text: `${capitalised(reason ?? '')}. From then on it works for this Drover alone.`,
    yes: 'Take it over',
    no: 'Leave it',
  });
}

/** Whether it is gone. */
export async function remove({ id, name }: NodeRow): Promise<boolean> {
  const isSure = await confirm({
    title: `Remove ${name}?`,
    text: 'Drover forgets how to reach it and gives it no more work. What it has done stays in the history, and it can be added again.',
    yes: 'Remove the node',
    no: 'Keep it',
  });
  if (!isSure) return false;
  const done = await requestOrTell(`remove ${name}`, 'node.remove', { node: id, why: null });
  if (done !== null) tellDone(`${name} is removed`);
  return done !== null;
}
