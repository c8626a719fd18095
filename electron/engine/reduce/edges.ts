import { findEnd, makeEdge, stepsOf } from '../dependencies/edges';
import { edgesBefore } from '../dependencies/readiness';
import type { EdgeSpec } from '../facts';
import type { Edge, FarmState, StepRecord } from '../state';
import { found } from './lookups';

export function addEdge(state: FarmState, id: number, spec: EdgeSpec): Edge {
  const from = spec.from === null ? null : found(findEnd(state, spec.from), 'job or step', spec.from.job);
  const to = found(findEnd(state, spec.to), 'job or step', spec.to.job);
  const record = makeEdge(id, spec, from, to);
  state.nextEdge = Math.max(state.nextEdge, id + 1);
  state.edges.set(record.id, record);
  record.from?.outgoing.push(record);
  record.to.incoming.push(record);
  return record;
}

export function removeEdge(state: FarmState, record: Edge): void {
  state.edges.delete(record.id);
  for (const list of [record.from?.outgoing, record.to.incoming]) {
    const at = list?.indexOf(record) ?? -1;
    if (at >= 0) list?.splice(at, 1);
  }
}

/** A lock that steps need is part of what they ask for. The steps that ask for something else now. */
export function applyLocks(state: FarmState, { spec, to }: Edge): readonly StepRecord[] {
  if (spec.relation.type !== 'RESOURCE') return [];
  for (const step of stepsOf(to)) {
    const locks: Record<string, number> = {};
    for (const edge of edgesBefore(step)) {
      const { relation } = edge.spec;
      if (relation.type === 'RESOURCE')
        locks[relation.resource] = (locks[relation.resource] ?? 0) + relation.amount;
    }
    step.requestClass = state.classes.of(step.step.request, step.step.needs, step.job.job.kind, locks);
  }
  return stepsOf(to);
}
