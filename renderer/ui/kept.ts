/** Something of this window that is kept from one start to the next. */
import { useSyncExternalStore } from 'react';

export interface Kept<Value> {
  get(this: void): Value;
  set(this: void, value: Value): void;
  subscribe(this: void, listener: () => void): () => void;
}

/** `read` makes what it can of what lies there, whatever that is. */
export function kept<Value>(place: string, read: (raw: unknown) => Value): Kept<Value> {
  let value = read(rawOf(place));
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (next) => {
      value = next;
      try {
        localStorage.setItem(place, JSON.stringify(next));
      } catch {
        // There is no more room: it is kept until the window closes.
      }
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function rawOf(place: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(place) ?? 'null');
  } catch {
    return null;
  }
}

export const useKept = <Value>({ subscribe, get }: Kept<Value>): Value =>
  useSyncExternalStore(subscribe, get);

export const isRecord = (raw: unknown): raw is Readonly<Record<string, unknown>> =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw);
