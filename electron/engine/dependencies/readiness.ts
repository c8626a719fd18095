/** Whether work may start is derived from the state of what comes before it, never stored. */
import type { DependencyState } from '../../../shared/model/states';
import { codes, countOf, totalOf, type Counts } from '../counts';
import type { Edge, JobRecord, StepRecord } from '../state';
import { isJob, stepsOf } from './edges';

/** Of the edge as a whole; where single tasks wait for single tasks, {@link allows} knows more. */
export function edgeState(edge: Edge): DependencyState {
  const { relation, onFailure } = edge.spec;
  if (relation.type === 'RESOURCE') return 'SATISFIED';
  const state = edge.resolved ?? followsFrom(edge);
  return state === 'FAILED' && onFailure === 'bypass' ? 'BYPASSED' : state;
}

function followsFrom({ spec: { relation }, from }: Edge): DependencyState {
  if (from === null) return 'PENDING';
  const { counts } = from;
  const completed = countOf(counts, 'COMPLETED') === totalOf(counts);
  const ended = isSettled(counts);
  switch (relation.type) {
    case 'SEQUENTIAL':
      return completed ? 'SATISFIED' : ended ? 'FAILED' : 'PENDING';
    case 'DATA':
    case 'TEMPORAL':
      // Completed: it is looked whether the files are there, or waited for the time.
      return ended && !completed ? 'FAILED' : 'PENDING';
    case 'RESOURCE':
      return 'SATISFIED';
    case 'CONDITIONAL':
      if (!ended) return 'PENDING';
      switch (relation.condition.kind) {
        case 'completed':
          return completed ? 'SATISFIED' : 'FAILED';
        case 'failed':
          return countOf(counts, 'FAILED') > 0 ? 'SATISFIED' : 'FAILED';
        case 'ended':
          return 'SATISFIED';
        case 'exitCode':
          return exitCodes(from).every((code) => code !== null && isOneOf(relation, code))
            ? 'SATISFIED'
            : 'FAILED';
        case 'value':
          return 'FAILED';
      }
  }
}

function isOneOf(
  relation: Extract<Edge['spec']['relation'], { type: 'CONDITIONAL' }>,
  code: number,
): boolean {
  return relation.condition.kind === 'exitCode' && relation.condition.codes.includes(code);
}

/** Of tasks that failed, and 0 once when any completed. */
function exitCodes(from: JobRecord | StepRecord): readonly (number | null)[] {
  const found: (number | null)[] = [];
  for (const step of stepsOf(from)) {
    if (countOf(step.counts, 'COMPLETED') > 0) found.push(0);
    let failed = 0;
    for (const [task, { exitCode }] of step.trouble) {
      if (step.states[task] !== codes.FAILED) continue;
      failed++;
      found.push(exitCode);
    }
    if (failed < countOf(step.counts, 'FAILED') || countOf(step.counts, 'CANCELLED') > 0) found.push(null);
  }
  return found;
}

/** Nothing of it will run any more unless a person wishes so. */
export function isSettled(counts: Counts): boolean {
  return countOf(counts, 'PENDING') + countOf(counts, 'QUEUED') + countOf(counts, 'RUNNING') === 0;
}

/** Whether the edge lets this task of a step after it go. */
export function allows(edge: Edge, task: number): boolean {
  const { mapping } = edge;
  if (mapping === null || edge.resolved !== null) {
    const state = edgeState(edge);
    return state === 'SATISFIED' || state === 'BYPASSED';
  }
  const { from } = edge;
  if (from === null || isJob(from)) return true;
  const bypass = edge.spec.onFailure === 'bypass';
  const lets = (earlier: number): boolean => {
    const code = from.states[earlier];
    return code === codes.COMPLETED || (bypass && (code === codes.FAILED || code === codes.CANCELLED));
  };
  if (mapping.kind === 'pairs') return (edge.pairs?.before.get(task) ?? []).every(lets);
  const group = Math.floor(task / mapping.to);
  const first = group * mapping.from;
  if (edge.open !== null && (edge.open[group] ?? 0) === 0) return true;
  if (edge.open !== null && !bypass) return false;
  for (let earlier = first; earlier < Math.min(from.count, first + mapping.from); earlier++) {
    if (!lets(earlier)) return false;
  }
  return true;
}

/** Nothing that the edge waits for is done, so it lets no task of the step go: known without a look at each. */
export function holdsAll(edge: Edge, step: StepRecord): boolean {
  const { mapping, from, resolved } = edge;
  if (mapping === null || resolved !== null) return !allows(edge, 0);
  if (mapping.kind !== 'groups' || from === null || isJob(from)) return false;
  const { counts, count } = from;
  const done = countOf(counts, 'COMPLETED') + countOf(counts, 'FAILED') + countOf(counts, 'CANCELLED');
  // A later group without any earlier task waits for nothing.
  return done === 0 && Math.ceil(step.count / mapping.to) <= Math.ceil(count / mapping.from);
}

/** A task that the edge waits for failed, and nothing that it waits for goes on. */
export function hasFailed(edge: Edge, task: number): boolean {
  const { from } = edge;
  const { mapping } = edge;
  if (mapping === null || edge.resolved !== null || from === null || isJob(from))
    return edgeState(edge) === 'FAILED';
  const before = tasksBefore(edge, task);
  const code = (earlier: number): number => from.states[earlier] ?? 0;
  return (
    before.some((earlier) => code(earlier) === codes.FAILED || code(earlier) === codes.CANCELLED) &&
    before.every((earlier) => code(earlier) >= codes.COMPLETED)
  );
}

/** The earlier tasks that this one waits for, of an edge between single tasks. */
export function tasksBefore(edge: Edge, task: number): readonly number[] {
  const { mapping } = edge;
  if (mapping === null || edge.from === null) return [];
  if (mapping.kind === 'pairs') return edge.pairs?.before.get(task) ?? [];
  const group = Math.floor(task / mapping.to);
  return indices(group * mapping.from, mapping.from, isJob(edge.from) ? 0 : edge.from.count);
}

/** The later tasks that wait for this one, of an edge between single tasks. */
export function tasksAfter(edge: Edge, task: number): readonly number[] {
  const { mapping } = edge;
  if (mapping === null || isJob(edge.to)) return [];
  if (mapping.kind === 'pairs') return edge.pairs?.after.get(task) ?? [];
  const group = Math.floor(task / mapping.from);
  return indices(group * mapping.to, mapping.to, edge.to.count);
}

function indices(first: number, count: number, limit: number): readonly number[] {
  const last = Math.min(limit, first + count);
  const found: number[] = [];
  for (let index = first; index < last; index++) found.push(index);
  return found;
}

/** Nothing comes before the task that has not been done, and it need not wait. */
export function isReady(step: StepRecord, task: number): boolean {
  for (const edge of step.incoming) if (!allows(edge, task)) return false;
  for (const edge of step.job.incoming) if (!allows(edge, task)) return false;
  return step.waits.size === 0 || !step.waits.has(task);
}

/** The edges that a step waits for: its own and those of its job. */
export function edgesBefore(step: StepRecord): readonly Edge[] {
  return step.job.incoming.length === 0 ? step.incoming : [...step.job.incoming, ...step.incoming];
}

export function edgesAfter(step: StepRecord): readonly Edge[] {
  return step.job.outgoing.length === 0 ? step.outgoing : [...step.outgoing, ...step.job.outgoing];
}

/** All tasks wait for the same: one look does for all of them. */
export function waitsAsOne(step: StepRecord): boolean {
  return step.waits.size === 0 && edgesBefore(step).every((edge) => edge.mapping === null);
}
