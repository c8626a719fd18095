import { performance } from 'node:perf_hooks';
import { inSlices } from './engine/slices';

/** Long work in small parts, between which the farm goes on; given up when Drover closes. */
export class Background {
  private readonly closing = new AbortController();

  get isClosing(): boolean {
    return this.closing.signal.aborted;
  }

  /** Null: Drover is closing. */
  run<Result>(work: Generator<undefined, Result>): Promise<Result | null> {
    const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    return inSlices(work, { now: () => performance.now(), pause }, this.closing.signal);
  }

  close(): void {
    this.closing.abort();
  }
}
