import { codes, countOf } from '../counts';
import type { BatchRecord, Edge, StepRecord } from '../state';
import { isJob, stepsOf } from './edges';
import { edgesAfter, edgesBefore, edgeState, hasFailed, tasksAfter, tasksBefore } from './readiness';

/** None of its tasks runs, and none will unless a person does something. */
export function canOnlyEnd(batch: BatchRecord): boolean {
  const { counts } = batch;
  if (countOf(counts, 'QUEUED') + countOf(counts, 'RUNNING') > 0) return false;
  if (countOf(counts, 'PENDING') === 0) return true;
  const waiting = batch.jobs.flatMap((job) => job.steps.filter(isWaiting));
  const stuck = findStuck(waiting);
  return waiting.every((step) => (stuck.get(step)?.size ?? 0) === countOf(step.counts, 'PENDING'));
}

/** The tasks of these steps, and of those before them, that wait for what failed or for others that do. */
function findStuck(steps: readonly StepRecord[]): ReadonlyMap<StepRecord, ReadonlySet<number>> {
  const stuck = new Map<StepRecord, Set<number>>(stepsBefore(steps).map((step) => [step, new Set()]));
  const untold: { readonly step: StepRecord; readonly task: number }[] = [];
  const note = (step: StepRecord, task: number): void => {
    const known = stuck.get(step);
    if (known === undefined || known.has(task) || step.states[task] !== codes.PENDING) return;
    known.add(task);
    untold.push({ step, task });
  };
  const noteAll = (step: StepRecord): void => {
    for (let task = 0; task < step.count; task++) note(step, task);
  };
  for (const step of stuck.keys()) {
    for (const edge of edgesBefore(step)) {
      if (!isMapped(edge)) {
        if (edgeState(edge) === 'FAILED') noteAll(step);
      } else if (hasAnyFailedBefore(edge)) {
        for (let task = 0; task < step.count; task++) if (hasFailedBefore(edge, task)) note(step, task);
      }
    }
  }
  const told = new Set<Edge>();
  for (let next = untold.pop(); next !== undefined; next = untold.pop()) {
    for (const edge of edgesAfter(next.step)) {
      if (isMapped(edge)) {
        for (const later of tasksAfter(edge, next.task)) if (!isJob(edge.to)) note(edge.to, later);
      } else if (!told.has(edge) && waitsForAll(edge)) {
        told.add(edge);
        stepsOf(edge.to).forEach(noteAll);
      }
    }
  }
  return stuck;
}

/** With all that has to come before them and still waits. Without recursion: a chain may be long. */
function stepsBefore(steps: readonly StepRecord[]): readonly StepRecord[] {
  const found = new Set(steps);
  for (const step of found) {
    for (const { from } of edgesBefore(step)) {
      if (from !== null) for (const before of stepsOf(from)) if (isWaiting(before)) found.add(before);
    }
  }
  return [...found];
}

const isWaiting = ({ counts }: StepRecord): boolean => countOf(counts, 'PENDING') > 0;
const isMapped = (edge: Edge): boolean => edge.mapping !== null && edge.resolved === null;

function hasAnyFailedBefore({ from, spec }: Edge): boolean {
  if (from === null || spec.onFailure === 'bypass') return false;
  return countOf(from.counts, 'FAILED') + countOf(from.counts, 'CANCELLED') > 0;
}

function hasFailedBefore(edge: Edge, task: number): boolean {
  const { from, spec } = edge;
  if (from === null || isJob(from)) return false;
  // What fails with others does so when all of those have ended: until then it does not wait for a person.
  if (spec.onFailure === 'fail') return hasFailed(edge, task);
  return tasksBefore(edge, task).some((before) => (from.states[before] ?? 0) > codes.COMPLETED);
}

/** It cannot be satisfied while a task before it waits. A value may come from another one that runs. */
function waitsForAll(edge: Edge): boolean {
  if (edgeState(edge) !== 'PENDING') return false;
  const { relation } = edge.spec;
  if (relation.type !== 'CONDITIONAL' || relation.condition.kind !== 'value' || edge.from === null)
    return true;
  return countOf(edge.from.counts, 'QUEUED') + countOf(edge.from.counts, 'RUNNING') === 0;
}
