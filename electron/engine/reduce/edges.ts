import type { NodeId } from '../../../shared/model/ids';
import { codes } from '../counts';
import { findEnd, jobOf, makeEdge, stepsOf } from '../dependencies/edges';
import { edgesBefore } from '../dependencies/readiness';
import type { EdgeSpec } from '../facts';
import type { RequestClass } from '../resources/classes';
import { requestOf, type Edge, type FarmState, type StepRecord } from '../state';
import { found } from './lookups';

export function addEdge(state: FarmState, id: number, spec: EdgeSpec): Edge {
  const from = spec.from === null ? null : found(findEnd(state, spec.from), 'job or step', spec.from.job);
  const to = found(findEnd(state, spec.to), 'job or step', spec.to.job);
  const record = makeEdge(id, spec, from, to);
  state.nextEdge = Math.max(state.nextEdge, id + 1);
  state.edges.set(record.id, record);
  record.from?.outgoing.push(record);
  record.to.incoming.push(record);
  noteFollower(record, 1);
  return record;
}

export function removeEdge(state: FarmState, record: Edge): void {
  state.edges.delete(record.id);
  for (const list of [record.from?.outgoing, record.to.incoming]) {
    const at = list?.indexOf(record) ?? -1;
    if (at >= 0) list?.splice(at, 1);
  }
  noteFollower(record, -1);
}

function noteFollower({ from, to }: Edge, difference: 1 | -1): void {
  if (from === null) return;
  const { batch } = jobOf(from);
  const follower = jobOf(to).batch;
  if (batch === follower) return;
  const edges = (batch.followers.get(follower) ?? 0) + difference;
  if (edges === 0) batch.followers.delete(follower);
  else batch.followers.set(follower, edges);
}

/** A lock that steps need is part of what they ask for. The steps that ask for something else now. */
export function applyLocks(state: FarmState, { spec, to }: Edge): readonly StepRecord[] {
  if (spec.relation.type !== 'RESOURCE') return [];
  for (const step of stepsOf(to)) {
    step.requestClass = classOf(state, step, step.step.request.memoryMiB);
    for (const [task, { request, avoids }] of step.larger)
      step.larger.set(task, classOf(state, step, request.memoryMiB, avoids));
    queueLarger(step);
  }
  return stepsOf(to);
}

/** What a task of the step asks for with so much memory, with the locks that it has to take. */
export function classOf(
  state: FarmState,
  step: StepRecord,
  memoryMiB: number,
  avoids: NodeId | null = null,
): RequestClass {
  const locks: Record<string, number> = {};
  for (const edge of edgesBefore(step)) {
    const { relation } = edge.spec;
    if (relation.type === 'RESOURCE')
      locks[relation.resource] = (locks[relation.resource] ?? 0) + relation.amount;
  }
  const { request, needs } = step.step;
  const asked = memoryMiB === request.memoryMiB ? request : { ...request, memoryMiB };
  return state.classes.of(asked, needs, step.job.job.kind, locks, avoids);
}

/** The task keeps off a node from now on; null: off none. It must not be QUEUED. */
export function keepOff(state: FarmState, step: StepRecord, task: number, avoids: NodeId | null): void {
  const asked = classOf(state, step, requestOf(step, task).memoryMiB, avoids);
  if (asked === step.requestClass) step.larger.delete(task);
  else step.larger.set(task, asked);
}

/** Puts the QUEUED tasks that ask for something else than their step where the scheduler finds them. */
export function queueLarger(step: StepRecord): void {
  step.queuedLarger.clear();
  for (const [task, requestClass] of step.larger) {
    if (step.states[task] !== codes.QUEUED) continue;
    const queue = step.queuedLarger.get(requestClass) ?? new Set<number>();
    step.queuedLarger.set(requestClass, queue.add(task));
  }
}
