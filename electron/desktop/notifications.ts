import { Notification } from 'electron';
import type { BatchRow } from '../../shared/ipc/contract';
import { totalOf } from '../../shared/model/states';

// A notification that nothing refers to is collected, and its click is lost.
const shown = new Set<Notification>();

function show(title: string, body: string, onClick: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title, body });
  shown.add(notification);
  notification.on('click', () => {
    shown.delete(notification);
    onClick();
  });
  notification.on('close', () => shown.delete(notification));
  notification.show();
}

export function notifyEnd(batch: BatchRow, onClick: () => void): void {
  const { title, body } = endInWords(batch);
  show(title, body, onClick);
}

export function notifyTray(onClick: () => void): void {
  show(
    'Drover goes on working',
    'It stays in the tray. Click its icon, or start Drover again, to see the window.',
    onClick,
  );
}

export function endInWords({ name, state, tasks }: BatchRow): {
  readonly title: string;
  readonly body: string;
} {
  const total = totalOf(tasks);
  const done = `${tasks.COMPLETED} of ${total} ${total === 1 ? 'task' : 'tasks'} done`;
  switch (state) {
    case 'COMPLETED':
      return {
        title: `${name} is done`,
        body: total === 1 ? 'Its task is done.' : `All ${total} tasks are done.`,
      };
    case 'FAILED':
      return { title: `${name} has failed`, body: `${tasks.FAILED} failed, ${done}. Click to see why.` };
    default:
      return { title: `${name} was cancelled`, body: `${done}.` };
  }
}
