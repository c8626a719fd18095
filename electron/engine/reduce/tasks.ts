import { taskStates, taskTransitions } from '../../../shared/model/states';
import { addTo, codes, countOf, totalOf } from '../counts';
import {
  edgesAfter,
  edgesBefore,
  edgeState,
  hasFailed,
  holdsAll,
  isReady,
  tasksAfter,
  waitsAsOne,
} from '../dependencies/readiness';
import { isJob, stepsOf } from '../dependencies/edges';
import { isForOneOutcome, type SingleMapping } from '../../../shared/model/dependency';
import type { Edge, JobRecord, StepRecord } from '../state';
import { noChanges, type Changes } from './changes';

const legal = taskStates.map((state) => new Set(taskTransitions[state].map((next) => codes[next])));

/** Anything else than the transitions of the model is a fault in Drover or its store. */
function mustBeLegal(from: number, to: number): void {
  if (legal[from]?.has(to) !== true)
    throw new Error(`a task cannot go from ${taskStates[from]} to ${taskStates[to]}`);
}

/** Nothing of it goes on now, and not all of it has completed. */
export function hasHalted({ counts, count }: StepRecord): boolean {
  if (countOf(counts, 'QUEUED') + countOf(counts, 'RUNNING') > 0) return false;
  return countOf(counts, 'COMPLETED') < count;
}

/** A task of a step, several, or all of them. */
type Ended = number | readonly number[] | 'all';

const hasFailedAsOne = (edge: Edge): boolean => edge.mapping === null && edgeState(edge) === 'FAILED';

/** One task less that its group waits for. */
function closeOne({ open, mapping }: Edge, task: number): void {
  if (open === null || mapping?.kind !== 'groups') return;
  const group = Math.floor(task / mapping.from);
  open[group] = (open[group] ?? 0) - 1;
}

/** Changes of task states, with all that follows from them: counts, queues, and the tasks that wait for them. */
export class TaskMoves {
  /** Ends that those after them have not been told of: a list, for a chain may be longer than the stack. */
  private readonly untold: { readonly step: StepRecord; readonly ended: Ended }[] = [];
  private telling = false;
  /** Noted already, and most facts of a pass are of the same few jobs. */
  private lastTouched: JobRecord | null = null;
  private changes = noChanges();
  private at = 0;

  /** `waiting`: steps with tasks that will be tried again. */
  constructor(private readonly waiting: Set<StepRecord>) {}

  /** Before each fact. */
  begin(changes: Changes, at: number): void {
    if (changes !== this.changes) this.lastTouched = null;
    this.changes = changes;
    this.at = at;
  }

  move(step: StepRecord, task: number, to: number): void {
    if (this.set(step, task, to) && to >= codes.COMPLETED) this.tellLater(step, task);
  }

  /** Tasks that had failed or were cancelled have completed: nothing fails by that but what was for their failure. */
  mend(step: StepRecord, tasks: readonly number[]): void {
    const edges = edgesAfter(step).map((edge) => ({ edge, had: hasFailedAsOne(edge) }));
    for (const task of tasks) {
      this.set(step, task, codes.COMPLETED);
      for (const { edge } of edges) closeOne(edge, task);
    }
    for (const { edge, had } of edges) this.edgeChanged(edge, !had && hasFailedAsOne(edge));
  }

  private set(step: StepRecord, task: number, to: number): boolean {
    const from = step.states[task] ?? 0;
    if (from === to) return false;
    mustBeLegal(from, to);
    step.states[task] = to;
    if (from === codes.QUEUED) this.dequeue(step, task);
    if (to === codes.QUEUED) this.enqueue(step, task);
    this.changes.tasks.note(step, task);
    this.count(step, from, to, 1);
    return true;
  }

  /** Every task of the step that is in one state goes to another. */
  moveAll(step: StepRecord, from: number, to: number): void {
    const moved = step.counts[from] ?? 0;
    if (moved === 0 || from === to) return;
    mustBeLegal(from, to);
    const some: number[] = [];
    if (moved === step.count) step.states.fill(to);
    else {
      for (let task = 0; task < step.count; task++) {
        if (step.states[task] !== from) continue;
        step.states[task] = to;
        if (to >= codes.COMPLETED) some.push(task);
      }
    }
    if (from === codes.QUEUED) {
      step.queued.clear();
      step.queuedLarger.clear();
      this.changes.ready.add(step);
    } else if (to === codes.QUEUED) {
      if (step.queued.size === 0) step.readySince = this.at;
      if (moved === step.count && step.larger.size === 0) step.queued.fill();
      else this.queueAnew(step);
      this.changes.ready.add(step);
    }
    this.changes.tasks.noteAll(step);
    this.count(step, from, to, moved);
    if (to >= codes.COMPLETED) this.tellLater(step, moved === step.count ? 'all' : some);
  }

