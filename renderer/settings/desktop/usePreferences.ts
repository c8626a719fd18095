import { useSyncExternalStore } from 'react';
import type { Preferences } from '../../../shared/ipc/preferences';
import { bridge } from '../../live/connection';
import { tellRefusal } from '../../ui/tell';

let known: Preferences | null = null;
let isAsked = false;
const listeners = new Set<() => void>();

function take(now: Preferences): void {
  known = now;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!isAsked) {
    isAsked = true;
    bridge.onPreferences(take);
    void bridge.preferences().then(take);
  }
  return () => listeners.delete(listener);
}

/** Null: not known yet. What is changed counts at once. */
export function usePreferences(): readonly [Preferences | null, (change: Partial<Preferences>) => void] {
  return [useSyncExternalStore(subscribe, () => known), change];
}

function change(more: Partial<Preferences>): void {
  if (known === null) return;
  const before = known;
  take({ ...before, ...more });
  bridge.setPreferences({ ...before, ...more }).catch((error: unknown) => {
    take(before);
    tellRefusal('keep this setting', { message: error instanceof Error ? error.message : String(error) });
  });
}
