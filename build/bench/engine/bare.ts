/** The least that any scheduler in this language does for a task: what the engine is compared with. */
import { codes } from '../../../electron/engine/counts';
import { millisecondsSince, seededRandom, workedMilliseconds } from '../measure';

export const bareLoop =
  'a bare loop: for each task two objects, Map set, get and delete, three typed array writes, ends in random order';

interface Assigned {
  readonly kind: 'assigned';
  readonly id: string;
  readonly task: number;
  readonly node: number;
}
interface Finished {
  readonly kind: 'finished';
  readonly id: string;
  readonly assigned: Assigned;
}

/** So many run at once, as in the farm that the engine is measured with; they end in any order. */
const running = 25_000;
const chunk = 1000;

export interface BareRun {
  /** Work for all tasks, in milliseconds. */
  readonly spent: number;
  /** How long each thousand of them took. */
  readonly thousands: readonly number[];
}

export function runBareLoop(tasks: number): BareRun {
  const random = seededRandom(3);
  const states = new Uint8Array(tasks);
  const tries = new Uint16Array(tasks);
  const nodes = new Uint16Array(tasks);
  const live = new Map<string, Assigned>();
  const ids: string[] = [];
  const thousands: number[] = [];
  let facts: (Assigned | Finished)[] = [];

  const assign = (task: number): void => {
    const assigned: Assigned = { kind: 'assigned', id: `a-benchmark-${task}`, task, node: task % 10_000 };
    live.set(assigned.id, assigned);
    ids.push(assigned.id);
    states[task] = codes.RUNNING;
    tries[task] = (tries[task] ?? 0) + 1;
    nodes[task] = assigned.node;
    facts.push(assigned);
  };
  const finish = (): void => {
    const at = Math.floor(random() * ids.length);
    const id = ids[at] ?? '';
    const last = ids.pop();
    if (last !== undefined && at < ids.length) ids[at] = last;
    const assigned = live.get(id);
    if (assigned === undefined) throw new Error(`${id} does not run`);
    live.delete(id);
    states[assigned.task] = codes.COMPLETED;
    facts.push({ kind: 'finished', id, assigned });
  };

  const worked = workedMilliseconds();
  let start = process.hrtime.bigint();
  for (let task = 0; task < tasks; task++) {
    if (ids.length >= running) finish();
    assign(task);
    if ((task + 1) % chunk !== 0) continue;
    thousands.push(millisecondsSince(start));
    facts = [];
    start = process.hrtime.bigint();
  }
  return { spent: workedMilliseconds() - worked, thousands };
}