  /** To be called when a task may have begun to wait, or need not any more. */
  recheck(step: StepRecord, task: number): void {
    const code = step.states[task];
    if (code !== codes.PENDING && code !== codes.QUEUED) return;
    const ready = !step.job.cancelled && isReady(step, task);
    this.move(step, task, ready ? codes.QUEUED : codes.PENDING);
  }

  recheckAll(step: StepRecord): void {
    const waiting = countOf(step.counts, 'PENDING') + countOf(step.counts, 'QUEUED');
    if (waiting === 0 || step.job.cancelled) return;
    this.changes.jobs.add(step.job.id);
    this.changes.batches.add(step.job.batch.id);
    if (edgesBefore(step).some((edge) => holdsAll(edge, step))) {
      this.moveAll(step, codes.QUEUED, codes.PENDING);
    } else if (waitsAsOne(step)) {
      this.moveAll(step, codes.PENDING, codes.QUEUED);
    } else {
      for (let task = 0; task < step.count; task++) this.recheck(step, task);
    }
  }

  /** What follows from these moves is seen to when all of them are done. */
  together(moves: () => void): void {
    this.telling = true;
    moves();
    this.telling = false;
    this.tellAll();
  }

  /** Ended tasks of the step wait again, and so does what was let go by their end. */
  begunAnew(step: StepRecord): void {
    for (const edge of edgesAfter(step)) {
      this.changes.edges.add(edge);
      for (const later of stepsOf(edge.to)) this.recheckAll(later);
    }
  }

  edgeRemoved(edge: Edge): void {
    this.changes.edges.add(edge);
    for (const step of stepsOf(edge.to)) this.recheckAll(step);
  }

  /** An edge was added, or resolved from outside. */
  edgeChanged(edge: Edge, isFollowed = edge.mapping !== null || hasFailedAsOne(edge)): void {
    this.changes.edges.add(edge);
    const { from } = edge;
    if (edge.endedAt === null && from !== null && countOf(from.counts, 'COMPLETED') === totalOf(from.counts))
      edge.endedAt = this.at;
    if (isFollowed) this.follow(edge);
    for (const step of stepsOf(edge.to)) this.recheckAll(step);
  }

  waitingState(step: StepRecord, task: number): number {
    return !step.job.cancelled && isReady(step, task) ? codes.QUEUED : codes.PENDING;
  }

  touch(record: JobRecord): void {
    if (record === this.lastTouched) return;
    this.lastTouched = record;
    this.changes.jobs.add(record.id);
    this.changes.batches.add(record.batch.id);
  }

  /** The scheduler has to look at all steps of the job again. */
  reorder(record: JobRecord): JobRecord {
    for (const step of record.steps) this.changes.ready.add(step);
    this.touch(record);
    return record;
  }

  /** Puts every QUEUED task of the step where the scheduler finds it. */
  private queueAnew(step: StepRecord): void {
    step.queuedLarger.clear();
    step.queued.setAll((task) => step.states[task] === codes.QUEUED && !step.larger.has(task));
    for (const task of step.larger.keys()) if (step.states[task] === codes.QUEUED) this.enqueue(step, task);
  }

  private enqueue(step: StepRecord, task: number): void {
    const larger = step.larger.size === 0 ? undefined : step.larger.get(task);
    if (step.queued.size === 0) step.readySince = this.at;
    // Of one that is in its line already only a deadline comes nearer by more to do.
    if (step.queued.size === 0 || step.job.deadline !== null) this.changes.ready.add(step);
    if (larger === undefined) step.queued.add(task);
    else {
      const queue = step.queuedLarger.get(larger);
      if (queue === undefined) step.queuedLarger.set(larger, new Set([task]));
      else queue.add(task);
      this.changes.ready.add(step);
    }
  }

  private dequeue(step: StepRecord, task: number): void {
    const larger = step.larger.size === 0 ? undefined : step.larger.get(task);
    if (larger === undefined) step.queued.delete(task);
    else {
      const queue = step.queuedLarger.get(larger);
      queue?.delete(task);
      if (queue?.size === 0) step.queuedLarger.delete(larger);
    }
    if (step.queued.size === 0) this.changes.ready.add(step);
  }

