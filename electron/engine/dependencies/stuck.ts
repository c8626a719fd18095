import { countOf } from '../counts';
import type { BatchRecord, Edge, JobRecord, StepRecord } from '../state';
import { stepsOf } from './edges';
import { edgesBefore, edgeState, isSettled } from './readiness';

/** None of its tasks runs, and none will unless a person does something. */
export function canOnlyEnd(batch: BatchRecord): boolean {
  const { counts } = batch;
  if (countOf(counts, 'QUEUED') + countOf(counts, 'RUNNING') > 0) return false;
  if (countOf(counts, 'PENDING') === 0) return true;
  const known = new Map<StepRecord, boolean>();
  return batch.jobs.every((job) => job.steps.every((step) => isOver(step, known)));
}

const isOver = (step: StepRecord, known: Map<StepRecord, boolean>): boolean =>
  countOf(step.counts, 'PENDING') === 0 ? isSettled(step.counts) : isStuck(step, known);

/** Its waiting tasks wait for what failed, or for steps that wait for that. Goes by steps without recursion. */
function isStuck(step: StepRecord, known: Map<StepRecord, boolean>): boolean {
  const open = [step];
  const seen = new Set<StepRecord>();
  // A step is stuck when any edge before it is; so one stuck root on the way up is enough.
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    if (known.get(at) === true) return remember(known, step, true);
    if (at.waits.size > 0) continue;
    for (const edge of edgesBefore(at)) {
      if (blocksForGood(edge)) return remember(known, step, true);
      for (const before of stillWaiting(edge)) open.push(before);
    }
  }
  return remember(known, step, false);
}

function blocksForGood(edge: Edge): boolean {
  if (edgeState(edge) === 'FAILED') return true;
  const { from } = edge;
  // Between single tasks: everything before has ended, so the tasks that wait wait for failed ones.
  return (
    edgeState(edge) === 'PENDING' &&
    from !== null &&
    edge.resolved === null &&
    isSettled(from.counts) &&
    edge.spec.relation.type === 'SEQUENTIAL'
  );
}

/** Steps before the edge that wait themselves, with nothing of them under way. */
function stillWaiting({ from }: Edge): readonly StepRecord[] {
  if (from === null || isUnderWay(from)) return [];
  return stepsOf(from).filter((step) => countOf(step.counts, 'PENDING') > 0);
}

const isUnderWay = ({ counts }: JobRecord | StepRecord): boolean =>
  countOf(counts, 'QUEUED') + countOf(counts, 'RUNNING') > 0;

function remember(known: Map<StepRecord, boolean>, step: StepRecord, stuck: boolean): boolean {
  known.set(step, stuck);
  return stuck;
}
