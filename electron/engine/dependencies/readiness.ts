/** Whether work may start is derived from the state of what comes before it, never stored. */
import type { DependencyState } from '../../../shared/model/states';
import { countOf, totalOf } from '../counts';
import type { Edge, JobRecord, StepRecord } from '../state';

export function edgeState(edge: Edge): DependencyState {
  const { counts } = edge.from;
  const total = totalOf(counts);
  if (countOf(counts, 'COMPLETED') === total) return 'SATISFIED';
  const mayStillComplete = countOf(counts, 'RUNNING') + countOf(counts, 'QUEUED') > 0;
  if (mayStillComplete) return 'PENDING';
  const failed = countOf(counts, 'FAILED') + countOf(counts, 'CANCELLED') > 0;
  return failed ? 'FAILED' : 'PENDING';
}

export function isReady(step: StepRecord): boolean {
  return edgesBefore(step).every((edge) => edgeState(edge) === 'SATISFIED');
}

/** The edges that a step waits for: its own and those of its job. */
export function edgesBefore(step: StepRecord): readonly Edge[] {
  return step.job.incoming.length === 0 ? step.incoming : [...step.job.incoming, ...step.incoming];
}

/** The steps that may become ready when this one completes. */
export function stepsAfter(step: StepRecord): readonly StepRecord[] {
  return [...step.outgoing, ...step.job.outgoing].flatMap((edge) => stepsOf(edge.to));
}

export function stepsOf(end: JobRecord | StepRecord): readonly StepRecord[] {
  return 'steps' in end ? end.steps : [end];
}
