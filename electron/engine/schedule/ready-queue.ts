import { countOf } from '../counts';
import type { StepRecord } from '../state';

/** Steps with QUEUED tasks, always in order, so that a pass need not sort. */
export class ReadyQueue {
  private readonly steps: StepRecord[] = [];

  /** To be called whenever the number of QUEUED tasks of a step may have left or reached zero. */
  update(step: StepRecord): void {
    const at = this.place(step);
    const present = this.steps[at] === step;
    const wanted = countOf(step.counts, 'QUEUED') > 0;
    if (wanted && !present) this.steps.splice(at, 0, step);
    if (!wanted && present) this.steps.splice(at, 1);
  }

  inOrder(): readonly StepRecord[] {
    return this.steps;
  }

  private place(step: StepRecord): number {
    let low = 0;
    let high = this.steps.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.steps[middle];
      if (other !== undefined && compare(other, step) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function compare(a: StepRecord, b: StepRecord): number {
  for (let i = 0; i < a.order.length; i++) {
    const difference = (a.order[i] ?? 0) - (b.order[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
