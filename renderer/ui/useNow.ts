import { useSyncExternalStore } from 'react';

/** One clock for all that ticks on the screen, so that it ticks together. */
let now = Date.now();
let timer: ReturnType<typeof setTimeout> | null = null;
const listeners = new Set<() => void>();

function tick(): void {
  now = Date.now();
  timer = setTimeout(tick, 1000 - (now % 1000));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === null) tick();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearTimeout(timer);
    timer = null;
  };
}

const never = (): (() => void) => () => undefined;

const calm = 5000;

/** The time, so often that a chart of an hour moves on. */
export function useCalmNow(ticks = true): number {
  return useSyncExternalStore(ticks ? subscribe : never, () => Math.ceil(now / calm) * calm);
}

/** Midnight of today. */
export function useToday(): number {
  return useSyncExternalStore(subscribe, () => new Date(now).setHours(0, 0, 0, 0));
}

/** The time, in whole seconds; still where nothing ticks. */
export function useNow(ticks = true): number {
  return useSyncExternalStore(ticks ? subscribe : never, () => now);
}
