import { mustBeLegal, nodeTransitions, reservationTransitions } from '../../../shared/model/states';
import type { AttemptEnd } from '../../../shared/model/attempt';
import { codes, countOf } from '../counts';
import { madeWay } from '../outcome';
import { deepen, layDepths } from '../dependencies/depth';
import { jobOf } from '../dependencies/edges';
import type { EdgeSpec, Fact, FactOf } from '../facts';
import { vectorOn } from '../resources/placement';
import {
  noFailures,
  type Edge,
  type FarmState,
  type JobRecord,
  type LiveAttempt,
  type TaskTrouble,
} from '../state';
import { addBatch, edgesOf } from './batches';
import { noChanges, type Changes } from './changes';
import { addEdge, applyLocks, classOf, removeEdge } from './edges';
import { batch, edge, job, node, stepOf, attempt, found } from './lookups';
import { addNode, applySettings, hold, nodeSeen, release, removeNode } from './nodes';
import { atOnce } from '../slices';
import { TaskMoves } from './tasks';
import { rememberChange } from './undo';

/** Applies facts to a state. Nothing else changes it. */
export class Reducer {
  private readonly moves: TaskMoves;
  /** The attempt that was assigned last. */
  newest: LiveAttempt | null = null;
  private changes = noChanges();

  constructor(readonly state: FarmState) {
    this.moves = new TaskMoves(state.waiting);
  }

  apply(fact: Fact, changes: Changes): void {
    const { state } = this;
    this.changes = changes;
    this.moves.begin(changes, fact.at);
    switch (fact.kind) {
      case 'taskAssigned':
        return this.taskAssigned(fact);
      case 'attemptFinished':
        return this.attemptFinished(fact);
      case 'attemptStopping': {
        const live = attempt(state, fact.attempt);
        live.stopping = fact.reason;
        return this.moves.touch(live.step.job);
      }
      case 'batchSubmitted':
        return this.batchSubmitted(fact);
      case 'batchEnded':
        batch(state, fact.id).ended = { at: fact.at, state: fact.state };
        changes.batches.add(fact.id);
        return;
      case 'jobCancelled':
        return this.jobCancelled(job(state, fact.job), fact.at);
      case 'jobRetried':
        return this.jobRetried(job(state, fact.job));
      case 'jobsHeld':
        rememberChange(state, fact);
        for (const id of fact.jobs)
          this.orderChanged(job(state, id)).held = { by: fact.by, why: fact.why, at: fact.at };
        return;
      case 'jobsReleased':
        rememberChange(state, fact);
        for (const id of fact.jobs) {
          const record = this.orderChanged(job(state, id));
          record.held = null;
          record.failedOn = noFailures;
        }
        return;
      case 'jobsOrdered':
        rememberChange(state, fact);
        for (const { job: id, priority, deadline } of fact.jobs)
          Object.assign(this.orderChanged(job(state, id)), { priority, deadline });
        return;
      case 'edgesChanged':
        return this.edgesChanged(fact);
      case 'edgeResolved': {
        const record = edge(state, fact.edge);
        record.resolved = fact.state;
        record.reason = fact.reason;
        record.files = fact.files;
        return this.moves.edgeChanged(record);
      }
      case 'settingsChanged':
        rememberChange(state, fact);
        state.settings = fact.settings;
        changes.settings = true;
        for (const record of state.nodeList) {
          applySettings(state, record);
          changes.nodes = true;
          changes.room.push(record.index);
        }
        return;
      case 'nodeAdded':
      case 'nodeRemoved': {
        const record = fact.kind === 'nodeAdded' ? addNode(state, fact) : node(state, fact.node);
        if (fact.kind === 'nodeRemoved') removeNode(state, record);
        changes.traits.add(record.index);
        changes.nodes = true;
        changes.room.push(record.index);
        return;
      }
      case 'nodeSeen': {
        const record = nodeSeen(state, fact);
        changes.traits.add(record.index);
        changes.nodes = true;
        changes.room.push(record.index);
        return;
      }
      case 'nodeStateChanged': {
        const record = node(state, fact.node);
        mustBeLegal(`node ${record.id}`, nodeTransitions, record.state, fact.state);
        record.state = fact.state;
        record.reason = fact.reason;
        if (fact.state !== 'MAINTENANCE' && fact.state !== 'ONLINE') record.reconciled = false;
        if (fact.state === 'ONLINE') {
          record.failedJobs = noFailures;
          record.setAside = null;
          record.setAsideUntil = null;
          state.asideForAWhile.delete(record);
        }
        if (fact.state === 'MAINTENANCE') {
          record.setAside = fact.reason;
          if (fact.until !== undefined) record.setAsideUntil = fact.until;
          if (record.setAsideUntil !== null) state.asideForAWhile.add(record);
        }
        changes.nodes = true;
        changes.room.push(record.index);
        return;
      }
      case 'nodeReconciled': {
        const record = node(state, fact.node);
        record.reconciled = true;
        changes.nodes = true;
        for (const live of record.attempts) this.moves.touch(live.step.job);
        return;
      }
      case 'tasksDue': {
        const step = stepOf(state, fact.job, fact.step);
        for (const task of fact.tasks) {
          step.waits.delete(task);
          this.moves.recheck(step, task);
        }
        if (step.waits.size === 0) state.waiting.delete(step);
        // Its state goes by whether any of its tasks is tried again, too.
        return this.moves.touch(step.job);
      }
      case 'valueReported':
        stepOf(state, fact.job, fact.step).values.set(fact.name, fact.value);
        changes.jobs.add(fact.job);
        return;
      case 'reservationMade':
        state.reservations.set(fact.reservation.id, fact.reservation);
        state.nextReservation = Math.max(state.nextReservation, fact.reservation.id + 1);
        changes.nodes = true;
        return;
      case 'reservationChanged':
        return this.reservationChanged(fact);
      case 'scheduleAdded': {
        const { id, name, by, rule, batch: spec, at } = fact;
        const record = {
          id,
          name,
          by,
          rule,
          batch: spec,
          dealtWith: at,
          queued: 0,
          last: null,
          latest: null,
        };
        state.schedules.set(id, record);
        state.nextSchedule++;
        return;
      }
      case 'scheduleRemoved':
        state.schedules.delete(fact.id);
        return;
      case 'scheduleFired': {
        const record = found(state.schedules.get(fact.id), 'schedule', fact.id);
        record.dealtWith = Math.max(record.dealtWith, fact.due);
        record.latest = { due: fact.due, outcome: fact.outcome };
        if (fact.outcome === 'queued') record.queued++;
        if (fact.outcome === 'submitted' && record.queued > 0) record.queued--;
      }
    }
  }

