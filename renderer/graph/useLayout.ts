import { useCallback, useEffect, useRef } from 'react';
import type { Layout, LayoutWish } from './layout/layout';
import type { WorkerAnswer, WorkerWish } from './layout/worker';

export type LayOut = (wish: LayoutWish, answer: (layout: Layout) => void) => void;

interface Waiting {
  readonly number: number;
  answer(this: void, layout: Layout): void;
}

/** Lays out beside the window's thread; only the last wish is answered. */
export function useLayout(): LayOut {
  const worker = useRef<Worker | null>(null);
  const waiting = useRef<Waiting | null>(null);
  useEffect(
    () => () => {
      worker.current?.terminate();
      worker.current = null;
    },
    [],
  );
  return useCallback<LayOut>((wish, answer) => {
    worker.current ??= start(waiting);
    const number = (waiting.current?.number ?? 0) + 1;
    waiting.current = { number, answer };
    const asked: WorkerWish = { number, wish };
    worker.current.postMessage(asked);
  }, []);
}

function start(waiting: { readonly current: Waiting | null }): Worker {
  const worker = new Worker(new URL('./layout/worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<WorkerAnswer>) => {
    if (data.number !== waiting.current?.number) return;
    // For whoever measures the window.
    performance.measure('graph layout', {
      start: performance.now() - data.milliseconds,
      duration: data.milliseconds,
    });
    waiting.current.answer(data.layout);
  });
  return worker;
}
