/** The engine's own core on a clock that does not wait: one way in which the farm may go on. */
import type { Refusal } from '../../../shared/ipc/errors';
import type { AttemptEnd } from '../../../shared/model/attempt';
import { meeting } from '../../../shared/model/dependency';
import { bases, type Basis } from '../../../shared/model/forecast';
import type { AttemptId, JobId } from '../../../shared/model/ids';
import { edgesAfter, isSettled } from '../dependencies/readiness';
import type { Effect } from '../effects';
import { Pass, type Core } from '../pass';
import { Reducer } from '../reduce/reduce';
import type { Report } from '../reports';
import { Scheduler } from '../schedule/scheduler';
import type { FarmState, JobRecord, LiveAttempt, StepRecord } from '../state';
import { Timekeeper } from '../timekeeper';
import { Calendar } from './calendar';
import { durationOf, endOf, openTasks, type Expectation, type Expectations } from './expectations';
import { TimeGrid } from './grid';
import { UseOverTime } from './node-use';
import { isAway } from './stuck';

export interface RunOptions {
  /** All goes badly: the run from which the late end of the band comes. */
  readonly isLate: boolean;
  /** No further than this. */
  readonly until: number;
  /** With so many open tasks or fewer, nothing is moved to the grid. */
  readonly mostExact: number;
  readonly progress: (attempt: AttemptId) => number | null;
  /** Told of each task that ends, in the order in which they do. */
  readonly onEnd: (live: LiveAttempt, end: number) => void;
  /** What is changed before it begins. */
  readonly prepare: (pass: Pass, state: FarmState) => Refusal | null;
}

interface Ending {
  readonly attempt: AttemptId;
  readonly end: AttemptEnd;
}

export interface Course {
  readonly record: JobRecord;
  start: number | null;
  end: number | null;
  /** The worst of its open steps. */
  readonly basis: Basis;
}

/** So many batches of schedules are let come, since they might come for ever. */
const mostFirings = 200;
const reportsBetweenYields = 32;
/** In one pass, which is not interrupted. */
const mostAssignments = 64;
/** Of what has hardly begun, nobody knows how it goes on. */
const leastTold = 0.02;
/** The last part of a task may be slower than the first. */
const lateRest = 1.5;
const done: AttemptEnd = { kind: 'exited', code: 0 };
const stopped: AttemptEnd = { kind: 'stopped' };

/** Durations are the forecast's business: no step takes longer than it may. */
class NoTimeouts extends Timekeeper {
  override noteStart(): void {}
}

export class Run {
  /** Of the jobs that have not ended. */
  readonly courses = new Map<JobId, Course>();
  readonly use: UseOverTime;
  readonly tasks: Record<Basis, number> = { progress: 0, step: 0, earlier: 0, job: 0, kind: 0, guess: 0 };
  readonly scheduler: Scheduler;
  /** More would have happened after `until`. */
  isCut = false;
  now: number;
  private readonly core: Core;
  private readonly ends = new Calendar<Ending>();
  private readonly known = new Map<StepRecord, Expectation>();
  private grid: TimeGrid | null = null;
  private reports: Report[] = [];
  private open = 0;
  private firings = 0;
  private attempts = 0;

  /** The state is changed: it must be a copy. */
  constructor(
    readonly state: FarmState,
    readonly at: number,
    private readonly expectations: Expectations,
    private readonly options: RunOptions,
  ) {
    this.now = at;
    this.use = new UseOverTime(at);
    this.scheduler = new Scheduler(state, mostAssignments);
    this.core = {
      state,
      reducer: new Reducer(state),
      scheduler: this.scheduler,
      timekeeper: new NoTimeouts(state),
      ids: { attempt: () => `a-forecast-${++this.attempts}` },
      outputFor: () => '',
    };
  }

  /** What is refused of the preparations, or null: it has run to its end. */
  *go(): Generator<undefined, Refusal | null> {
    let pass = new Pass(this.core, this.at);
    const refusal = this.options.prepare(pass, this.state);
    if (refusal !== null) return refusal;
    yield* this.begin();
    while (this.open > 0) {
      yield* this.endDue(pass);
      pass.finish();
      this.follow(pass);
      yield;
      if (!pass.more && this.reports.length === 0) {
        const next = this.nextTime();
        this.isCut = next !== null && next > this.options.until;
        if (next === null || this.isCut) return null;
        this.now = next;
      }
      pass = new Pass(this.core, this.now);
      for (const report of this.reports.splice(0)) pass.report(report);
      if (this.firings > mostFirings) this.endSchedules(pass);
    }
    return null;
  }

  private expectation(step: StepRecord): Expectation {
    const known = this.known.get(step) ?? this.expectations.of(step);
    this.known.set(step, known);
    return known;
  }