  private count(step: StepRecord, from: number, to: number, moved: number): void {
    const { job } = step;
    const { batch } = job;
    addTo(step.counts, from, -moved);
    addTo(step.counts, to, moved);
    if (hasHalted(step)) this.changes.halted.add(step);
    addTo(job.counts, from, -moved);
    addTo(job.counts, to, moved);
    addTo(batch.counts, from, -moved);
    addTo(batch.counts, to, moved);
    const waited = from <= codes.QUEUED ? 1 : 0;
    const waits = to <= codes.QUEUED ? 1 : 0;
    batch.tenant.queued += (waits - waited) * moved;
    if (waits === 1 && batch.ended !== null) batch.ended = null;
    job.endedAt = this.isOver(job) ? this.at : null;
    this.touch(job);
  }

  private isOver({ counts, startedAt }: JobRecord): boolean {
    return (
      startedAt !== null &&
      countOf(counts, 'PENDING') + countOf(counts, 'QUEUED') + countOf(counts, 'RUNNING') === 0
    );
  }

  private tellLater(step: StepRecord, ended: Ended): void {
    this.untold.push({ step, ended });
    if (!this.telling) this.tellAll();
  }

  private tellAll(): void {
    this.telling = true;
    for (let next = this.untold.pop(); next !== undefined; next = this.untold.pop())
      this.tell(next.step, next.ended);
    this.telling = false;
  }

  private tell(step: StepRecord, ended: Ended): void {
    for (const edge of edgesAfter(step)) {
      const { mapping } = edge;
      if (mapping === null) this.wholeEnded(edge);
      else if (typeof ended === 'number') this.ended(edge, mapping, step, ended);
      else if (ended !== 'all') for (const task of ended) this.ended(edge, mapping, step, task);
      else if (edge.resolved === null) {
        this.follow(edge);
        for (const later of stepsOf(edge.to)) this.recheckAll(later);
      }
    }
  }

  private ended(edge: Edge, mapping: SingleMapping, step: StepRecord, task: number): void {
    const completed = step.states[task] === codes.COMPLETED;
    if (completed) closeOne(edge, task);
    if (edge.resolved !== null || isJob(edge.to)) return;
    const { onFailure } = edge.spec;
    if (!completed && onFailure === 'hold') return;
    // The last of a group to end need not be the one that failed.
    const mayFail =
      onFailure === 'fail' && countOf(step.counts, 'FAILED') + countOf(step.counts, 'CANCELLED') > 0;
    if (mapping.kind === 'groups' && mapping.to === 1) {
      const only = Math.floor(task / mapping.from);
      if (only < edge.to.count) this.follows(edge, edge.to, only, mayFail);
    } else for (const later of tasksAfter(edge, task)) this.follows(edge, edge.to, later, mayFail);
  }

  private follows(edge: Edge, step: StepRecord, task: number, mayFail: boolean): void {
    if (mayFail) this.failIfWaiting(edge, step, task);
    this.recheck(step, task);
  }

  /** A task or all tasks before an edge ended that waits for all of them. */
  private wholeEnded(edge: Edge): void {
    const { from } = edge;
    if (from === null || edge.resolved !== null) return;
    const { counts } = from;
    const open = countOf(counts, 'PENDING') + countOf(counts, 'QUEUED') + countOf(counts, 'RUNNING');
    if (open > 0 || totalOf(counts) === 0) return;
    this.edgeChanged(edge);
  }

  /** What the later tasks of a failed edge become, as the edge says. */
  private follow(edge: Edge): void {
    if (edge.spec.onFailure !== 'fail') return;
    for (const step of stepsOf(edge.to)) {
      if (countOf(step.counts, 'PENDING') + countOf(step.counts, 'QUEUED') === 0) continue;
      for (let task = 0; task < step.count; task++) this.failIfWaiting(edge, step, task);
    }
  }

  private failIfWaiting(edge: Edge, step: StepRecord, task: number): void {
    const code = step.states[task];
    if (code !== codes.PENDING && code !== codes.QUEUED) return;
    if (!hasFailed(edge, task)) return;
    if (step.waits.delete(task) && step.waits.size === 0) this.waiting.delete(step);
    this.move(step, task, isForOneOutcome(edge.spec.relation) ? codes.CANCELLED : codes.FAILED);
  }
}
