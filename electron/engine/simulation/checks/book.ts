import { isForOneOutcome } from '../../../../shared/model/dependency';
import type { JobId } from '../../../../shared/model/ids';
import type { Fact, FactOf } from '../../facts';
import { filesAreThere } from '../behaviour';
import type { Complain } from './complaint';
import {
  nameOf,
  type AttemptEntry,
  type EdgeEntry,
  type JobEntry,
  type Ledger,
  type StepEntry,
  type Task,
} from './ledger';
import { enterNode } from './nodes';
import { problemWithOutcome } from './outcomes';
import { isOfNodes, namedAmounts, problemWithPlace } from './room';
import type { Truth } from './truth';
import { isFailedFor, isMetBy, isReady, problemWithResolution } from './waits';

/** Who is stopped for others so often is stopped for nothing. */
const mostPreempted = 40;

/** Enters facts into the ledger, one by one, and checks each against what is there. */
export class Book {
  private readonly dirty = new Set<EdgeEntry>();

  constructor(
    private readonly ledger: Ledger,
    private readonly truth: Truth,
    private readonly seed: number,
    private readonly complain: Complain,
  ) {}

  enter(fact: Fact): void {
    this.apply(fact);
    this.followUp(fact.at);
  }

  /** After the facts of one pass. */
  close(): void {
    for (const edge of this.ledger.edges.values()) {
      if (edge.isMet && edge.resolved === null)
        this.complain('a value was missed', `edge ${edge.id} waits for one that was reported`);
    }
  }

  private apply(fact: Fact): void {
    const { ledger } = this;
    switch (fact.kind) {
      case 'batchSubmitted':
        ledger.addBatch(fact.id, fact.batch, fact.by);
        return;
      case 'taskAssigned':
        return this.assigned(fact);
      case 'attemptStopping': {
        const attempt = ledger.attempts.get(fact.attempt);
        if (attempt === undefined) return;
        const { saving } = attempt;
        if (saving !== null && fact.reason !== 'cancelled' && !saving.hasSaved && fact.at < saving.until)
          this.complain('stopped before it had saved', `${fact.attempt}, which had time for it`);
        attempt.stopping = fact.reason;
        attempt.saving =
          fact.saving === undefined ? null : { since: fact.at, until: fact.saving.until, hasSaved: false };
        return;
      }
      case 'attemptFinished':
        return this.finished(fact);
      case 'jobCancelled':
        return this.cancelled(fact);
      case 'jobRetried':
        return this.retried(fact);
      case 'tasksCancelled':
        return this.tasksCancelled(fact);
      case 'tasksRetried':
        return this.tasksRetried(fact);
      case 'tasksSkipped':
        return this.tasksSkipped(fact);
      case 'jobsHeld':
      case 'jobsReleased':
        for (const id of fact.jobs) this.jobOf(id).held = fact.kind === 'jobsHeld';
        return;
      case 'edgesChanged':
        for (const id of fact.removed) ledger.removeEdge(id);
        for (const spec of fact.added) this.dirty.add(ledger.addEdge(spec));
        return;
      case 'edgeResolved':
        return this.resolved(fact);
      case 'settingsChanged':
        ledger.settings = fact.settings;
        return;
      case 'nodeAdded':
      case 'nodeRemoved':
      case 'nodeSeen':
      case 'nodeStateChanged':
        return enterNode(ledger, fact, this.complain);
      case 'tasksDue':
        return this.due(fact);
      case 'valueReported':
        for (const edge of ledger.stepOf(fact.job, fact.step).after)
          if (edge.resolved === null && isMetBy(edge, fact.name, fact.value)) edge.isMet = true;
        return;
      case 'reservationMade':
        ledger.reservations.set(fact.reservation.id, fact.reservation);
        return;
      case 'reservationChanged':
        if (fact.state === 'RELEASED' || fact.state === 'EXPIRED') ledger.reservations.delete(fact.id);
        return;
      case 'scheduleAdded':
        ledger.schedules.add(fact.id);
        return;
      case 'scheduleRemoved':
        ledger.schedules.delete(fact.id);
        return;
      case 'checkpointFound': {
        const saving = ledger.attempts.get(fact.checkpoint.attempt)?.saving ?? null;
        if (saving !== null && fact.checkpoint.madeAt >= saving.since - 1000) saving.hasSaved = true;
        return;
      }
      case 'batchEnded':
      case 'jobsOrdered':
      case 'jobsMoved':
      case 'nodeReconciled':
      case 'scheduleFired':
      case 'checkpointBroken':
      case 'checkpointChosen':
      case 'checkpointTagged':
      case 'checkpointNoted':
      case 'checkpointsDropped':
      case 'attemptWentOn':
    }
  }

