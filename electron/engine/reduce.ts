import type { AttemptEnd } from '../../shared/model/attempt';
import { jobId } from '../../shared/model/ids';
import type { JobId, NodeId, BatchId } from '../../shared/model/ids';
import type { StepReference } from '../../shared/model/batch';
import { nodeTransitions, taskStates, taskTransitions } from '../../shared/model/states';
import { addTo, codes, countOf, newCounts } from './counts';
import { isReady, stepsAfter } from './dependencies/readiness';
import type { Fact } from './facts';
import {
  createStep,
  type BatchRecord,
  type Edge,
  type FarmState,
  type JobRecord,
  type LiveAttempt,
  type NodeRecord,
  type StepRecord,
} from './state';

/** What facts touched, so that those who show the state look only there. */
export interface Changes {
  readonly batches: Set<BatchId>;
  readonly jobs: Set<JobId>;
  readonly nodes: Set<NodeId>;
  readonly tasks: Map<StepRecord, Set<number> | 'all'>;
}

export function noChanges(): Changes {
  return { batches: new Set(), jobs: new Set(), nodes: new Set(), tasks: new Map() };
}

/** A task whose attempts were lost more often than this has something that kills them. */
export const mostLosses = 3;

/** Applies one fact. Nothing else changes the state. */
export function reduce(state: FarmState, fact: Fact, changes: Changes): void {
  new Reducer(state, changes).apply(fact);
}

class Reducer {
  constructor(
    private readonly state: FarmState,
    private readonly changes: Changes,
  ) {}

  apply(fact: Fact): void {
    switch (fact.kind) {
      case 'batchSubmitted':
        return this.batchSubmitted(fact);
      case 'jobCancelled':
        return this.jobCancelled(job(this.state, fact.job), fact.at);
      case 'jobRetried':
        return this.jobRetried(job(this.state, fact.job));
      case 'nodeSeen':
        return this.nodeSeen(fact);
      case 'nodeStateChanged': {
        const record = node(this.state, fact.node);
        if (record.state !== fact.state && !nodeTransitions[record.state].includes(fact.state))
          throw new Error(`node ${record.id} cannot go from ${record.state} to ${fact.state}`);
        record.state = fact.state;
        record.reason = fact.reason;
        this.changes.nodes.add(record.id);
        return;
      }
      case 'taskAssigned':
        return this.taskAssigned(fact);
      case 'attemptFinished':
        return this.attemptFinished(attempt(this.state, fact.attempt), fact.end, fact.at);
      case 'batchEnded': {
        const record = batch(this.state, fact.id);
        record.ended = { at: fact.at, state: fact.state };
        this.changes.batches.add(record.id);
        return;
      }
    }
  }

  private batchSubmitted(fact: Extract<Fact, { kind: 'batchSubmitted' }>): void {
    const jobs: JobRecord[] = [];
    const record: BatchRecord = {
      id: fact.id,
      sequence: this.state.batches.size + 1,
      batch: fact.batch,
      by: fact.by,
      output: fact.output,
      submittedAt: fact.at,
      jobs,
      counts: newCounts(0),
      startedAt: null,
      ended: null,
    };
    fact.batch.jobs.forEach((spec, jobIndex) => {
      const steps: StepRecord[] = [];
      const created: JobRecord = {
        id: jobId(fact.id, spec.name),
        job: spec,
        batch: record,
        steps,
        counts: newCounts(0),
        incoming: [],
        outgoing: [],
        cancelled: false,
        startedAt: null,
        endedAt: null,
      };
      spec.steps.forEach((step, index) => steps.push(createStep(created, step, jobIndex, index)));
      const total = steps.reduce((sum, step) => sum + step.count, 0);
      addTo(created.counts, codes.PENDING, total);
      addTo(record.counts, codes.PENDING, total);
      jobs.push(created);
      this.state.jobs.set(created.id, created);
    });
    for (const dependency of fact.batch.dependencies) {
      const edge: Edge = {
        dependency,
        from: end(this.state, record.id, dependency.from),
        to: end(this.state, record.id, dependency.to),
      };
      edge.from.outgoing.push(edge);
      edge.to.incoming.push(edge);
    }
    this.state.batches.set(record.id, record);
    this.changes.batches.add(record.id);
    for (const created of jobs) this.openReadySteps(created.steps);
  }

  private jobCancelled(record: JobRecord, at: number): void {
    record.cancelled = true;
    for (const step of record.steps) {
      this.moveAll(step, codes.PENDING, codes.CANCELLED);
      this.moveAll(step, codes.QUEUED, codes.CANCELLED);
    }
    record.endedAt = record.startedAt === null ? null : at;
    this.touch(record);
  }

  private jobRetried(record: JobRecord): void {
    record.cancelled = false;
    record.endedAt = null;
    record.batch.ended = null;
    for (const step of record.steps) {
      const waiting = isReady(step) ? codes.QUEUED : codes.PENDING;
      this.moveAll(step, codes.FAILED, waiting);
      this.moveAll(step, codes.CANCELLED, waiting);
      step.losses.clear();
      step.cursor = 0;
    }
    this.touch(record);
  }

  private nodeSeen(fact: Extract<Fact, { kind: 'nodeSeen' }>): void {
    const known = this.state.nodes.get(fact.node);
    const held = heldBy(known);
    const free = {
      freeCpu: fact.capacity.cpu - held.cpu,
      freeMemoryMiB: fact.capacity.memoryMiB - held.memoryMiB,
    };
    const seen = { name: fact.name, kind: fact.nodeKind, system: fact.system, capacity: fact.capacity };
    if (known === undefined) {
      this.state.nodes.set(fact.node, {
        id: fact.node,
        ...seen,
        ...free,
        state: 'STARTING',
        reason: null,
        attempts: new Set(),
      });
    } else {
      Object.assign(known, seen, free);
    }
    this.changes.nodes.add(fact.node);
  }

