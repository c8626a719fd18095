/** Whether tasks may start, worked out from the dependencies as they were written and the results as they are. */
import { compare } from '../../../../shared/model/dependency';
import type { DependencyState } from '../../../../shared/model/states';
import type { EdgeEntry, StepEntry, Task } from './ledger';

const isOver = ({ state }: Task): boolean => state !== 'waiting' && state !== 'running';
const hasFailedItself = ({ state }: Task): boolean => state === 'failed' || state === 'cancelled';

/** Cancelled and retried jobs apart: those the checker of facts minds. */
export function isReady(step: StepEntry, index: number): boolean {
  return (
    step.tasks[index]?.until === null &&
    !step.job.cancelled &&
    step.before.every((edge) => letsGo(edge, index))
  );
}

export function letsGo(edge: EdgeEntry, index: number): boolean {
  const before = earlierTasks(edge, index);
  if (before === null) return ['SATISFIED', 'BYPASSED'].includes(wholeState(edge));
  const bypass = edge.spec.onFailure === 'bypass';
  return before.every((task) => task.state === 'completed' || (bypass && hasFailedItself(task)));
}

/** What this task waits for did not do what was asked of it, and will not by itself. */
export function isFailedFor(edge: EdgeEntry, index: number): boolean {
  const before = earlierTasks(edge, index);
  if (before === null) return wholeState(edge) === 'FAILED';
  if (edge.spec.onFailure === 'bypass' || !before.some(hasFailedItself)) return false;
  return edge.spec.onFailure === 'hold' || before.every(isOver);
}

/** Null: it waits for the edge as a whole. */
export function earlierTasks({ spec, from, resolved }: EdgeEntry, index: number): readonly Task[] | null {
  const { relation } = spec;
  if (relation.type !== 'SEQUENTIAL' || relation.mapping.kind === 'all' || resolved !== null) return null;
  const { mapping } = relation;
  const tasks = from[0]?.tasks ?? [];
  if (mapping.kind === 'pairs') {
    const wanted = mapping.pairs.filter(([, to]) => to === index).map(([earlier]) => earlier);
    return tasks.filter((_, earlier) => wanted.includes(earlier));
  }
  const group = Math.floor(index / mapping.to);
  return tasks.filter((_, earlier) => Math.floor(earlier / mapping.from) === group);
}

export function wholeState(edge: EdgeEntry): DependencyState {
  edge.known ??= findState(edge);
  return edge.known;
}

function findState(edge: EdgeEntry): DependencyState {
  if (edge.spec.relation.type === 'RESOURCE') return 'SATISFIED';
  const state = edge.resolved ?? followsFrom(edge);
  return state === 'FAILED' && edge.spec.onFailure === 'bypass' ? 'BYPASSED' : state;
}

function followsFrom({ spec: { relation }, from }: EdgeEntry): DependencyState {
  const tasks = from.flatMap((step) => step.tasks);
  if (tasks.length === 0 || !tasks.every(isOver)) return 'PENDING';
  const completed = tasks.every(({ state }) => state === 'completed');
  const when = (isSo: boolean): DependencyState => (isSo ? 'SATISFIED' : 'FAILED');
  switch (relation.type) {
    case 'SEQUENTIAL':
      return when(completed);
    case 'DATA':
    case 'TEMPORAL':
      return completed ? 'PENDING' : 'FAILED';
    case 'RESOURCE':
      return 'SATISFIED';
    case 'CONDITIONAL': {
      const { condition } = relation;
      if (condition.kind === 'completed') return when(completed);
      if (condition.kind === 'failed') return when(tasks.some(({ state }) => state === 'failed'));
      if (condition.kind === 'ended') return 'SATISFIED';
      if (condition.kind === 'value') return 'FAILED';
      const codes = tasks.map(({ state, code }) =>
        state === 'completed' ? 0 : state === 'failed' ? code : null,
      );
      return when(codes.every((code) => code !== null && condition.codes.includes(code)));
    }
  }
}

/** What may resolve an edge from outside: null, or what is wrong with it. */
export function problemWithResolution(
  edge: EdgeEntry,
  state: DependencyState,
  at: number,
  filesAreThere: boolean,
): string | null {
  if (state === 'BYPASSED') return null;
  const { relation } = edge.spec;
  const isComplete = edge.from.every(({ tasks }) => tasks.every((task) => task.state === 'completed'));
  if (relation.type === 'DATA') {
    if (!isComplete) return 'files were looked for before the work was complete';
    return (state === 'SATISFIED') === filesAreThere
      ? null
      : `it is ${state}, but the files are ${filesAreThere ? '' : 'not '}there`;
  }
  if (relation.type === 'CONDITIONAL') return edge.isMet ? null : 'no such value was reported';
  if (relation.type !== 'TEMPORAL') return 'it follows from the tasks';
  const { rule } = relation;
  if (rule.kind === 'notBefore') return at >= rule.at ? null : 'its time has not come';
  if (rule.kind === 'window')
    return (state === 'SATISFIED') === isWithin(rule.window, at) ? null : `it is ${state} at the wrong time`;
  return isComplete && edge.completedAt !== null && at >= edge.completedAt + rule.milliseconds
    ? null
    : 'it is too early';
}

/** By the clocks of UTC, which the simulation alone uses. */
function isWithin(
  { opens, closes }: { readonly opens: string; readonly closes: string },
  at: number,
): boolean {
  const time = new Date(at).toISOString().slice(11, 16);
  return opens < closes ? opens <= time && time < closes : opens <= time || time < closes;
}

export function isMetBy({ spec: { relation } }: EdgeEntry, name: string, value: number): boolean {
  if (relation.type !== 'CONDITIONAL' || relation.condition.kind !== 'value') return false;
  const { condition } = relation;
  return condition.name === name && compare(value, condition.is, condition.than);
}
