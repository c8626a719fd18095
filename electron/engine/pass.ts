import { hasTask } from '../../shared/model/task-ranges';
import type { BatchId } from '../../shared/model/ids';
import type { Command } from './commands';
import { countOf, totalOf } from './counts';
import { decide } from './decide';
import type { Outcome } from './decision';
import { finalState } from './derived';
import { jobOf, stepsOf } from './dependencies/edges';
import { canOnlyEnd } from './dependencies/stuck';
import { orderFor, type Effect } from './effects';
import type { Fact, FactOf } from './facts';
import type { Ids } from './ports';
import { finishedFact, healthAfter, react } from './react';
import { noChanges, type Changes } from './reduce/changes';
import { hasHalted } from './reduce/tasks';
import { job } from './reduce/lookups';
import type { Reducer } from './reduce/reduce';
import type { Report, ReportOf } from './reports';
import { toMakeWay } from './saving';
import type { Refusal } from '../../shared/ipc/errors';
import type { Scheduler } from './schedule/scheduler';
import type {
  BatchRecord,
  Edge,
  FarmState,
  LiveAttempt,
  NodeRecord,
  ScheduleRecord,
  StepRecord,
} from './state';
import type { Timekeeper } from './timekeeper';

export type CommandResult =
  | { readonly kind: 'done'; readonly outcome: Outcome }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** What belongs together around one state. */
export interface Core {
  readonly state: FarmState;
  readonly reducer: Reducer;
  readonly scheduler: Scheduler;
  readonly timekeeper: Timekeeper;
  readonly ids: Ids;
  readonly outputFor: (id: BatchId, schedule: ScheduleRecord) => string;
}

/** One round: gathered commands and reports in, facts and effects out. Knows no clock but the time it is given. */
export class Pass {
  readonly facts: Fact[] = [];
  readonly effects: Effect[] = [];
  readonly changes: Changes = noChanges();
  /** There is more to assign than one pass may. */
  more = false;
  /** Batches of which something may have come to a halt. */
  private readonly halted = new Set<BatchRecord>();
  readonly emit = (fact: Fact): void => this.add(fact);

  constructor(
    private readonly core: Core,
    private readonly at: number,
  ) {}

  command(command: Command): CommandResult {
    const decision = decide(this.core.state, command, this.at);
    if (decision.kind === 'refused') return decision;
    for (const fact of decision.facts) this.add(fact);
    return { kind: 'done', outcome: decision.outcome };
  }

  report(report: Report): void {
    if (report.kind === 'attemptEnded') return this.ended(report);
    for (const fact of react(this.core.state, report, this.at)) this.add(fact);
    if (report.kind !== 'nodeUp') return;
    const node = this.core.state.nodes.get(report.node);
    if (node === undefined) return;
    const attempts = this.core.state.attempts.on(node);
    this.effects.push({ kind: 'reconcile', node: node.id, orders: attempts.map(orderFor) });
    for (const live of attempts) if (live.stopping !== null) this.effects.push(stopOrSave(live));
  }

  /** For the scheduler, who knows already what the fact names. */
  assign(step: StepRecord, task: number, node: NodeRecord, special: FactOf<'taskAssigned'>['special']): void {
    const { reducer, timekeeper, ids } = this.core;
    const fact: FactOf<'taskAssigned'> = {
      kind: 'taskAssigned',
      at: this.at,
      attempt: ids.attempt(),
      job: step.job.id,
      step: step.index,
      task,
      node: node.id,
      special,
    };
    const live = reducer.assign(fact, step, node, this.changes);
    this.facts.push(fact);
    timekeeper.noteStart(live);
    this.effects.push({ kind: 'startAttempt', live });
  }

  finish(): void {
    const { scheduler, timekeeper, outputFor } = this.core;
    this.noteEdges();
    timekeeper.run(this.at, outputFor, this.emit);
    scheduler.note(this.changes, this.at);
    this.more = scheduler.run(this.at, this);
    scheduler.note(this.changes, this.at);
    this.noteEdges();
    this.endBatches();
  }

