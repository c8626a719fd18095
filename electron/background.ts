import { performance } from 'node:perf_hooks';
import { inSlices } from './engine/slices';

/** Long work in small parts, between which the farm goes on; given up when Drover closes. */
export class Background {
  private readonly closing = new AbortController();

  get isClosing(): boolean {
    return this.closing.signal.aborted;
  }

  /** Null: Drover is closing, or it was given up before. */
  run<Result>(work: Generator<undefined, Result>, given?: AbortSignal): Promise<Result | null> {
    const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    const { signal } = this.closing;
    const end = given === undefined ? signal : AbortSignal.any([signal, given]);
    return inSlices(work, { now: () => performance.now(), pause }, end);
  }

  close(): void {
    this.closing.abort();
  }
}