  private *begin(): Generator<undefined, void> {
    let open = 0;
    const telling = new Map<StepRecord, number>();
    for (const live of this.state.attempts.values())
      if (this.told(live) !== null) telling.set(live.step, (telling.get(live.step) ?? 0) + 1);
    for (const record of this.state.jobs.values()) {
      if (isSettled(record.counts)) continue;
      let worst = 0;
      for (const step of record.steps) {
        const tasks = openTasks(step.counts);
        if (tasks === 0) continue;
        const basis = telling.get(step) === tasks ? 'progress' : this.expectation(step).basis;
        this.tasks[basis] += tasks;
        worst = Math.max(worst, bases.indexOf(basis));
        open += tasks;
      }
      const basis = bases[worst] ?? 'guess';
      this.courses.set(record.id, { record, start: record.startedAt, end: null, basis });
      yield;
    }
    this.open = this.courses.size;
    if (open > this.options.mostExact) this.grid = new TimeGrid(this.at);
    for (const live of this.state.attempts.values()) if (!isAway(live)) this.expect(live);
  }

  private *endDue(pass: Pass): Generator<undefined, void> {
    let reported = 0;
    for (const { attempt, end } of this.ends.take(this.now)) {
      const live = this.state.attempts.get(attempt);
      // It has been stopped since, or is being stopped: that end has its own entry.
      if (live === undefined || (live.stopping !== null) !== (end === stopped)) continue;
      if (!this.options.isLate) this.use.add(live, this.now);
      this.options.onEnd(live, this.now);
      if (end === done) this.tellValues(live, pass);
      pass.report({ kind: 'attemptEnded', attempt, end });
      if (++reported % reportsBetweenYields === 0) yield;
    }
  }

  /** When work tells what others wait for, nobody knows; that it does is what it is for. */
  private tellValues({ id, step }: LiveAttempt, pass: Pass): void {
    for (const { spec, resolved } of edgesAfter(step)) {
      const { relation } = spec;
      if (resolved !== null || relation.type !== 'CONDITIONAL' || relation.condition.kind !== 'value')
        continue;
      const { name, is, than } = relation.condition;
      pass.report({ kind: 'valueReported', attempt: id, name, value: meeting(is, than) });
    }
  }

  /** What the outside would have done. */
  private follow(pass: Pass): void {
    for (const effect of pass.effects) this.perform(effect);
    if (this.state.schedules.size > 0)
      for (const fact of pass.facts)
        if (fact.kind === 'batchSubmitted' && fact.schedule !== null) this.firings++;
    for (const id of pass.changes.jobs) {
      const course = this.courses.get(id);
      if (course === undefined || course.end !== null) continue;
      course.start ??= course.record.startedAt;
      if (!isSettled(course.record.counts)) continue;
      course.end = this.now;
      this.open--;
    }
  }

  private perform(effect: Effect): void {
    switch (effect.kind) {
      case 'startAttempt':
        return this.expect(effect.live);
      case 'saveAttempt':
      case 'stopAttempt':
        this.ends.add(this.now, { attempt: effect.attempt, end: stopped });
        return;
      case 'lookForFiles':
        this.reports.push({ kind: 'filesLookedFor', edge: effect.edge, files: [], problem: null });
        return;
      case 'reconcile':
        this.reports.push({ kind: 'reconciled', node: effect.node });
        return;
      case 'batchEnded':
    }
  }

  /** When it ends by what it says of itself, if it has said enough; null: it has not. */
  private told({ id, assignedAt, stopping }: LiveAttempt): number | null {
    if (stopping !== null || assignedAt >= this.at) return null;
    const part = this.options.progress(id);
    if (part === null || part < leastTold) return null;
    const rest = ((this.at - assignedAt) * (1 - part)) / part;
    return this.at + rest * (this.options.isLate ? lateRest : 1);
  }

  private expected({ step, task, assignedAt }: LiveAttempt): number {
    const expectation = this.expectation(step);
    const usual =
      assignedAt < this.at
        ? endOf(expectation, task, { at: this.at, assignedAt })
        : assignedAt + durationOf(expectation, task);
    return usual + (this.options.isLate ? expectation.late : 0);
  }

  private expect(live: LiveAttempt): void {
    const { step, assignedAt, id, stopping } = live;
    if (stopping !== null) return this.ends.add(this.now, { attempt: id, end: stopped });
    const { timeoutMs } = step.step;
    const wished = this.told(live) ?? this.expected(live);
    const end = Math.min(wished, timeoutMs === null ? Infinity : assignedAt + timeoutMs);
    const due = this.grid === null ? Math.round(end) : this.grid.moved(end, step);
    this.ends.add(Math.max(this.now, due), { attempt: id, end: done });
  }

  private nextTime(): number | null {
    const end = this.ends.next() ?? Infinity;
    const change = this.core.timekeeper.next(this.now);
    const next = Math.min(end, change === null ? Infinity : Math.max(change, this.now + 1));
    return next === Infinity ? null : next;
  }

  private endSchedules(pass: Pass): void {
    for (const schedule of [...this.state.schedules.keys()])
      pass.command({ kind: 'unschedule', by: 'Drover', schedule });
    this.firings = 0;
  }
}
