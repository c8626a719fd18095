import type { AttemptEnd } from '../../../shared/model/attempt';
import { codes, countOf } from '../counts';
import type { FactOf } from '../facts';
import { madeWay } from '../outcome';
import { vectorOn } from '../resources/placement';
import type { RequestClass } from '../resources/classes';
import {
  noFailures,
  type FarmState,
  type JobRecord,
  type LiveAttempt,
  type NodeRecord,
  type StepRecord,
  type TaskTrouble,
} from '../state';
import type { Changes } from './changes';
import { classOf } from './edges';
import { hold, release } from './nodes';
import type { TaskMoves } from './tasks';

/** Attempts come and go: what they hold, and what becomes of their tasks. */
export class AttemptMoves {
  constructor(
    private readonly state: FarmState,
    private readonly moves: TaskMoves,
  ) {}

  assign(fact: FactOf<'taskAssigned'>, step: StepRecord, on: NodeRecord, changes: Changes): LiveAttempt {
    const { state } = this;
    const { task, special } = fact;
    const requestClass = step.larger.size === 0 ? step.requestClass : classFor(step, task);
    const live = state.attempts.add({
      id: fact.attempt,
      step,
      task,
      node: on,
      assignedAt: fact.at,
      requestClass,
      held: vectorOn(state, on, requestClass),
      placement: special?.placement ?? null,
      ofNode: requestClass.isPlain ? nothingNamed : namesOn(on, requestClass),
      stopping: null,
      saving: null,
    });
    hold(state, live);
    step.tries[task] = (step.tries[task] ?? 0) + 1;
    step.nodes[task] = on.index + 1;
    step.job.startedAt ??= fact.at;
    step.job.batch.startedAt ??= fact.at;
    this.moves.move(step, task, codes.RUNNING);
    if (isFull(step.job)) this.moves.reorder(step.job);
    changes.nodes = true;
    return live;
  }

  finish(fact: FactOf<'attemptFinished'>, live: LiveAttempt, changes: Changes): void {
    const { state } = this;
    const { step, task, node: on } = live;
    state.attempts.delete(live.id);
    release(state, live);
    changes.nodes = true;
    changes.room.push(on.index);
    if (step.job.job.most !== null) this.moves.reorder(step.job);
    remember(live, fact);
    if (fact.next === 'QUEUED' || fact.next === 'PENDING') {
      if (fact.memoryMiB !== null)
        step.larger.set(task, classOf(state, step, fact.memoryMiB, classFor(step, task).avoids));
      if (fact.until !== null) {
        step.waits.set(task, fact.until);
        state.waiting.add(step);
      }
      this.moves.move(step, task, this.moves.waitingState(step, task));
    } else {
      this.moves.move(step, task, codes[fact.next]);
    }
  }
}

function remember(
  { step, task, node: on, assignedAt, stopping }: LiveAttempt,
  fact: FactOf<'attemptFinished'>,
): void {
  const { end, next, at, until } = fact;
  if (next === 'COMPLETED') {
    step.durations.add(at - assignedAt);
    if (step.saved.size > 0) step.saved.delete(task);
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

const nothingNamed: readonly string[] = [];

const classFor = (step: StepRecord, task: number): RequestClass => step.larger.get(task) ?? step.requestClass;

const namesOn = (on: NodeRecord, { special }: RequestClass): readonly string[] =>
  special.flatMap(([name]) => (name in on.capacity.special ? [name] : []));

/** So many of its tasks run that none of its steps has to be looked at, until one ends. */
const isFull = ({ job: { most }, counts }: JobRecord): boolean =>
  most !== null && countOf(counts, 'RUNNING') >= most;

const codeOf = (end: AttemptEnd): number | null => (end.kind === 'exited' ? end.code : null);
