import {
  attemptTransitions,
  dependencyTransitions,
  jobTransitions,
  mustBeLegal,
  nodeTransitions,
  reservationTransitions,
  taskStates,
  taskTransitions,
  type AttemptState,
  type DependencyState,
  type JobState,
  type NodeState,
  type ReservationState,
  type TaskState,
} from '../../../../shared/model/states';
import { attemptState, batchState, jobState, stepState } from '../../derived';
import { edgeState } from '../../dependencies/readiness';
import type { Changes } from '../../reduce/changes';
import type { FarmState, JobRecord } from '../../state';
import type { Complain } from './complaint';

/** Watches every state of everything, from fact to fact: only the changes of the model's tables may be seen. */
export class Transitions {
  private readonly jobs = new Map<string, JobState>();
  private readonly tasks = new Map<string, Uint8Array>();
  private readonly attempts = new Map<string, AttemptState>();
  private readonly nodes = new Map<string, NodeState>();
  private readonly edges = new Map<number, DependencyState>();
  private readonly reservations = new Map<number, ReservationState>();

  constructor(private readonly complain: Complain) {}

  /** After each fact. */
  look(state: FarmState, changes: Changes): void {
    for (const id of changes.jobs) {
      const job = state.jobs.get(id);
      if (job !== undefined) this.lookAtJob(job);
    }
    for (const id of changes.batches) {
      const batch = state.batches.get(id);
      if (batch !== undefined) this.note(this.jobs, id, `batch ${id}`, jobTransitions, batchState(batch));
    }
    for (const node of state.nodeList)
      this.note(this.nodes, node.id, `node ${node.id}`, nodeTransitions, node.state);
    for (const edge of state.edges.values())
      this.note(this.edges, edge.id, `edge ${edge.id}`, dependencyTransitions, edgeState(edge));
    for (const live of state.attempts.values())
      this.note(this.attempts, live.id, `attempt ${live.id}`, attemptTransitions, attemptState(live));
    for (const { id, state: is } of state.reservations.values())
      this.note(this.reservations, id, `reservation ${id}`, reservationTransitions, is);
  }

  /** Whoever shows the farm looks only at what it is told of: nothing else may have changed. */
  lookForUntold(state: FarmState): void {
    for (const job of state.jobs.values()) {
      const known = this.jobs.get(job.id);
      if (known !== jobState(job))
        this.complain('a change was not told', `job ${job.id} is ${jobState(job)}, and was ${known}`);
    }
    for (const batch of state.batches.values()) {
      const known = this.jobs.get(batch.id);
      if (known !== batchState(batch))
        this.complain('a change was not told', `batch ${batch.id} is ${batchState(batch)}, and was ${known}`);
    }
  }

  private lookAtJob(job: JobRecord): void {
    this.note(this.jobs, job.id, `job ${job.id}`, jobTransitions, jobState(job));
    for (const step of job.steps) {
      const key = `${job.id}/${step.index}`;
      this.note(this.jobs, key, `step ${key}`, jobTransitions, stepState(step));
      const before = this.tasks.get(key);
      step.states.forEach((code, task) => {
        const was = taskName(before?.[task]);
        if (was !== null && was !== taskName(code))
          this.check(`task ${key} ${task}`, taskTransitions, was, taskName(code) ?? was);
      });
      this.tasks.set(key, step.states.slice());
    }
  }

  private note<Key, State extends string>(
    known: Map<Key, State>,
    key: Key,
    what: string,
    table: Readonly<Record<State, readonly State[]>>,
    state: State,
  ): void {
    const before = known.get(key);
    if (before === state) return;
    known.set(key, state);
    if (before !== undefined) this.check(what, table, before, state);
  }

  private check<State extends string>(
    what: string,
    table: Readonly<Record<State, readonly State[]>>,
    from: State,
    to: State,
  ): void {
    try {
      mustBeLegal(what, table, from, to);
    } catch (error) {
      this.complain('an illegal change', error instanceof Error ? error.message : String(error));
    }
  }
}

const taskName = (code: number | undefined): TaskState | null =>
  code === undefined ? null : (taskStates[code] ?? null);
