import { taskLetters } from '../../../shared/ipc/job';
import { type Views } from '../../../shared/ipc/contract';
import type { Fact } from '../../engine/facts';
import type { Changes } from '../../engine/reduce/changes';
import { taskState, type StepRecord } from '../../engine/state';
import { taskStates } from '../../../shared/model/states';
import type { LiveView } from './view';

const letters = taskStates.map((state) => taskLetters[state]);

export class TaskStatesView implements LiveView {
  private readonly changed = new Set<number>();

  constructor(private readonly step: StepRecord) {}

  picture(): Views['taskStates']['picture'] {
    return { states: Array.from(this.step.states, (code) => letters[code]).join('') };
  }

  note(_facts: readonly Fact[], changes: Changes): boolean {
    const touched = changes.tasks.of(this.step);
    if (touched === 'all') for (let task = 0; task < this.step.count; task++) this.changed.add(task);
    else for (const task of touched) this.changed.add(task);
    return this.changed.size > 0;
  }

  delta(): Views['taskStates']['delta'] {
    const set = [...this.changed].map((task) => [task, taskLetters[taskState(this.step, task)]] as const);
    this.changed.clear();
    return { set };
  }

  again(): null {
    return null;
  }
}
