import { checkpointNumber } from '../../../shared/model/checkpoint';
import { mustBeLegal, nodeTransitions, reservationTransitions } from '../../../shared/model/states';
import { codes } from '../counts';
import { deepen, layDepths } from '../dependencies/depth';
import { jobOf } from '../dependencies/edges';
import type { EdgeSpec, Fact, FactOf } from '../facts';
import { forkedStep } from '../forks';
import {
  noFailures,
  type Edge,
  type FarmState,
  type JobRecord,
  type LiveAttempt,
  type NodeRecord,
  type StepRecord,
} from '../state';
import { AttemptMoves } from './attempts';
import { addBatch, edgesOf } from './batches';
import { noChanges, type Changes } from './changes';
import { addEdge, applyLocks, keepOff, removeEdge } from './edges';
import { batch, edge, job, node, stepOf, attempt, found } from './lookups';
import { addNode, applySettings, nodeSeen, removeNode } from './nodes';
import { atOnce } from '../slices';
import { isAskedFor } from '../saving';
import { cancelTasks, retryTasks, skipTasks } from './some-tasks';
import { TaskMoves } from './tasks';
import { rememberChange } from './undo';

/** Applies facts to a state. Nothing else changes it. */
export class Reducer {
  private readonly moves: TaskMoves;
  private readonly attempts: AttemptMoves;
  private changes = noChanges();

  constructor(readonly state: FarmState) {
    this.moves = new TaskMoves(state.waiting);
    this.attempts = new AttemptMoves(state, this.moves);
  }

  apply(fact: Fact, changes: Changes): void {
    const { state } = this;
    this.changes = changes;
    this.moves.begin(changes, fact.at);
    switch (fact.kind) {
      case 'taskAssigned':
        this.assign(fact, stepOf(state, fact.job, fact.step), node(state, fact.node), changes);
        return;
      case 'attemptFinished':
        return this.finish(fact, attempt(state, fact.attempt), changes);
      case 'attemptStopping': {
        const live = attempt(state, fact.attempt);
        const saving = fact.saving === undefined ? null : { since: fact.at, until: fact.saving.until };
        state.attempts.stop(fact.attempt, fact.reason, saving);
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
      case 'tasksCancelled':
        return cancelTasks(state, this.moves, stepOf(state, fact.job, fact.step), fact);
      case 'tasksRetried':
        return retryTasks(state, this.moves, stepOf(state, fact.job, fact.step), fact);
      case 'tasksSkipped':
        return skipTasks(state, this.moves, stepOf(state, fact.job, fact.step), fact);
      case 'jobsHeld':
        rememberChange(state, fact);
        for (const id of fact.jobs)
          this.moves.reorder(job(state, id)).held = { by: fact.by, why: fact.why, at: fact.at };
        return;
      case 'jobsReleased':
        rememberChange(state, fact);
        for (const id of fact.jobs) {
          const record = this.moves.reorder(job(state, id));
          record.held = null;
          record.failedOn = noFailures;
        }
        return;
      case 'jobsOrdered':
        rememberChange(state, fact);
        for (const { job: id, priority, deadline } of fact.jobs)
          Object.assign(this.moves.reorder(job(state, id)), { priority, deadline });
        return;
      case 'jobsMoved':
        rememberChange(state, fact);
        for (const { job: id, rank } of fact.ranks) this.moves.reorder(job(state, id)).rank = rank;
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
        for (const live of state.attempts.on(record)) this.moves.touch(live.step.job);
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
      case 'checkpointFound': {
        const { id, job: of, step, task, madeAt } = fact.checkpoint;
        const record = stepOf(state, of, step);
        record.saved.set(task, { checkpoint: id, madeAt });
        const live = state.attempts.get(fact.checkpoint.attempt);
        if (live !== undefined && live.saving !== null && isAskedFor(live, madeAt))
          record.savingMs = Math.max(record.savingMs ?? 0, fact.at - live.saving.since);
        state.nextCheckpoint = Math.max(state.nextCheckpoint, checkpointNumber(id) + 1);
        changes.jobs.add(of);
        return;
      }
      case 'checkpointBroken': {
        const { saved } = stepOf(state, fact.job, fact.step);
        if (fact.newest === null) saved.delete(fact.task);
        else saved.set(fact.task, fact.newest);
        changes.jobs.add(fact.job);
        return;
      }
      case 'checkpointChosen':
        stepOf(state, fact.job, fact.step).saved.set(fact.task, fact.chosen);
        changes.jobs.add(fact.job);
        return;
      case 'checkpointTagged':
      case 'checkpointNoted':
      case 'checkpointsDropped':
      case 'attemptWentOn':
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

  /** As `apply`, by who knows what the fact names. */
  assign(fact: FactOf<'taskAssigned'>, step: StepRecord, on: NodeRecord, changes: Changes): LiveAttempt {
    this.moves.begin(changes, fact.at);
    return this.attempts.assign(fact, step, on, changes);
  }

  /** As `apply`, by who knows the attempt. */
  finish(fact: FactOf<'attemptFinished'>, live: LiveAttempt, changes: Changes): void {
    this.moves.begin(changes, fact.at);
    this.attempts.finish(fact, live, changes);
  }

  private batchSubmitted(fact: FactOf<'batchSubmitted'>): void {
    const record = atOnce(addBatch(this.state, fact));
    if (record.schedule !== null) {
      const schedule = this.state.schedules.get(record.schedule);
      if (schedule !== undefined) schedule.last = record.id;
    }
    const { fork } = fact.batch;
    if (fork !== undefined)
      forkedStep(record)?.saved.set(0, { checkpoint: fork.checkpoint, madeAt: fork.madeAt });
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
      for (const [task, { avoids }] of step.larger)
        if (avoids !== null && hasEnded(step, task)) keepOff(this.state, step, task, null);
      this.moves.moveAll(step, codes.FAILED, codes.PENDING);
      this.moves.moveAll(step, codes.CANCELLED, codes.PENDING);
    }
    for (const step of record.steps) {
      this.moves.recheckAll(step);
      this.moves.begunAnew(step);
    }
    this.moves.reorder(record);
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

const hasEnded = ({ states }: StepRecord, task: number): boolean =>
  states[task] === codes.FAILED || states[task] === codes.CANCELLED;
