import type { Refusal } from '../../shared/ipc/errors';
import type { BatchId, JobId, ScheduleId } from '../../shared/model/ids';
import { admissionProblem } from './admission';
import type { Command, CommandOf } from './commands';
import { countOf } from './counts';
import { decideMove } from './decide-move';
import { decideNodes } from './decide-nodes';
import { accepted, refused, type Accepted, type Decision } from './decision';
import { decideCheckpoints } from './decide-checkpoints';
import { decideTasks } from './decide-tasks';
import { jobState } from './derived';
import { findCycle } from './dependencies/cycle';
import { findEnd, mappingOf, nameOf, stepsOf } from './dependencies/edges';
import { edgeState } from './dependencies/readiness';
import type { EdgeSpec, Fact } from './facts';
import type { FarmState, JobRecord } from './state';
import { problemWithTiming } from './time/timings';

/** Checks a command against the state. Changes nothing. */
export function decide(state: FarmState, command: Command, at: number): Decision {
  const { by, why = null } = command;
  const wished = { at, by, why };
  switch (command.kind) {
    case 'submit': {
      const problem = admissionProblem(state, command.batch, at);
      if (problem !== null) return refused('conflict', problem);
      const id: BatchId = `b${state.nextBatch}`;
      const { batch, outputFor, submission = null } = command;
      const fact: Fact = {
        kind: 'batchSubmitted',
        ...wished,
        id,
        output: outputFor(id),
        batch,
        schedule: null,
        submission,
      };
      return accepted([fact], { batch: id });
    }
    case 'cancel':
      return each(state, command.jobs, (job) =>
        withFacts(cancel(job), () => [{ kind: 'jobCancelled', ...wished, job: job.id }]),
      );
    case 'retry':
      return each(state, command.jobs, (job) =>
        withFacts(retry(job), () => [{ kind: 'jobRetried', ...wished, job: job.id }]),
      );
    case 'cancelTasks':
    case 'retryTasks':
    case 'skipTasks': {
      const fact = decideTasks(state, command, at);
      if (!('kind' in fact)) return { kind: 'refused', refusal: fact };
      return accepted([fact], { jobs: [fact.job], tasks: fact.count });
    }
    case 'hold':
    case 'release': {
      const held = command.kind === 'hold';
      const change = each(state, command.jobs, (job) => withFacts(holdable(job, held), () => []));
      if (change.kind === 'refused') return change;
      const { jobs } = change.outcome;
      const fact: Fact = { kind: held ? 'jobsHeld' : 'jobsReleased', ...wished, undoes: null, jobs };
      return { ...undoable(state, change), facts: [fact] };
    }
    case 'order': {
      const change = each(
        state,
        command.jobs.map(({ job }) => job),
        (job) => withFacts({ tasks: openTasks(job) }, () => []),
      );
      if (change.kind === 'refused') return change;
      const known = new Set(change.outcome.jobs);
      const jobs = command.jobs.filter(({ job }) => known.has(job));
      return { ...undoable(state, change), facts: [{ kind: 'jobsOrdered', ...wished, undoes: null, jobs }] };
    }
    case 'move': {
      const fact = decideMove(state, command, at);
      if (!('kind' in fact)) return { kind: 'refused', refusal: fact };
      return accepted([fact], { jobs: fact.jobs, change: state.nextChange });
    }
    case 'moveBack': {
      const { jobs, ranks } = command;
      return accepted([{ kind: 'jobsMoved', ...wished, undoes: null, jobs, to: null, ranks }], { jobs });
    }
    case 'link':
      return link(state, command, at, null);
    case 'bypass': {
      const edge = state.edges.get(command.edge);
      if (edge === undefined)
        return refused(
          'notFound',
          `There is no dependency ${command.edge}. The graph shows those there are.`,
        );
      const present = edgeState(edge);
      if (present !== 'PENDING' && present !== 'FAILED')
        return refused('conflict', `Dependency ${edge.id} is ${present} already: it holds nothing up.`);
      const reason = `bypassed by ${by}${why === null ? '' : `: ${why}`}`;
      return accepted([
        { kind: 'edgeResolved', ...wished, edge: edge.id, state: 'BYPASSED', files: [], reason },
      ]);
    }
    case 'configure':
      return accepted([{ kind: 'settingsChanged', ...wished, undoes: null, settings: command.settings }], {
        change: state.nextChange,
      });
    case 'addNode':
    case 'removeNode':
    case 'setAside':
    case 'takeBack':
    case 'vacate':
    case 'reserve':
    case 'unreserve':
      return decideNodes(state, command, at);
    case 'schedule': {
      const { name, rule, batch } = command;
      const { timing } = rule;
      const problem = problemWithTiming(timing);
      if (problem !== null) return refused('refused', `The schedule cannot be: ${problem}.`);
      if (timing.kind === 'once' && timing.at <= at)
        return refused('refused', 'The schedule would never do anything: its only time is past.');
      const id: ScheduleId = `s${state.nextSchedule}`;
      return accepted([{ kind: 'scheduleAdded', ...wished, id, name, rule, batch }], { schedule: id });
    }
    case 'resume':
    case 'tagCheckpoint':
    case 'noteCheckpoint':
    case 'importCheckpoint':
    case 'dropCheckpoints': {
      const facts = decideCheckpoints(state, command, at);
      return 'code' in facts ? { kind: 'refused', refusal: facts } : accepted(facts, { jobs: [command.job] });
    }
    case 'unschedule':
      return state.schedules.has(command.schedule)
        ? accepted([{ kind: 'scheduleRemoved', ...wished, id: command.schedule }])
        : refused('notFound', `There is no schedule ${command.schedule}.`);
    case 'undo':
      return undo(state, command, at);
  }
}

