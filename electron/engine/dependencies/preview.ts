import { codes, countOf } from '../counts';
import type { EdgeSpec } from '../facts';
import type { Edge, FarmState, StepRecord } from '../state';
import type { LinkPreview, StepTasks } from '../../../shared/model/edge';
import { findEnd, makeEdge, stepsOf } from './edges';
import { allows, edgesBefore, waitsAsOne } from './readiness';

/** What would follow for the tasks right after these edges; changes nothing. */
export function previewLink(
  state: FarmState,
  added: readonly EdgeSpec[],
  removed: ReadonlySet<number>,
): LinkPreview {
  const touched = new Map<StepRecord, Edge[]>();
  const touch = (step: StepRecord): Edge[] => {
    const edges = touched.get(step) ?? [];
    touched.set(step, edges);
    return edges;
  };
  for (const id of removed) {
    const edge = state.edges.get(id);
    if (edge !== undefined) stepsOf(edge.to).forEach(touch);
  }
  for (const spec of added) {
    const to = findEnd(state, spec.to);
    const from = spec.from === null ? null : findEnd(state, spec.from);
    if (to === null || (spec.from !== null && from === null)) continue;
    const edge = makeEdge(0, spec, from, to);
    for (const step of stepsOf(to)) touch(step).push(edge);
  }
  const blocked: StepTasks[] = [];
  const freed: StepTasks[] = [];
  for (const [step, extra] of touched) {
    const edges = [...edgesBefore(step).filter(({ id }) => !removed.has(id)), ...extra];
    const place = { job: step.job.id, step: step.index };
    const { nowBlocked, nowFree } = compareReadiness(step, edges);
    if (nowBlocked > 0) blocked.push({ ...place, tasks: nowBlocked });
    if (nowFree > 0) freed.push({ ...place, tasks: nowFree });
  }
  return { blocked, freed };
}

function compareReadiness(step: StepRecord, edges: readonly Edge[]): { nowBlocked: number; nowFree: number } {
  if (step.job.cancelled) return { nowBlocked: 0, nowFree: 0 };
  const isFree = (task: number): boolean =>
    !step.waits.has(task) && edges.every((edge) => allows(edge, task));
  if (
    waitsAsOne(step) &&
    edges.every(({ spec: { relation } }) => relation.type !== 'SEQUENTIAL' || relation.mapping.kind === 'all')
  ) {
    const free = isFree(0);
    return {
      nowBlocked: free ? 0 : countOf(step.counts, 'QUEUED'),
      nowFree: free ? countOf(step.counts, 'PENDING') : 0,
    };
  }
  let nowBlocked = 0;
  let nowFree = 0;
  for (let task = 0; task < step.count; task++) {
    const code = step.states[task];
    if (code === codes.QUEUED && !isFree(task)) nowBlocked++;
    if (code === codes.PENDING && isFree(task)) nowFree++;
  }
  return { nowBlocked, nowFree };
}
