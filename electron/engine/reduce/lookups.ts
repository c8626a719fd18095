/** The facts name only what earlier facts made: anything else is a fault in Drover or its store. */
import type { AttemptId, BatchId, EdgeId, JobId, NodeId } from '../../../shared/model/ids';
import type { BatchRecord, Edge, FarmState, JobRecord, LiveAttempt, NodeRecord, StepRecord } from '../state';

export function found<Value>(value: Value | null | undefined, what: string, id: string): Value {
  if (value === undefined || value === null)
    throw new Error(`a fact names ${what} ${id}, which no earlier fact made`);
  return value;
}

export const batch = (state: FarmState, id: BatchId): BatchRecord =>
  found(state.batches.get(id), 'batch', id);
export const job = (state: FarmState, id: JobId): JobRecord => found(state.jobs.get(id), 'job', id);
export const node = (state: FarmState, id: NodeId): NodeRecord => found(state.nodes.get(id), 'node', id);
export const edge = (state: FarmState, id: EdgeId): Edge => found(state.edges.get(id), 'edge', String(id));
export const attempt = (state: FarmState, id: AttemptId): LiveAttempt =>
  found(state.attempts.get(id), 'attempt', id);
export const stepOf = (state: FarmState, id: JobId, step: number): StepRecord =>
  found(job(state, id).steps[step], 'step', `${id}/${step}`);