  /** A report about what is already known means nothing. */
  private ended(report: ReportOf<'attemptEnded'>): void {
    const { state, reducer } = this.core;
    const live = state.attempts.get(report.attempt);
    if (live === undefined) return;
    const finished = finishedFact(state, live, report, this.at);
    const health = healthAfter(state, live, finished, this.at);
    reducer.finish(finished, live, this.changes);
    this.facts.push(finished);
    for (const fact of health) this.add(fact);
  }

  private endBatches(): void {
    const { changes } = this;
    // Others that wait for what has come to a halt may wait for ever now.
    const { halted } = this;
    for (const step of changes.halted) if (hasHalted(step)) halted.add(step.job.batch);
    const changed = [...changes.batches].flatMap((id) => this.core.state.batches.get(id) ?? []);
    const queue = [...new Set([...changed, ...halted])];
    for (const batch of queue) {
      if (batch.ended === null && canOnlyEnd(batch)) {
        this.add({ kind: 'batchEnded', at: this.at, id: batch.id, state: finalState(batch) });
        halted.add(batch);
      }
      if (!halted.has(batch)) continue;
      for (const after of batch.followers.keys()) {
        if (halted.has(after)) continue;
        halted.add(after);
        queue.push(after);
      }
    }
  }

  private noteEdges(): void {
    for (const edge of this.changes.edges) {
      if (isToBeLookedAt(edge)) this.effects.push(lookFor(edge));
      this.halted.add(jobOf(edge.to).batch);
    }
    this.core.timekeeper.note(this.changes);
  }

  private add(fact: Fact): void {
    const { core } = this;
    core.reducer.apply(fact, this.changes);
    this.facts.push(fact);
    switch (fact.kind) {
      case 'attemptStopping': {
        const live = core.state.attempts.get(fact.attempt);
        if (live === undefined) return;
        core.timekeeper.noteSaving(live);
        this.effects.push(stopOrSave(live));
        return;
      }
      case 'jobCancelled':
        // To look through all attempts of the farm for each job of a large batch takes its time.
        if (countOf(job(core.state, fact.job).counts, 'RUNNING') === 0) return;
        for (const live of core.state.attempts.values()) {
          const isToStop = live.stopping === null || live.saving !== null;
          if (live.step.job.id === fact.job && isToStop)
            this.add({ kind: 'attemptStopping', at: this.at, attempt: live.id, reason: 'cancelled' });
        }
        return;
      case 'tasksCancelled':
        for (const live of core.state.attempts.values()) {
          const isMeant = live.step.job.id === fact.job && live.step.index === fact.step;
          if (isMeant && live.stopping !== 'cancelled' && hasTask(fact.tasks, live.task))
            this.add({ kind: 'attemptStopping', at: this.at, attempt: live.id, reason: 'cancelled' });
        }
        return;
      case 'tasksRetried':
        if (fact.elsewhere !== true) return;
        for (const live of core.state.attempts.values()) {
          const isMeant = live.step.job.id === fact.job && live.step.index === fact.step;
          if (isMeant && live.stopping === null && hasTask(fact.tasks, live.task))
            this.add(toMakeWay(live, this.at));
        }
        return;
      case 'batchEnded':
        this.effects.push({ kind: 'batchEnded', batch: fact.id });
        return;
      default:
    }
  }
}

function stopOrSave({ id: attempt, node, stopping, saving }: LiveAttempt): Effect {
  return saving === null
    ? { kind: 'stopAttempt', node: node.id, attempt, reason: stopping ?? 'cancelled' }
    : { kind: 'saveAttempt', node: node.id, attempt };
}

/** The earlier work of a DATA edge is done, and nobody has looked for its files. */
export function isToBeLookedAt({ spec: { relation }, from, resolved }: Edge): boolean {
  if (relation.type !== 'DATA' || from === null || resolved !== null) return false;
  return countOf(from.counts, 'COMPLETED') === totalOf(from.counts);
}

export function lookFor(edge: Edge): Effect {
  const { from, spec, id } = edge;
  const steps = from === null ? [] : stepsOf(from);
  const output = from === null ? [] : [jobOf(from).batch.output];
  return {
    kind: 'lookForFiles',
    edge: id,
    files: spec.relation.type === 'DATA' ? spec.relation.files : [],
    folders: [...new Set([...steps.map(({ step }) => step.folder), ...output])],
  };
}
