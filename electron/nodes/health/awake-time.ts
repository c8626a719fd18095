import type { Clock } from '../../engine/ports';

/** Whoever uses it asks at least this often. In milliseconds. */
const longestWink = 2000;

/**
 * Time that the Host was awake for. When it has slept, or was kept from running, its clock has jumped: that
 * was not the silence of any node. So each step from one question to the next counts for 2 s at most, and
 * one back for nothing. One for the whole Host, asked each second.
 */
export class AwakeTime {
  private awake = 0;
  private last: number;

  constructor(private readonly clock: Pick<Clock, 'now'>) {
    this.last = clock.now();
  }

  now(): number {
    const time = this.clock.now();
    this.awake += Math.min(longestWink, Math.max(0, time - this.last));
    this.last = time;
    return this.awake;
  }
}
