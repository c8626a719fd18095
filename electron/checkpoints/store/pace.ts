import { setTimeout } from 'node:timers/promises';

/** So much may be let through at once before anybody waits. */
const burstSeconds = 0.1;

/** A limit of bytes a second for all who copy, together. */
export class Pace {
  /** When what was let through so far has taken its time. */
  private freeAt = 0;

  /** Null: no limit. */
  constructor(public mostBytesASecond: number | null) {}

  /** Resolves when so many more may follow what was let through before. */
  async wait(bytes: number, signal?: AbortSignal): Promise<void> {
    if (this.mostBytesASecond === null) return;
    const now = performance.now();
    this.freeAt = Math.max(this.freeAt, now - 1000 * burstSeconds) + (1000 * bytes) / this.mostBytesASecond;
    if (this.freeAt > now) await setTimeout(this.freeAt - now, undefined, { signal });
  }
}
