/** What the passing of time brings about, as facts; and when to look again. */
import type { AttemptId, BatchId } from '../../shared/model/ids';
import type { Fact } from './facts';
import { edgeState } from './dependencies/readiness';
import { decideOverlap } from './time/overlap';
import { dueFirings } from './time/due';
import { nextFiring } from './time/timings';
import { isOpen, nextChange } from './time/windows';
import { countOf } from './counts';
import type { Changes } from './reduce/changes';
import { Heap } from './schedule/heap';
import { isNeedless } from './schedule/reservations';
import { dueStop, limitsOf } from './saving';
import type { Edge, FarmState, LiveAttempt, ScheduleRecord, StepRecord } from './state';

interface Timeout {
  readonly due: number;
  readonly attempt: AttemptId;
}

/** Follows from the state, so that it can be made anew at any time. */
export class Timekeeper {
  private readonly edges = new Set<Edge>();
  /** When a window changes or a schedule fires next takes a while to find out. */
  private readonly awaited = new Map<
    Edge | ScheduleRecord,
    { readonly after: number; readonly next: number | null }
  >();
  private readonly timeouts = new Heap<Timeout>((a, b) => a.due - b.due);
  private built = false;

  constructor(private readonly state: FarmState) {}

  /** Takes note of what facts touched. */
  note(changes: Changes): void {
    const { state } = this;
    if (!this.built) {
      this.built = true;
      for (const edge of state.edges.values()) this.noteEdge(edge);
      for (const live of state.attempts.values()) this.noteStart(live);
    }
    for (const edge of changes.edges) this.noteEdge(edge);
    changes.edges.clear();
  }

  noteStart(live: LiveAttempt): void {
    for (const due of limitsOf(live)) this.timeouts.push({ due, attempt: live.id });
    this.noteSaving(live);
  }

  noteSaving({ id, saving }: LiveAttempt): void {
    if (saving !== null) this.timeouts.push({ due: saving.until, attempt: id });
  }

  /** Every fact is applied by `emit` before the next is worked out. */
  run(
    at: number,
    outputFor: (id: BatchId, schedule: ScheduleRecord) => string,
    emit: (fact: Fact) => void,
  ): void {
    for (const step of [...this.state.waiting]) this.endWaits(step, at, emit);
    for (const edge of [...this.edges]) this.resolve(edge, at, emit);
    for (const reservation of [...this.state.reservations.values()]) {
      const { id, from, until, state } = reservation;
      if (at >= until) emit({ kind: 'reservationChanged', at, id, state: 'EXPIRED' });
      else if (isNeedless(this.state, reservation))
        emit({ kind: 'reservationChanged', at, id, state: 'RELEASED' });
      else if (at >= from && state === 'RESERVED')
        emit({ kind: 'reservationChanged', at, id, state: 'ACTIVE' });
    }
    for (const { id, state, setAsideUntil } of [...this.state.asideForAWhile])
      if (state === 'MAINTENANCE' && setAsideUntil !== null && setAsideUntil <= at)
        emit({ kind: 'nodeStateChanged', at, node: id, state: 'ONLINE', reason: null });
    for (const schedule of [...this.state.schedules.values()]) this.fire(schedule, at, outputFor, emit);
    this.endOverdue(at, emit);
  }

  /** Null: nothing is waited for. */
  next(at: number): number | null {
    let next = Infinity;
    const consider = (time: number | null): void => {
      if (time !== null && time < next) next = time;
    };
    for (const step of this.state.waiting) for (const until of step.waits.values()) consider(until);
    for (const edge of this.edges) consider(this.dueOf(edge, at));
    for (const { state, setAsideUntil } of this.state.asideForAWhile)
      if (state === 'MAINTENANCE') consider(setAsideUntil);
    for (const { from, until, state } of this.state.reservations.values())
      consider(state === 'RESERVED' ? from : until);
    for (const schedule of this.state.schedules.values())
      // The end of a run is the last of its pass: the run that waits for it comes in the next.
      consider(schedule.queued > 0 && !this.isRunning(schedule) ? at : this.nextFiring(schedule));
    consider(this.timeouts.first()?.due ?? null);
    return next === Infinity ? null : next;
  }

  private noteEdge(edge: Edge): void {
    const isTimed = edge.spec.relation.type === 'TEMPORAL' && this.state.edges.get(edge.id) === edge;
    const isOver =
      edge.resolved === 'BYPASSED' || (edge.resolved === 'SATISFIED' && ruleOf(edge)?.kind !== 'window');
    if (isTimed && !isOver) this.edges.add(edge);
    else {
      this.edges.delete(edge);
      this.awaited.delete(edge);
    }
  }

  /** When the clock decides about it next; null: not before something else has happened. */
  private dueOf(edge: Edge, at: number): number | null {
    const rule = ruleOf(edge);
    if (rule === null) return null;
    switch (rule.kind) {
      case 'notBefore':
        return rule.at;
      case 'window':
        return this.remembered(edge, at, () => nextChange(rule.window, at));
      case 'delay':
        return edge.endedAt === null || edgeState(edge) !== 'PENDING'
          ? null
          : edge.endedAt + rule.milliseconds;
    }
  }

