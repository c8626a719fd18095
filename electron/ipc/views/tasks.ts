import type { TaskRow } from '../../../shared/ipc/job';
import type { Fact } from '../../engine/facts';
import type { Changes } from '../../engine/reduce/changes';
import type { StepRecord } from '../../engine/state';
import type { Host } from '../../host';
import { taskRows } from '../rows';
import type { LiveView } from './view';

type Tasks = { readonly tasks: readonly TaskRow[] };

/** The rows of a range of tasks. A delta brings the rows between the first and the last change. */
export class TasksView implements LiveView {
  private first = Infinity;
  private last = -Infinity;

  constructor(
    private readonly host: Host,
    private readonly step: StepRecord,
    private readonly from: number,
    private readonly count: number,
  ) {}

  async picture(): Promise<Tasks> {
    return { tasks: await taskRows(this.host, this.step, this.from, this.count) };
  }

  note(_facts: readonly Fact[], changes: Changes): boolean {
    const touched = changes.tasks.of(this.step);
    const to = this.from + this.count - 1;
    if (touched === 'all') this.extend(this.from, to);
    else for (const task of touched) if (task >= this.from && task <= to) this.extend(task, task);
    return this.first <= this.last;
  }

  async delta(): Promise<Tasks> {
    const { first, last } = this;
    this.first = Infinity;
    this.last = -Infinity;
    return { tasks: await taskRows(this.host, this.step, first, last - first + 1) };
  }

  again(): null {
    return null;
  }

  private extend(first: number, last: number): void {
    this.first = Math.min(this.first, first);
    this.last = Math.max(this.last, last);
  }
}