/** It gets the next number of a change. */
function undoable(state: FarmState, accepted: Accepted): Accepted {
  return { ...accepted, outcome: { ...accepted.outcome, change: state.nextChange } };
}

interface Change {
  readonly tasks: number;
}
type Changed = (Change & { readonly facts: readonly Fact[] }) | Refusal;

function withFacts(change: Change | Refusal, facts: () => readonly Fact[]): Changed {
  return 'tasks' in change ? { ...change, facts: facts() } : change;
}

/** Applies a wish to those jobs where it can be done; refused only when there is none. */
function each(state: FarmState, ids: readonly JobId[], change: (job: JobRecord) => Changed): Decision {
  const facts: Fact[] = [];
  const jobs: JobId[] = [];
  const refusals: Refusal[] = [];
  let tasks = 0;
  for (const id of new Set(ids)) {
    const job = state.jobs.get(id);
    const result: Changed =
      job === undefined
        ? { code: 'notFound', message: `There is no job ${id}. The queue lists those there are.` }
        : change(job);
    if ('facts' in result) {
      facts.push(...result.facts);
      jobs.push(id);
      tasks += result.tasks;
    } else {
      refusals.push(result);
    }
  }
  const [first] = refusals;
  if (jobs.length === 0 && first !== undefined) {
    const message = ids.length === 1 ? first.message : refusals.map((refusal) => refusal.message).join('\n');
    return refused(first.code, message);
  }
  return accepted(facts, { jobs, tasks });
}

const openTasks = ({ counts }: JobRecord): number =>
  countOf(counts, 'PENDING') + countOf(counts, 'QUEUED') + countOf(counts, 'RUNNING');

function cancel(job: JobRecord): Change | Refusal {
  const tasks = openTasks(job);
  if (!job.cancelled && tasks > 0) return { tasks };
  const message = `Job ${job.id} is ${jobState(job)} already: there is nothing to cancel.`;
  return { code: 'conflict', message };
}

function retry(job: JobRecord): Change | Refusal {
  const running = countOf(job.counts, 'RUNNING');
  if (job.cancelled && running > 0) {
    return {
      code: 'conflict',
      message: `Job ${job.id} is being stopped: ${running} of its tasks still run. Retry it when they have ended.`,
    };
  }
  const tasks = countOf(job.counts, 'FAILED') + countOf(job.counts, 'CANCELLED');
  if (tasks > 0) return { tasks };
  const message = `Job ${job.id} is ${jobState(job)} and has no failed or cancelled task to retry.`;
  return { code: 'conflict', message };
}