  private batchSubmitted(fact: FactOf<'batchSubmitted'>): void {
    const record = atOnce(addBatch(this.state, fact));
    if (record.schedule !== null) {
      const schedule = this.state.schedules.get(record.schedule);
      if (schedule !== undefined) schedule.last = record.id;
    }
    for (const spec of edgesOf(this.state, record.id, fact)) this.addEdge(spec);
    atOnce(layDepths(record.jobs.flatMap(({ steps }) => steps)));
    for (const created of record.jobs) for (const step of created.steps) this.moves.recheckAll(step);
    this.changes.batches.add(record.id);
    for (const created of record.jobs) this.changes.jobs.add(created.id);
  }

  private jobCancelled(record: JobRecord, at: number): void {
    record.cancelled = true;
    this.moves.together(() => {
      for (const step of record.steps) {
        step.waits.clear();
        this.state.waiting.delete(step);
        this.moves.moveAll(step, codes.PENDING, codes.CANCELLED);
        this.moves.moveAll(step, codes.QUEUED, codes.CANCELLED);
      }
    });
    record.endedAt = record.startedAt === null ? null : at;
    this.moves.touch(record);
  }

  private jobRetried(record: JobRecord): void {
    record.cancelled = false;
    record.endedAt = null;
    record.batch.ended = null;
    record.failedOn = noFailures;
    for (const step of record.steps) {
      step.trouble.clear();
      this.moves.moveAll(step, codes.FAILED, codes.PENDING);
      this.moves.moveAll(step, codes.CANCELLED, codes.PENDING);
    }
    for (const step of record.steps) {
      this.moves.recheckAll(step);
      this.moves.begunAnew(step);
    }
    this.orderChanged(record);
  }

  private orderChanged(record: JobRecord): JobRecord {
    for (const step of record.steps) this.changes.ready.add(step);
    this.moves.touch(record);
    return record;
  }

  private edgesChanged(fact: FactOf<'edgesChanged'>): void {
    const removed = fact.removed.map((id) => edge(this.state, id));
    for (const record of removed) this.removeEdge(record);
    const added = fact.added.map((spec) => this.addEdge(spec));
    rememberChange(
      this.state,
      fact,
      added.map(({ id }) => id),
      removed.map(({ spec }) => spec),
    );
    for (const record of removed) this.moves.edgeRemoved(record);
    for (const record of added) {
      deepen(record);
      this.moves.edgeChanged(record);
    }
    for (const record of [...removed, ...added]) this.moves.touch(jobOf(record.to));
  }

  private addEdge(spec: EdgeSpec): Edge {
    const record = addEdge(this.state, this.state.nextEdge, spec);
    this.noteEdge(record);
    return record;
  }

