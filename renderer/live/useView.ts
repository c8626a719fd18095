import { useSyncExternalStore } from 'react';
import type { Views } from '../../shared/ipc/contract';
import { live } from './connection';
import { loading } from './store';
import type { LiveView, Snapshot } from './store';
import type { LiveName, LiveValues } from './values';

const nothing: LiveView<never> = { subscribe: () => () => undefined, snapshot: () => loading };

/** Subscribed while the component is mounted. Without params there is nothing to see yet. */
export function useView<Name extends LiveName>(
  name: Name,
  params: Views[Name]['params'] | null,
): Snapshot<LiveValues[Name]> {
  const view: LiveView<LiveValues[Name]> = params === null ? nothing : live.view(name, params);
  return useSyncExternalStore(view.subscribe, view.snapshot);
}

/** What is worked out of a view, as text or a number: drawn anew only when that is another. */
export function usePartOf<Name extends LiveName, Part extends string | number | null>(
  name: Name,
  params: Views[Name]['params'],
  part: (value: LiveValues[Name]) => Part,
): Part | null {
  const view: LiveView<LiveValues[Name]> = live.view(name, params);
  return useSyncExternalStore(view.subscribe, () => {
    const value = valueOf(view.snapshot());
    return value === null ? null : part(value);
  });
}

/** The present value, or null while there is none. */
export function valueOf<Value>(snapshot: Snapshot<Value>): Value | null {
  return snapshot.state === 'picture' ? snapshot.value : null;
}