  private assigned({ attempt: id, job, step: index, task: at, node, special }: FactOf<'taskAssigned'>): void {
    const { ledger } = this;
    const step = ledger.stepOf(job, index);
    const task = taskAt(step, at);
    const what = nameOf(step, at);
    if (ledger.used.has(id)) this.complain('an id used twice', `${id} for ${what}`);
    ledger.used.add(id);
    if (task.state !== 'waiting')
      this.complain('two live attempts', `${what} is assigned while it is ${task.state}`);
    if (step.job.cancelled || step.job.held)
      this.complain('started although cancelled or paused', `${what} is assigned`);
    if (!isReady(step, at)) this.complain('started early', `${what} is assigned, but has to wait`);
    const request = { ...step.step.request, memoryMiB: task.memoryMiB ?? step.step.request.memoryMiB };
    if (special !== null && JSON.stringify(special.request) !== JSON.stringify(request))
      this.complain(
        'another request',
        `${what} gets ${JSON.stringify(special.request)}, not ${JSON.stringify(request)}`,
      );
    const named = namedAmounts(step, request);
    const ofNode = new Set([...named.keys()].filter((name) => isOfNodes(ledger, name)));
    const attempt: AttemptEntry = {
      ...{ id, step, index: at, node, request, ofNode, special: named, stopping: null, isUnwanted: false },
      saving: null,
      placement: special?.placement ?? null,
    };
    ledger.attempts.set(id, attempt);
    task.state = 'running';
    const problem = problemWithPlace(ledger, attempt);
    if (problem !== null) this.complain('allocated too much', `${id} of ${what} on ${node}: ${problem}`);
  }

  private finished(fact: FactOf<'attemptFinished'>): void {
    const { ledger, truth } = this;
    const attempt = ledger.attempts.get(fact.attempt);
    if (attempt === undefined) return this.complain('ended twice', `${fact.attempt} is not live`);
    const { step, index } = attempt;
    const what = `${fact.attempt} of ${nameOf(step, index)}`;
    const end = truth.endOf(fact.attempt);
    if (JSON.stringify(end) !== JSON.stringify(fact.end))
      this.complain(
        'ended without proof',
        `${what} is said to have ended with ${JSON.stringify(fact.end)}, but ${end === undefined ? 'it has not' : `it was ${JSON.stringify(end)}`}`,
      );
    const problem = problemWithOutcome(ledger, attempt, fact);
    if (problem !== null)
      this.complain('another outcome', `${what}, ended with ${JSON.stringify(fact.end)}: ${problem}`);
    ledger.attempts.delete(fact.attempt);
    const task = ledger.taskOf(attempt);
    if (attempt.stopping === 'preempted' && ++task.timesPreempted > mostPreempted)
      this.complain('round in circles', `${what} had to make way ${task.timesPreempted} times`);
    task.memoryMiB = fact.memoryMiB ?? task.memoryMiB;
    const { next } = fact;
    task.state =
      next === 'COMPLETED'
        ? 'completed'
        : next === 'FAILED'
          ? 'failed'
          : next === 'CANCELLED'
            ? 'cancelled'
            : 'waiting';
    task.until = task.state === 'waiting' ? fact.until : null;
    this.touch(step);
  }

  private cancelled({ job: id }: FactOf<'jobCancelled'>): void {
    const job = this.jobOf(id);
    job.cancelled = true;
    for (const step of job.steps) {
      for (const task of step.tasks)
        if (task.state === 'waiting') Object.assign(task, { state: 'cancelled', until: null });
      this.touch(step);
    }
  }

