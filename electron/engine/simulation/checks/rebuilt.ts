import { isForOneOutcome } from '../../../../shared/model/dependency';
import type { Fact } from '../../facts';
import { noChanges } from '../../reduce/changes';
import { Reducer } from '../../reduce/reduce';
import { decodeState, encodeState } from '../../snapshot';
import { FarmState, taskState } from '../../state';
import type { Complain } from './complaint';
import { nameOf, type Ledger, type StepEntry, type Task } from './ledger';
import { difference, miscount, pictureOf } from './picture';
import { Transitions } from './transitions';
import { isReady } from './waits';

/** A state rebuilt from the durable facts alone, fact by fact: what every other way to a state must lead to. */
export class Rebuilt {
  readonly state = new FarmState();
  private readonly reducer = new Reducer(this.state);
  private readonly transitions: Transitions;

  constructor(
    private readonly ledger: Ledger,
    private readonly complain: Complain,
  ) {
    this.transitions = new Transitions(complain);
  }

  apply(fact: Fact): void {
    const changes = noChanges();
    this.reducer.apply(fact, changes);
    this.transitions.look(this.state, changes);
    this.compareTasks(fact);
  }

  /** The engine's own state, of which all is durable. */
  compareWith(live: FarmState): void {
    const { state } = this;
    const untrue = miscount(live);
    if (untrue !== null) this.complain('a wrong count', untrue);
    const [picture, bytes] = [pictureOf(state), encodeState(state)];
    const mustBeAsHere = (check: string, other: FarmState): void => {
      const differs = difference(pictureOf(other), picture) ?? differenceOfBytes(encodeState(other), bytes);
      if (differs !== null) this.complain(check, differs);
    };
    mustBeAsHere('the facts do not lead to the state', live);
    mustBeAsHere('the snapshot does not lead to the state', decodeState(bytes));
    this.transitions.lookForUntold(state);
  }

  /** The facts up to the moment of which it was taken: others may have come since. */
  compareSnapshot(bytes: Uint8Array, facts: readonly Fact[]): void {
    const state = new FarmState();
    const reducer = new Reducer(state);
    for (const fact of facts) reducer.apply(fact, noChanges());
    const differs = differenceOfBytes(bytes, encodeState(state));
    if (differs !== null) this.complain('the snapshot does not lead to the state', differs);
  }

  /** The states of all tasks against what the ledger makes of the facts. */
  private compareTasks(fact: Fact): void {
    for (const step of this.ledger.steps) {
      const record = this.state.jobs.get(step.job.id)?.steps[step.index];
      if (record === undefined) throw new Error(`step ${step.job.id}/${step.index} was not rebuilt`);
      step.tasks.forEach((task, index) => {
        const is = taskState(record, index);
        const expected = stateOf(step, task, index);
        if (is === expected || this.areBothRight(step, task, is)) return;
        this.complain(
          'a wrong task state',
          `${nameOf(step, index)} is ${is} after ${fact.kind}, and should be ${expected}`,
        );
      });
    }
  }

  /** Two edges that failed at the same time may say different things: either is right. */
  private areBothRight(step: StepEntry, task: Task, is: string): boolean {
    const failed = step.before.filter((edge) => edge.spec.onFailure === 'fail' && edge.failedFor.has(task));
    const kinds = new Set(
      failed.map(({ spec }) => (isForOneOutcome(spec.relation) ? 'cancelled' : 'failed')),
    );
    const other = is === 'FAILED' ? 'failed' : is === 'CANCELLED' ? 'cancelled' : null;
    if (kinds.size < 2 || other === null || task.state === 'waiting') return false;
    task.state = other;
    for (const edge of step.after) edge.known = null;
    return true;
  }
}

function stateOf(step: StepEntry, task: Task, index: number): string {
  if (task.state !== 'waiting') return task.state.toUpperCase();
  return isReady(step, index) ? 'QUEUED' : 'PENDING';
}

/** Where the bytes differ first, as text; null: they are the same. */
function differenceOfBytes(one: Uint8Array, other: Uint8Array): string | null {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  if (at === one.length && at === other.length) return null;
  const text = (bytes: Uint8Array): string =>
    new TextDecoder().decode(bytes.subarray(Math.max(0, at - 60), at + 100));
  return `${text(one)}\n  and\n${text(other)}`;
}
