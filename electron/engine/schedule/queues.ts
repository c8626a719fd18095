import type { RequestClass } from '../resources/classes';
import type { FarmState, StepRecord } from '../state';
import { countOf } from '../counts';
import { scoreOf } from './order';

/** Tasks of one step that ask for the same. */
export interface Entry {
  readonly step: StepRecord;
  readonly requestClass: RequestClass;
  /** Null: those that ask for what the step asks for. */
  readonly larger: ReadonlySet<number> | null;
  readonly score: number;
  /** Among those with the same score. */
  readonly place: number;
}

/** Entries that ask for the same, in order. */
export interface Line {
  readonly requestClass: RequestClass;
  readonly entries: Entry[];
}

/** The lines of a tenant, or of all where shares do not matter. */
export interface Group {
  readonly name: string;
  readonly lines: Map<RequestClass, Line>;
}

/** Steps with tasks that may start, always in order, so that a pass need not sort. */
export class Queues {
  readonly groups = new Map<string, Group>();
  private readonly present = new Map<StepRecord, readonly Entry[]>();
  private readonly timed = new Set<StepRecord>();
  private ordered = 0;

  constructor(private readonly state: FarmState) {}

  /** Everything anew: after a start, and when the order is another one. */
  rebuild(at: number): void {
    this.groups.clear();
    this.present.clear();
    this.timed.clear();
    for (const job of this.state.jobs.values()) for (const step of job.steps) this.update(step, at);
  }

  /** Deadlines come nearer while nothing happens. */
  refresh(at: number): void {
    if (Math.abs(at - this.ordered) < 10_000) return;
    this.ordered = at;
    for (const step of [...this.timed]) this.update(step, at);
  }

  update(step: StepRecord, at: number): void {
    const { job } = step;
    const full = job.job.most !== null && countOf(job.counts, 'RUNNING') >= job.job.most;
    const entries: Entry[] = [];
    if (job.held === null && !job.cancelled && !full && step.counts[1] !== 0) {
      const score = scoreOf(step, this.state.settings.order, at);
      const { place } = job.rank;
      if (step.queued.size > 0)
        entries.push({ step, requestClass: step.requestClass, larger: null, score, place });
      for (const [requestClass, larger] of step.queuedLarger)
        entries.push({ step, requestClass, larger, score, place });
    }
    if (entries.length > 0 && job.deadline !== null) this.timed.add(step);
    else this.timed.delete(step);
    const before = this.present.get(step) ?? none;
    if (areSame(before, entries)) return;
    for (const entry of before) this.remove(entry);
    for (const entry of entries) this.insert(entry);
    if (entries.length > 0) this.present.set(step, entries);
    else this.present.delete(step);
  }

  /** How many steps come before this one of those that ask for the same. */
  placeOf(step: StepRecord): number {
    const [entry] = this.present.get(step) ?? [];
    return entry === undefined ? -1 : (this.lineOf(entry)?.entries.indexOf(entry) ?? -1);
  }

  groupOf(step: StepRecord): string {
    return this.state.settings.order.fairShare ? step.job.batch.tenant.name : '';
  }

  private insert(entry: Entry): void {
    const name = this.groupOf(entry.step);
    const group = this.groups.get(name) ?? { name, lines: new Map<RequestClass, Line>() };
    this.groups.set(name, group);
    const { requestClass } = entry;
    const line = group.lines.get(requestClass) ?? { requestClass, entries: [] };
    group.lines.set(requestClass, line);
    line.entries.splice(placeIn(line.entries, entry), 0, entry);
  }

  private remove(entry: Entry): void {
    const line = this.lineOf(entry);
    if (line === undefined) return;
    const at = placeIn(line.entries, entry);
    if (line.entries[at] === entry) line.entries.splice(at, 1);
    if (line.entries.length > 0) return;
    const group = this.groups.get(this.groupOf(entry.step));
    group?.lines.delete(entry.requestClass);
    if (group?.lines.size === 0) this.groups.delete(group.name);
  }

  private lineOf(entry: Entry): Line | undefined {
    return this.groups.get(this.groupOf(entry.step))?.lines.get(entry.requestClass);
  }
}

const none: readonly Entry[] = [];

const areSame = (some: readonly Entry[], others: readonly Entry[]): boolean =>
  some.length === others.length &&
  some.every(({ requestClass, larger, score, place }, index) => {
    const other = others[index];
    return (
      other?.requestClass === requestClass &&
      other.larger === larger &&
      other.score === score &&
      other.place === place
    );
  });

export function nextTask({ step, larger }: Entry): number {
  if (larger === null) return step.queued.first();
  for (const task of larger) return task;
  return -1;
}

/** First come, first served among equals, as long as nobody has moved one. */
export function compareEntries(a: Entry, b: Entry): number {
  return a.score - b.score || a.place - b.place || a.step.index - b.step.index;
}

function placeIn(entries: readonly Entry[], entry: Entry): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = entries[middle];
    if (other !== undefined && compareEntries(other, entry) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
