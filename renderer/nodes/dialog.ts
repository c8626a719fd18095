/** Which dialog of a node is open: one at a time, whatever opens it. */
import { useSyncExternalStore } from 'react';
import type { NodeId } from '../../shared/model/ids';

export type NodeDialog =
  | { readonly kind: 'edit'; readonly node: NodeId }
  | { readonly kind: 'maintenance'; readonly node: NodeId }
  | { readonly kind: 'connect'; readonly node: NodeId; readonly takeOver: boolean };

let open: NodeDialog | null = null;
const listeners = new Set<() => void>();

function show(dialog: NodeDialog | null): void {
  open = dialog;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const openNodeDialog = (dialog: NodeDialog): void => show(dialog);
export const closeNodeDialog = (): void => show(null);

export function useNodeDialog(): NodeDialog | null {
  return useSyncExternalStore(subscribe, () => open);
}
