import type { StepRecord } from '../state';

/** A time is moved by at most a 64th of how far off it is: less than a minute of an hour. */
const parts = 32;

/**
 * Moves ends to times that others have too, so that one pass does for many. The further off, the coarser:
 * the number of passes grows with the logarithm of the time, and what is near stays exact. What a task
 * is moved by, the next of its step makes up for, so that short tasks do not add up to an error.
 */
export class TimeGrid {
  private readonly owed = new Map<StepRecord, number>();

  constructor(private readonly from: number) {}

  moved(time: number, step: StepRecord): number {
    const grain = 2 ** Math.floor(Math.log2((time - this.from) / parts));
    if (!(grain > 1)) return Math.round(time);
    const wanted = time - this.from + (this.owed.get(step) ?? 0);
    const moved = Math.round(wanted / grain) * grain;
    this.owed.set(step, wanted - moved);
    return this.from + moved;
  }
}