  private removeEdge(record: Edge): void {
    removeEdge(this.state, record);
    this.noteEdge(record);
  }

  private noteEdge(record: Edge): void {
    this.changes.edges.add(record);
    for (const step of applyLocks(this.state, record)) this.changes.ready.add(step);
  }

  private taskAssigned(fact: FactOf<'taskAssigned'>): void {
    const { state } = this;
    const step = stepOf(state, fact.job, fact.step);
    const { task, special } = fact;
    const on = node(state, fact.node);
    const requestClass = step.larger.get(task) ?? step.requestClass;
    const live: LiveAttempt = {
      id: fact.attempt,
      step,
      task,
      node: on,
      assignedAt: fact.at,
      requestClass,
      held: vectorOn(state, on, requestClass),
      placement: special?.placement ?? null,
      ofNode: requestClass.isPlain
        ? []
        : namesOf(requestClass.special).filter((name) => name in on.capacity.special),
      stopping: null,
    };
    const others = state.attempts.size;
    state.attempts.set(live.id, live);
    if (state.attempts.size === others) throw new Error(`the attempt id ${live.id} was given twice`);
    on.attempts.push(live);
    this.newest = live;
    hold(state, live);
    step.tries[task] = (step.tries[task] ?? 0) + 1;
    step.nodes[task] = on.index + 1;
    step.job.startedAt ??= fact.at;
    step.job.batch.startedAt ??= fact.at;
    this.moves.move(step, task, codes.RUNNING);
    if (isFull(step.job)) this.orderChanged(step.job);
    this.changes.nodes = true;
  }

  private attemptFinished(fact: FactOf<'attemptFinished'>): void {
    const { state } = this;
    const live = attempt(state, fact.attempt);
    const { step, task, node: on } = live;
    state.attempts.delete(live.id);
    on.attempts.splice(on.attempts.indexOf(live), 1);
    release(state, live);
    this.changes.nodes = true;
    this.changes.room.push(on.index);
    if (step.job.job.most !== null) this.orderChanged(step.job);
    this.remember(live, fact);
    if (fact.next === 'QUEUED' || fact.next === 'PENDING') {
      if (fact.memoryMiB !== null) step.larger.set(task, classOf(state, step, fact.memoryMiB));
      if (fact.until !== null) {
        step.waits.set(task, fact.until);
        state.waiting.add(step);
      }
      this.moves.move(step, task, this.moves.waitingState(step, task));
    } else {
      this.moves.move(step, task, codes[fact.next]);
    }
  }

  private remember(
    { step, task, node: on, assignedAt, stopping }: LiveAttempt,
    fact: FactOf<'attemptFinished'>,
  ): void {
    const { end, next, at, until } = fact;
    if (next === 'COMPLETED') {
      step.durations.add(at - assignedAt);
      on.failedJobs = noFailures;
      step.job.failedOn = noFailures;
      return;
    }
    if (next === 'CANCELLED' || madeWay({ stopping }, end)) return;
    const trouble: TaskTrouble = step.trouble.get(task) ?? {
      failures: 0,
      losses: 0,
      waitedMs: 0,
      exitCode: null,
    };
    step.trouble.set(task, trouble);
    if (end.kind === 'lost') {
      trouble.losses++;
    } else {
      trouble.failures++;
      trouble.exitCode = codeOf(end);
      on.failedJobs = new Set([...on.failedJobs, step.job.id]);
      step.job.failedOn = new Set([...step.job.failedOn, on.id]);
    }
    if (until !== null) trouble.waitedMs += Math.max(0, until - at);
  }

  private reservationChanged(fact: FactOf<'reservationChanged'>): void {
    const { reservations } = this.state;
    const record = found(reservations.get(fact.id), 'reservation', String(fact.id));
    mustBeLegal(`reservation ${fact.id}`, reservationTransitions, record.state, fact.state);
    if (fact.state === 'RELEASED' || fact.state === 'EXPIRED') reservations.delete(fact.id);
    else reservations.set(fact.id, { ...record, state: fact.state });
    const on = this.state.nodes.get(record.node);
    if (on !== undefined) this.changes.room.push(on.index);
    this.changes.nodes = true;
  }
}

const namesOf = (special: readonly (readonly [string, number])[]): readonly string[] =>
  special.map(([name]) => name);

/** So many of its tasks run that none of its steps has to be looked at, until one ends. */
const isFull = ({ job: { most }, counts }: JobRecord): boolean =>
  most !== null && countOf(counts, 'RUNNING') >= most;

const codeOf = (end: AttemptEnd): number | null => (end.kind === 'exited' ? end.code : null);
