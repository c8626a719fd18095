import type { StepRecord } from '../state';

/** So many single tasks of a step are told of; with more, everything of the step has changed. */
const mostTold = 4096;
const all = -1;

/** Which tasks changed. Noting is quick, for it happens at every change; who asks pays for the sorting. */
export class TouchedTasks {
  private readonly steps: StepRecord[] = [];
  private readonly tasks: number[] = [];
  /** Of the notes so far that were sorted. */
  private sorted = 0;
  private readonly byStep = new Map<StepRecord, number[] | 'all'>();

  note(step: StepRecord, task: number): void {
    this.steps.push(step);
    this.tasks.push(task);
  }

  noteAll(step: StepRecord): void {
    this.note(step, all);
  }

  /** Each of them at least once. */
  stepsTouched(): readonly StepRecord[] {
    return this.steps;
  }

  of(step: StepRecord): readonly number[] | 'all' {
    this.sort();
    return this.byStep.get(step) ?? nothing;
  }

  private sort(): void {
    for (; this.sorted < this.steps.length; this.sorted++) {
      const [step, task] = [this.steps[this.sorted], this.tasks[this.sorted] ?? all];
      if (step === undefined) continue;
      const told = this.byStep.get(step);
      if (told === 'all') continue;
      if (task === all || told?.length === mostTold) this.byStep.set(step, 'all');
      else if (told === undefined) this.byStep.set(step, [task]);
      else told.push(task);
    }
  }
}

const nothing: readonly number[] = [];
