import { aboutNode, type HistoryEntry } from '../../shared/model/history';
import { codes } from '../engine/counts';
import type { Fact } from '../engine/facts';
import type { Changes } from '../engine/reduce/changes';
import type { FarmState, NodeRecord, StepRecord } from '../engine/state';

/** After so long without another one, those that fail are told of anew. */
const quiet = 10 * 60_000;
const mostKept = 200;

interface Group {
  readonly number: number;
  readonly step: StepRecord;
  readonly node: NodeRecord;
  tasks: number;
  at: number;
}

/**
 * The tasks that failed since Drover was started, gathered: those of a job that fail on a node one after the other
 * are one entry, however many they are.
 */
export class FailureBook {
  /** By job and node; the one that failed last is the last. */
  private readonly groups = new Map<string, Group>();
  /** Of the tasks that have failed, with which try. */
  private readonly told = new WeakMap<StepRecord, Uint16Array>();
  private readonly ended: Group[] = [];
  private made = 0;

  constructor(private readonly state: () => FarmState) {}

  /** True: there is something new. */
  note(facts: readonly Fact[], changes: Changes): boolean {
    const last = facts.findLast((fact) => fact.kind === 'attemptFinished' && fact.next === 'FAILED');
    if (last === undefined) return false;
    const { at } = last;
    const before = this.made;
    for (const step of new Set(changes.tasks.stepsTouched())) this.noteStep(step, changes, at);
    return this.made > before;
  }

  /** The newest first. Their numbers are not those of the history: smaller than all of them. */
  entries(): readonly HistoryEntry[] {
    return [...this.ended, ...this.groups.values()].toSorted((a, b) => b.at - a.at).map(entryOf);
  }

  private noteStep(step: StepRecord, changes: Changes, at: number): void {
    const touched = changes.tasks.of(step);
    const tries = this.told.get(step) ?? new Uint16Array(step.count);
    this.told.set(step, tries);
    const tasks = touched === 'all' ? step.states.keys() : new Set(touched);
    for (const task of tasks) {
      const tried = step.tries[task] ?? 0;
      // Which fails with what it waited for was never tried.
      if (step.states[task] !== codes.FAILED || tried === 0 || tries[task] === tried) continue;
      tries[task] = tried;
      const node = this.state().nodeList[(step.nodes[task] ?? 0) - 1];
      // Of a whole step that was changed at once nobody knows which failed just now.
      if (node !== undefined && touched !== 'all') this.add(step, node, at);
    }
  }

  private add(step: StepRecord, node: NodeRecord, at: number): void {
    const place = `${step.job.id} ${node.id}`;
    const last = this.groups.get(place);
    this.groups.delete(place);
    this.made++;
    if (last !== undefined && at - last.at < quiet) {
      last.tasks++;
      last.at = at;
      this.groups.set(place, last);
      return;
    }
    if (last !== undefined) this.ended.push(last);
    this.groups.set(place, { number: -this.made, step, node, tasks: 1, at });
    const [oldest] = this.groups.keys();
    if (this.groups.size > mostKept && oldest !== undefined) this.groups.delete(oldest);
    if (this.ended.length > mostKept) this.ended.shift();
  }
}

function entryOf({ number, step, node, tasks, at }: Group): HistoryEntry {
  const { id, batch } = step.job;
  return {
    number,
    at,
    by: null,
    why: null,
    what: `${tasks} ${tasks === 1 ? 'task' : 'tasks'} of ${id} failed on ${node.name}`,
    about: [id, batch.id, aboutNode(node.id)],
  };
}
