/** The least that any scheduler in this language does for a task: what the engine is compared with. */
import { millisecondsSince } from '../measure';

export const bareLoop =
  'a bare loop: for each task two objects, Map set, get and delete, three typed array writes';

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

/** So many run at once, as in the farm that the engine is measured with. */
const running = 25_000;
const chunk = 1000;

/** Milliseconds for each thousand tasks. */
export function runBareLoop(tasks: number): readonly number[] {
  const states = new Uint8Array(tasks);
  const tries = new Uint16Array(tasks);
  const nodes = new Uint16Array(tasks);
  const live = new Map<string, Assigned>();
  const times: number[] = [];
  let facts: (Assigned | Finished)[] = [];
  let start = process.hrtime.bigint();
  for (let task = 0; task < tasks + running; task++) {
    if (task < tasks) {
      const assigned: Assigned = { kind: 'assigned', id: `a-benchmark-${task}`, task, node: task % 10_000 };
      live.set(assigned.id, assigned);
      states[task] = 2;
      tries[task] = (tries[task] ?? 0) + 1;
      nodes[task] = assigned.node;
      facts.push(assigned);
    }
    const id = `a-benchmark-${task - running}`;
    const assigned = live.get(id);
    if (assigned !== undefined) {
      live.delete(id);
      states[assigned.task] = 3;
      facts.push({ kind: 'finished', id, assigned });
    }
    if ((task + 1) % chunk !== 0) continue;
    times.push(millisecondsSince(start));
    facts = [];
    start = process.hrtime.bigint();
  }
  return times;
}
