import type { EdgeSpec } from '../facts';
import type { FarmState, StepRecord } from '../state';
import { findEnd, nameOf, stepsOf } from './edges';
import { edgesAfter } from './readiness';

/**
 * The way, in names, by which work would come to wait for itself if these edges were added and those
 * removed; null: there is none. Looks only at what comes after the new edges.
 */
export function findCycle(
  state: FarmState,
  added: readonly EdgeSpec[],
  removed: ReadonlySet<number>,
): readonly string[] | null {
  const extra = new Map<StepRecord, StepRecord[]>();
  const starts: (readonly [from: StepRecord, to: StepRecord])[] = [];
  for (const { from, to } of added) {
    const before = from === null ? null : findEnd(state, from);
    const after = findEnd(state, to);
    if (before === null || after === null) continue;
    for (const first of stepsOf(before)) {
      const list = extra.get(first) ?? [];
      extra.set(first, list);
      for (const second of stepsOf(after)) {
        list.push(second);
        starts.push([first, second]);
      }
    }
  }
  for (const [from, to] of starts) {
    const way = wayBack(to, from, removed, extra);
    if (way !== null) return [nameOf(from), ...way.map(nameOf)];
  }
  return null;
}

/** From one step to another along the edges, without recursion: a chain may be long. */
function wayBack(
  start: StepRecord,
  goal: StepRecord,
  removed: ReadonlySet<number>,
  extra: ReadonlyMap<StepRecord, readonly StepRecord[]>,
): readonly StepRecord[] | null {
  const cameFrom = new Map<StepRecord, StepRecord | null>([[start, null]]);
  const open = [start];
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    if (step === goal) {
      const way: StepRecord[] = [];
      for (let at: StepRecord | null = step; at !== null; at = cameFrom.get(at) ?? null) way.unshift(at);
      return way;
    }
    const visit = (next: StepRecord): void => {
      if (cameFrom.has(next)) return;
      cameFrom.set(next, step);
      open.push(next);
    };
    for (const edge of edgesAfter(step)) if (!removed.has(edge.id)) stepsOf(edge.to).forEach(visit);
    extra.get(step)?.forEach(visit);
  }
  return null;
}
