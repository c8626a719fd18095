import type { AttemptEnd } from '../../../../shared/model/attempt';
import type { AttemptId, NodeId } from '../../../../shared/model/ids';
import type { Order } from '../../effects';
import type { Witness } from '../machine';
import type { Complain } from './complaint';

const taskOf = ({ batch, job, step, task }: Order): string => `${batch}.${job}/${step.name} task ${task}`;

/** What really ran, and how it really ended: seen on the machines, not believed by the engine. */
export class Truth implements Witness {
  private readonly turns = new Map<string, number>();
  private readonly running = new Map<string, { readonly attempt: AttemptId; readonly node: NodeId }>();
  private readonly tasks = new Map<AttemptId, string>();
  private readonly ends = new Map<AttemptId, AttemptEnd>();
  begun = 0;

  constructor(
    private readonly complain: Complain,
    private readonly isLive: (attempt: AttemptId) => boolean,
  ) {}

  turn(order: Order): number {
    return this.turns.get(taskOf(order)) ?? 0;
  }

  began(order: Order, node: NodeId): void {
    const { attempt } = order;
    const task = taskOf(order);
    const other = this.running.get(task);
    if (other !== undefined)
      this.complain(
        'two live attempts',
        `${attempt} of ${task} begins on ${node} while ${other.attempt} runs on ${other.node}`,
      );
    if (this.tasks.has(attempt)) this.complain('an id used twice', `${attempt} begins again, on ${node}`);
    if (!this.isLive(attempt))
      this.complain('begun without a fact', `${attempt} of ${task} begins, and no fact says that it may`);
    this.running.set(task, { attempt, node });
    this.tasks.set(attempt, task);
    this.turns.set(task, this.turn(order) + 1);
    this.begun++;
  }

  ended(attempt: AttemptId, end: AttemptEnd): void {
    this.ends.set(attempt, end);
    const task = this.tasks.get(attempt);
    if (task !== undefined) this.running.delete(task);
  }

  endOf(attempt: AttemptId): AttemptEnd | undefined {
    return this.ends.get(attempt);
  }

  isRunning(): boolean {
    return this.running.size > 0;
  }
}