function holdable(job: JobRecord, toHold: boolean): Change | Refusal {
  const tasks = openTasks(job);
  if (toHold && job.held === null && tasks > 0) return { tasks };
  if (!toHold && job.held !== null) return { tasks };
  const message = toHold
    ? `Job ${job.id} is ${jobState(job)} already: there is nothing to hold.`
    : `Job ${job.id} is not held: it is ${jobState(job)}.`;
  return { code: 'conflict', message };
}

function link(state: FarmState, command: CommandOf<'link'>, at: number, undoes: number | null): Decision {
  const { by, why = null, add, remove } = command;
  for (const id of remove) {
    if (!state.edges.has(id))
      return refused('notFound', `There is no dependency ${id} to remove; it may have been removed already.`);
  }
  for (const spec of add) {
    const problem = edgeProblem(state, spec);
    if (problem !== null) return refused('refused', problem);
  }
  const cycle = findCycle(state, add, new Set(remove));
  if (cycle !== null)
    return refused('refused', `These would wait for each other, so none could start: ${cycle.join(' -> ')}.`);
  return accepted([{ kind: 'edgesChanged', at, by, why, undoes, added: add, removed: remove }], {
    change: undoes === null ? state.nextChange : null,
  });
}

function edgeProblem(state: FarmState, spec: EdgeSpec): string | null {
  const to = findEnd(state, spec.to);
  const from = spec.from === null ? null : findEnd(state, spec.from);
  if (to === null || (spec.from !== null && from === null))
    return `A dependency names ${to === null ? spec.to.job : spec.from?.job}, which is not there.`;
  const { relation } = spec;
  const needsFrom =
    relation.type !== 'RESOURCE' && (relation.type !== 'TEMPORAL' || relation.rule.kind === 'delay');
  if (needsFrom && from === null)
    return `A ${relation.type} dependency of ${nameOf(to)} must say what comes before.`;
  const mapping = mappingOf(spec);
  if (mapping === null || from === null) return null;
  const several = [from, to].find((end) => stepsOf(end).length !== 1);
  if (several !== undefined)
    return `${nameOf(several)} has several steps: a dependency between single tasks joins two steps.`;
  const [earlier, later] = [stepsOf(from)[0], stepsOf(to)[0]];
  if (
    mapping.kind === 'groups' &&
    !(mapping.from >= 1 && mapping.to >= 1 && Number.isInteger(mapping.from) && Number.isInteger(mapping.to))
  )
    return `Groups of ${mapping.from} and ${mapping.to} tasks cannot be: a group has at least one.`;
  if (
    mapping.kind === 'pairs' &&
    mapping.pairs.some(([a, b]) => !inStep(a, earlier?.count) || !inStep(b, later?.count))
  )
    return `A dependency names a task that ${nameOf(from)} or ${nameOf(to)} does not have.`;
  return null;
}

const inStep = (task: number, count = 0): boolean => Number.isInteger(task) && task >= 0 && task < count;

function undo(state: FarmState, command: CommandOf<'undo'>, at: number): Decision {
  const last = state.undoable.at(-1);
  if (last === undefined) return refused('conflict', 'There is nothing to take back.');
  if (command.change !== null && command.change !== last.id)
    return refused('conflict', `Only the last change can be taken back: ${last.by} ${last.what}.`);
  const decision = decide(state, { ...last.inverse, by: command.by, why: command.why ?? null }, at);
  if (decision.kind === 'refused') {
    const message = `${last.by} ${last.what}; that cannot be taken back any more: ${decision.refusal.message}`;
    return refused('conflict', message);
  }
  return {
    ...decision,
    facts: decision.facts.map((fact) => ('undoes' in fact ? { ...fact, undoes: last.id } : fact)),
    outcome: { ...decision.outcome, change: null },
  };
}