  private nextFiring(schedule: ScheduleRecord): number | null {
    const { rule, dealtWith } = schedule;
    const known = this.awaited.get(schedule);
    if (known?.after === dealtWith) return known.next;
    const next = nextFiring(rule.timing, dealtWith);
    this.awaited.set(schedule, { after: dealtWith, next });
    return next;
  }

  /** As long as the clock stands between the last look and the next change. */
  private remembered(edge: Edge, at: number, find: () => number | null): number | null {
    const known = this.awaited.get(edge);
    if (known !== undefined && at >= known.after && (known.next === null || at < known.next))
      return known.next;
    const next = find();
    this.awaited.set(edge, { after: at, next });
    return next;
  }

  private endWaits(step: StepRecord, at: number, emit: (fact: Fact) => void): void {
    const tasks: number[] = [];
    for (const [task, until] of step.waits) if (until <= at) tasks.push(task);
    if (tasks.length > 0) emit({ kind: 'tasksDue', at, job: step.job.id, step: step.index, tasks });
  }

  private resolve(edge: Edge, at: number, emit: (fact: Fact) => void): void {
    const rule = ruleOf(edge);
    if (rule === null) return;
    const settle = (state: 'SATISFIED' | 'PENDING', reason: string): void =>
      emit({ kind: 'edgeResolved', at, edge: edge.id, state, files: [], reason });
    if (rule.kind === 'window') {
      const known = this.awaited.get(edge);
      if (
        edge.resolved !== null &&
        known !== undefined &&
        at >= known.after &&
        (known.next === null || at < known.next)
      )
        return;
      const open = isOpen(rule.window, at);
      const { opens, closes, timeZone } = rule.window;
      if (open !== (edge.resolved === 'SATISFIED'))
        settle(open ? 'SATISFIED' : 'PENDING', `${opens} to ${closes} ${timeZone}`);
      return;
    }
    const due = this.dueOf(edge, at);
    if (due !== null && due <= at) settle('SATISFIED', 'its time has come');
  }

  private fire(
    schedule: ScheduleRecord,
    at: number,
    outputFor: (id: BatchId, schedule: ScheduleRecord) => string,
    emit: (fact: Fact) => void,
  ): void {
    const { id, rule, by, name } = schedule;
    const submit = (due: number): void => {
      emit({ kind: 'scheduleFired', at, id, due, outcome: 'submitted' });
      const batchId: BatchId = `b${this.state.nextBatch}`;
      emit({
        kind: 'batchSubmitted',
        at,
        by,
        why: `schedule ${name}`,
        id: batchId,
        output: outputFor(batchId, schedule),
        batch: schedule.batch,
        schedule: id,
      });
    };
    const next = this.nextFiring(schedule);
    if ((next === null || at < next) && schedule.queued === 0) return;
    const { fire, skipped, upTo } = dueFirings(rule, schedule.dealtWith, at);
    for (const due of fire) {
      const isRunning = this.isRunning(schedule);
      const decision = decideOverlap(rule.overlap, isRunning, schedule.queued);
      if (decision === 'replace') this.cancelLast(schedule, at, emit);
      if (decision === 'submit' || decision === 'replace') submit(due);
      else emit({ kind: 'scheduleFired', at, id, due, outcome: decision === 'queue' ? 'queued' : 'skipped' });
    }
    if (skipped > 0 && upTo > schedule.dealtWith)
      emit({ kind: 'scheduleFired', at, id, due: upTo, outcome: 'skipped' });
    if (schedule.queued > 0 && !this.isRunning(schedule)) submit(schedule.dealtWith);
  }

  private isRunning({ last }: ScheduleRecord): boolean {
    return last !== null && this.state.batches.get(last)?.ended === null;
  }

  private cancelLast({ last, name }: ScheduleRecord, at: number, emit: (fact: Fact) => void): void {
    for (const job of last === null ? [] : (this.state.batches.get(last)?.jobs ?? [])) {
      const open =
        countOf(job.counts, 'PENDING') + countOf(job.counts, 'QUEUED') + countOf(job.counts, 'RUNNING');
      if (open > 0 && !job.cancelled)
        emit({ kind: 'jobCancelled', at, by: 'Drover', why: `schedule ${name} begins anew`, job: job.id });
    }
  }

  private endOverdue(at: number, emit: (fact: Fact) => void): void {
    for (
      let first = this.timeouts.first();
      first !== undefined && first.due <= at;
      first = this.timeouts.first()
    ) {
      this.timeouts.pop();
      const live = this.state.attempts.get(first.attempt);
      const fact = live === undefined ? null : dueStop(live, at);
      if (fact !== null) emit(fact);
    }
  }
}

const ruleOf = ({ spec: { relation } }: Edge) => (relation.type === 'TEMPORAL' ? relation.rule : null);