  private tasksCancelled({
    job,
    step: index,
    tasks: [[first, last] = [0, -1]],
  }: FactOf<'tasksCancelled'>): void {
    const step = this.ledger.stepOf(job, index);
    for (const task of step.tasks.slice(first, last + 1))
      if (task.state === 'waiting') Object.assign(task, { state: 'cancelled', until: null });
    for (const attempt of this.ledger.attempts.values())
      if (attempt.step === step && attempt.index >= first && attempt.index <= last) attempt.isUnwanted = true;
    this.touch(step);
  }

  private tasksRetried({ job, step: index, tasks: [[first, last] = [0, -1]] }: FactOf<'tasksRetried'>): void {
    const step = this.ledger.stepOf(job, index);
    step.job.cancelled = false;
    for (const task of step.tasks.slice(first, last + 1)) {
      if (task.state !== 'failed' && task.state !== 'cancelled') continue;
      Object.assign(task, { state: 'waiting', failures: 0, losses: 0, waitedMs: 0, code: null });
    }
    this.touch(step);
  }

  private tasksSkipped({ job, step: index, tasks: [[first, last] = [0, -1]] }: FactOf<'tasksSkipped'>): void {
    const step = this.ledger.stepOf(job, index);
    for (const task of step.tasks.slice(first, last + 1))
      if (task.state !== 'running') Object.assign(task, { state: 'completed', until: null });
    this.touch(step);
  }

  private retried({ job: id }: FactOf<'jobRetried'>): void {
    const job = this.jobOf(id);
    job.cancelled = false;
    for (const step of job.steps) {
      for (const task of step.tasks) {
        Object.assign(task, { failures: 0, losses: 0, waitedMs: 0, code: null });
        if (task.state === 'failed' || task.state === 'cancelled') task.state = 'waiting';
      }
      this.touch(step);
    }
  }

  private due({ job, step: index, tasks, at }: FactOf<'tasksDue'>): void {
    const step = this.ledger.stepOf(job, index);
    for (const each of tasks) {
      const task = taskAt(step, each);
      if (task.until !== null && task.until > at)
        this.complain('tried again early', `${nameOf(step, each)} is due before its time`);
      task.until = null;
    }
  }

  private resolved({ edge: id, state, at }: FactOf<'edgeResolved'>): void {
    const edge = this.ledger.edges.get(id);
    if (edge === undefined) return this.complain('resolved for no reason', `there is no edge ${id}`);
    const problem = problemWithResolution(edge, state, at, filesAreThere(this.seed, id));
    if (problem !== null) this.complain('resolved for no reason', `edge ${id}: ${problem}`);
    edge.resolved = state;
    this.dirty.add(edge);
  }

  private touch(step: StepEntry): void {
    for (const edge of step.after) this.dirty.add(edge);
  }

  /** Tasks whose edges have just failed become what the edges say, and so on for those after them. */
  private followUp(at: number): void {
    for (const edge of this.dirty) {
      this.dirty.delete(edge);
      edge.known = null;
      if (
        edge.from.length > 0 &&
        edge.completedAt === null &&
        edge.from.every(({ tasks }) => tasks.every(isCompleted))
      )
        edge.completedAt = at;
      for (const step of edge.to)
        step.tasks.forEach((task, index) => this.follow(edge, step, task, isFailedFor(edge, index)));
    }
  }

  private follow(edge: EdgeEntry, step: StepEntry, task: Task, hasFailed: boolean): void {
    const isNew = hasFailed && !edge.failedFor.has(task);
    if (hasFailed) edge.failedFor.add(task);
    else edge.failedFor.delete(task);
    if (!isNew || edge.spec.onFailure !== 'fail' || task.state !== 'waiting') return;
    task.state = isForOneOutcome(edge.spec.relation) ? 'cancelled' : 'failed';
    task.until = null;
    this.touch(step);
  }

  private jobOf(id: JobId): JobEntry {
    const job = this.ledger.jobs.get(id);
    if (job === undefined) throw new Error(`there is no job ${id}`);
    return job;
  }
}

const isCompleted = ({ state }: Task): boolean => state === 'completed';

function taskAt({ tasks, job }: StepEntry, index: number): Task {
  const task = tasks[index];
  if (task === undefined) throw new Error(`there is no task ${index} of ${job.id}`);
  return task;
}