  private taskAssigned(fact: Extract<Fact, { kind: 'taskAssigned' }>): void {
    const step = stepOf(this.state, fact.job, fact.step);
    const on = node(this.state, fact.node);
    const live: LiveAttempt = { id: fact.attempt, step, task: fact.task, node: on, assignedAt: fact.at };
    this.state.attempts.set(live.id, live);
    on.attempts.add(live);
    on.freeCpu -= step.step.request.cpu;
    on.freeMemoryMiB -= step.step.request.memoryMiB;
    step.tries[fact.task] = (step.tries[fact.task] ?? 0) + 1;
    step.job.startedAt ??= fact.at;
    step.job.batch.startedAt ??= fact.at;
    this.move(step, fact.task, codes.RUNNING);
    this.changes.nodes.add(on.id);
  }

  private attemptFinished(live: LiveAttempt, ended: AttemptEnd, at: number): void {
    const { step, task, node: on } = live;
    this.state.attempts.delete(live.id);
    on.attempts.delete(live);
    on.freeCpu += step.step.request.cpu;
    on.freeMemoryMiB += step.step.request.memoryMiB;
    this.changes.nodes.add(on.id);
    this.move(step, task, this.codeAfter(step, task, ended));
    if (countOf(step.counts, 'COMPLETED') === step.count) this.openReadySteps(stepsAfter(step));
    const { counts } = step.job;
    if (countOf(counts, 'RUNNING') + countOf(counts, 'QUEUED') === 0) step.job.endedAt = at;
  }

  private codeAfter(step: StepRecord, task: number, ended: AttemptEnd): number {
    if (ended.kind === 'exited' && ended.code === 0) return codes.COMPLETED;
    if (step.job.cancelled) return codes.CANCELLED;
    if (ended.kind !== 'lost') return codes.FAILED;
    const losses = (step.losses.get(task) ?? 0) + 1;
    step.losses.set(task, losses);
    return losses > mostLosses ? codes.FAILED : codes.QUEUED;
  }

  private openReadySteps(steps: readonly StepRecord[]): void {
    for (const step of steps) {
      if (!step.job.cancelled && isReady(step)) this.moveAll(step, codes.PENDING, codes.QUEUED);
      this.touch(step.job);
    }
  }

  private moveAll(step: StepRecord, from: number, to: number): void {
    const moved = step.counts[from] ?? 0;
    if (moved === 0) return;
    mustBeLegal(from, to);
    for (let task = 0; task < step.count; task++) {
      if (step.states[task] === from) step.states[task] = to;
    }
    if (to === codes.QUEUED) step.cursor = 0;
    this.changes.tasks.set(step, 'all');
    this.count(step, from, to, moved);
  }

  private move(step: StepRecord, task: number, to: number): void {
    const from = step.states[task] ?? 0;
    mustBeLegal(from, to);
    step.states[task] = to;
    if (to === codes.QUEUED && task < step.cursor) step.cursor = task;
    const touched = this.changes.tasks.get(step);
    if (touched === undefined) this.changes.tasks.set(step, new Set([task]));
    else if (touched !== 'all') touched.add(task);
    this.count(step, from, to, 1);
  }

  private count(step: StepRecord, from: number, to: number, moved: number): void {
    for (const { counts } of [step, step.job, step.job.batch]) {
      addTo(counts, from, -moved);
      addTo(counts, to, moved);
    }
    if (from === codes.QUEUED || to === codes.QUEUED) this.state.ready.update(step);
    this.touch(step.job);
  }

  private touch(record: JobRecord): void {
    this.changes.jobs.add(record.id);
    this.changes.batches.add(record.batch.id);
  }
}

const legal = taskStates.map((state) => new Set(taskTransitions[state].map((next) => codes[next])));

/** Anything else than the transitions of the model is a fault in Drover or its store. */
function mustBeLegal(from: number, to: number): void {
  if (legal[from]?.has(to) !== true)
    throw new Error(`a task cannot go from ${taskStates[from]} to ${taskStates[to]}`);
}

function heldBy(known: NodeRecord | undefined): { cpu: number; memoryMiB: number } {
  const held = { cpu: 0, memoryMiB: 0 };
  for (const live of known?.attempts ?? []) {
    held.cpu += live.step.step.request.cpu;
    held.memoryMiB += live.step.step.request.memoryMiB;
  }
  return held;
}

function end(state: FarmState, id: BatchId, reference: StepReference): JobRecord | StepRecord {
  const record = job(state, jobId(id, reference.job));
  if (reference.step === null) return record;
  const step = record.steps.find((candidate) => candidate.step.name === reference.step);
  return found(step, 'step', `${record.id}/${reference.step}`);
}

/** The facts name only what earlier facts made: anything else is a fault in Drover or its store. */
function found<Value>(value: Value | undefined, what: string, id: string): Value {
  if (value === undefined) throw new Error(`a fact names ${what} ${id}, which no earlier fact made`);
  return value;
}

const batch = (state: FarmState, id: BatchId): BatchRecord => found(state.batches.get(id), 'batch', id);
const job = (state: FarmState, id: JobId): JobRecord => found(state.jobs.get(id), 'job', id);
const node = (state: FarmState, id: NodeId): NodeRecord => found(state.nodes.get(id), 'node', id);
const attempt = (state: FarmState, id: LiveAttempt['id']): LiveAttempt =>
  found(state.attempts.get(id), 'attempt', id);
const stepOf = (state: FarmState, id: JobId, step: number): StepRecord =>
  found(job(state, id).steps[step], 'step', `${id}/${step}`);
