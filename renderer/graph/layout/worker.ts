import { layOut } from './layout';
import type { Layout, LayoutWish } from './layout';

export interface WorkerWish {
  readonly number: number;
  readonly wish: LayoutWish;
}
export interface WorkerAnswer {
  readonly number: number;
  readonly layout: Layout;
  readonly milliseconds: number;
}

self.addEventListener('message', ({ data }: MessageEvent<WorkerWish>) => {
  const begun = performance.now();
  const layout = layOut(data.wish);
  const answer: WorkerAnswer = { number: data.number, layout, milliseconds: performance.now() - begun };
  self.postMessage(answer);
});
