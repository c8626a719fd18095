/** From which checkpoint a branch is to be made, wherever in the window that is wished. */
import { useSyncExternalStore } from 'react';
import type { CheckpointRow } from '../../shared/ipc/checkpoints';

interface Forked {
  /** The last one stays, for the dialog to fade away with its words. */
  readonly row: CheckpointRow | null;
  readonly isOpen: boolean;
}

let forked: Forked = { row: null, isOpen: false };
const listeners = new Set<() => void>();

function set(next: Forked): void {
  forked = next;
  for (const listener of listeners) listener();
}

export const fork = (row: CheckpointRow): void => set({ row, isOpen: true });
export const forkIsClosed = (): void => set({ ...forked, isOpen: false });

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useForked = (): Forked => useSyncExternalStore(subscribe, () => forked);
