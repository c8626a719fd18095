import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Refusal } from '../../shared/ipc/errors';

/** Something that the person wished has happened. `isAside`: where a dialog that is open has its buttons is no room. */
export function tellDone(title: string, message: ReactNode = null, isAside = false): void {
  notifications.show({
    title,
    message,
    ...(isAside ? { position: 'top-center' as const } : {}),
    color: 'var(--state-completed)',
    icon: <IconCheck size={16} aria-hidden />,
  });
}

/** The last one alone: undo takes back the last change. */
let undoable: string | null = null;

/** It can be taken back, as long as this stands there. */
export function tellUndoable(title: string, undo: () => void): void {
  if (undoable !== null) notifications.hide(undoable);
  const id = notifications.show({
    title,
    message: (
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => {
          notifications.hide(id);
          undo();
        }}
      >
        Undo
      </Button>
    ),
    color: 'var(--state-completed)',
    icon: <IconCheck size={16} aria-hidden />,
    autoClose: 20_000,
  });
  undoable = id;
}

/** `wish` completes the sentence "Could not ...". */
export function tellRefusal(wish: string, refusal: Pick<Refusal, 'message'>): void {
  notifications.show({
    title: `Could not ${wish}`,
    message: refusal.message,
    color: 'var(--state-failed)',
    icon: <IconAlertTriangle size={16} aria-hidden />,
    autoClose: 10_000,
  });
}
