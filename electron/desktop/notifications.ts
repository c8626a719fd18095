import { Notification, type NativeImage } from 'electron';
import type { BatchRow } from '../../shared/ipc/queue';
import { totalOf } from '../../shared/model/states';

// A notification that nothing refers to is collected, and its click is lost.
const shown = new Set<Notification>();

interface Action {
  readonly words: string;
  run(this: void): void;
}

/** Of the platforms that Drover runs on, macOS shows buttons on notifications. */
function show(
  title: string,
  body: string,
  onClick: () => void,
  action: Action | null = null,
  picture: NativeImage | null = null,
): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({
    title,
    body,
    ...(picture === null ? {} : { icon: picture }),
    ...(action === null ? {} : { actions: [{ type: 'button' as const, text: action.words }] }),
  });
  shown.add(notification);
  notification.on('click', () => {
    shown.delete(notification);
    onClick();
  });
  notification.on('action', () => {
    shown.delete(notification);
    action?.run();
  });
  notification.on('close', () => shown.delete(notification));
  notification.show();
}

export interface EndActions {
  open(this: void, route: string): void;
  retry(this: void, batch: BatchRow): void;
}

/** One by itself, with its picture; several as one. */
export function notifyEnds(
  ended: readonly BatchRow[],
  picture: NativeImage | null,
  { open, retry }: EndActions,
): void {
  const [first] = ended;
  if (first === undefined) return;
  const { title, body } = ended.length === 1 ? endInWords(first) : endsInWords(ended);
  const canRetry = ended.length === 1 && first.state === 'FAILED';
  show(
    title,
    body,
    () => open(ended.length === 1 ? `#/batch/${first.id}` : '#/queue'),
    canRetry ? { words: 'Retry', run: () => retry(first) } : null,
    picture,
  );
}

export function notifyTray(onClick: () => void): void {
  show(
    'Drover goes on working',
    'It stays in the tray. Click its icon, or start Drover again, to see the window.',
    onClick,
  );
}

const mostNamed = 4;

/** `3 batches have ended`, `2 done, 1 failed: Shot 042, Dam break and 1 more`. */
export function endsInWords(ended: readonly BatchRow[]): { readonly title: string; readonly body: string } {
  const count = (state: BatchRow['state'], words: string): readonly string[] => {
    const found = ended.filter((batch) => batch.state === state).length;
    return found === 0 ? [] : [`${found} ${words}`];
  };
  const counts = [
    ...count('FAILED', 'failed'),
    ...count('COMPLETED', 'done'),
    ...count('CANCELLED', 'cancelled'),
  ];
  // What needs somebody comes first.
  const names = ended
    .toSorted((a, b) => Number(b.state === 'FAILED') - Number(a.state === 'FAILED'))
    .map(({ name }) => name);
  const more = names.length - mostNamed;
  const named = more > 0 ? `${names.slice(0, mostNamed).join(', ')} and ${more} more` : names.join(', ');
  return { title: `${ended.length} batches have ended`, body: `${counts.join(', ')}: ${named}` };
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
