/** What the facts say, kept in the plainest way: a second, slow picture of the farm that shares nothing with the engine's. */
import type { Capacity, Request } from '../../../../shared/model/amounts';
import type { Batch, Job, Step } from '../../../../shared/model/batch';
import type { AttemptId, BatchId, EdgeId, JobId, NodeId } from '../../../../shared/model/ids';
import type { Reservation } from '../../../../shared/model/reservation';
import { defaultSettings, type FarmSettings } from '../../../../shared/model/settings';
import { taskCount } from '../../../../shared/model/space';
import type { DependencyState, NodeState } from '../../../../shared/model/states';
import type { EdgeSpec, Placement } from '../../facts';

export interface Task {
  state: 'waiting' | 'running' | 'completed' | 'failed' | 'cancelled';
  /** It is not tried again before. */
  until: number | null;
  /** Of the last try that ended by itself. */
  code: number | null;
  /** More than its step asks for. */
  memoryMiB: number | null;
  failures: number;
  waitedMs: number;
  timesPreempted: number;
  losses: number;
}

export interface StepEntry {
  readonly job: JobEntry;
  readonly index: number;
  readonly step: Step;
  readonly tasks: readonly Task[];
  readonly before: EdgeEntry[];
  readonly after: EdgeEntry[];
}

export interface JobEntry {
  readonly id: JobId;
  readonly job: Job;
  readonly batch: BatchEntry;
  readonly steps: readonly StepEntry[];
  cancelled: boolean;
  held: boolean;
}

export interface BatchEntry {
  readonly id: BatchId;
  readonly batch: Batch;
  readonly by: string;
  readonly jobs: readonly JobEntry[];
}

export interface EdgeEntry {
  readonly id: EdgeId;
  readonly spec: EdgeSpec;
  readonly from: readonly StepEntry[];
  readonly to: readonly StepEntry[];
  resolved: DependencyState | null;
  /** When the earlier work was complete. */
  completedAt: number | null;
  /** Tasks for which it has failed. */
  readonly failedFor: Set<Task>;
  /** A value that meets its condition was reported. */
  isMet: boolean;
  /** Of the edge as a whole; null: to be found out anew. */
  known: DependencyState | null;
}

export interface AttemptEntry {
  readonly id: AttemptId;
  readonly step: StepEntry;
  readonly index: number;
  readonly node: NodeId;
  readonly request: Request;
  readonly placement: Placement | null;
  /** What it holds by name, and which of it is its node's. */
  readonly special: ReadonlyMap<string, number>;
  readonly ofNode: ReadonlySet<string>;
  stopping: string | null;
  /** It was asked to save its work since then, and may until then. */
  saving: { readonly since: number; readonly until: number; hasSaved: boolean } | null;
  /** Its task was cancelled while it ran. */
  isUnwanted: boolean;
}

export interface NodeEntry {
  readonly id: NodeId;
  capacity: Capacity;
  labels: readonly string[];
  state: NodeState;
  /** Since it was set aside; `until` null: a person has to take it back. */
  aside: { readonly until: number | null } | null;
}

export class Ledger {
  readonly batches = new Map<BatchId, BatchEntry>();
  readonly jobs = new Map<JobId, JobEntry>();
  readonly steps: StepEntry[] = [];
  readonly edges = new Map<EdgeId, EdgeEntry>();
  readonly attempts = new Map<AttemptId, AttemptEntry>();
  readonly used = new Set<AttemptId>();
  readonly nodes = new Map<NodeId, NodeEntry>();
  readonly removedNodes = new Set<NodeId>();
  readonly reservations = new Map<number, Reservation>();
  readonly schedules = new Set<`s${number}`>();
  settings: FarmSettings = defaultSettings;
  nextEdge = 1;

  taskOf({ step, index }: AttemptEntry): Task {
    const task = step.tasks[index];
    if (task === undefined) throw new Error(`there is no task ${index} of ${step.job.id}`);
    return task;
  }

  stepOf(job: JobId, step: number): StepEntry {
    const entry = this.jobs.get(job)?.steps[step];
    if (entry === undefined) throw new Error(`there is no step ${step} of ${job}`);
    return entry;
  }

  addBatch(id: BatchId, batch: Batch, by: string): void {
    const jobs: JobEntry[] = [];
    const entry: BatchEntry = { id, batch, by, jobs };
    this.batches.set(id, entry);
    for (const job of batch.jobs) {
      const steps: StepEntry[] = [];
      const made: JobEntry = {
        id: `${id}.${job.name}`,
        job,
        batch: entry,
        steps,
        cancelled: false,
        held: false,
      };
      jobs.push(made);
      this.jobs.set(made.id, made);
      job.steps.forEach((step, index) =>
        steps.push({ job: made, index, step, tasks: makeTasks(step), before: [], after: [] }),
      );
      this.steps.push(...steps);
    }
    for (const { from, to, relation, onFailure } of batch.dependencies) {
      const end = ({ job, step }: { job: string; step: string | null }): EdgeSpec['to'] => {
        const index = batch.jobs
          .find(({ name }) => name === job)
          ?.steps.findIndex(({ name }) => name === step);
        return { job: `${id}.${job}`, step: step === null ? null : (index ?? null) };
      };
      this.addEdge({ from: from === null ? null : end(from), to: end(to), relation, onFailure });
    }
  }

  addEdge(spec: EdgeSpec): EdgeEntry {
    const steps = ({ job, step }: EdgeSpec['to']): readonly StepEntry[] =>
      step === null ? (this.jobs.get(job)?.steps ?? []) : [this.stepOf(job, step)];
    const entry: EdgeEntry = {
      id: this.nextEdge++,
      spec,
      from: spec.from === null ? [] : steps(spec.from),
      to: steps(spec.to),
      resolved: null,
      completedAt: null,
      failedFor: new Set(),
      isMet: false,
      known: null,
    };
    this.edges.set(entry.id, entry);
    for (const step of entry.from) step.after.push(entry);
    for (const step of entry.to) step.before.push(entry);
    return entry;
  }

  removeEdge(id: EdgeId): void {
    const entry = this.edges.get(id);
    if (entry === undefined) throw new Error(`there is no edge ${id}`);
    this.edges.delete(id);
    for (const step of entry.from) step.after.splice(step.after.indexOf(entry), 1);
    for (const step of entry.to) step.before.splice(step.before.indexOf(entry), 1);
  }
}

function makeTasks({ space }: Step): Task[] {
  return Array.from({ length: taskCount(space) }, () => ({
    state: 'waiting',
    until: null,
    code: null,
    memoryMiB: null,
    failures: 0,
    waitedMs: 0,
    timesPreempted: 0,
    losses: 0,
  }));
}

export const nameOf = (step: StepEntry, task: number): string =>
  `${step.job.id}/${step.step.name} task ${task}`;
