import type { Edge, StepRecord } from '../state';
import { stepsOf } from './edges';
import { edgesAfter, edgesBefore } from './readiness';

const stepsAtOnce = 512;

/**
 * Each step has a depth that is larger than those of all steps before it. So an edge that goes from a
 * smaller to a larger one can close no cycle, and nobody has to go through the graph to know that.
 * Edges that are taken away leave the depths right.
 */
export function* layDepths(steps: Iterable<StepRecord>): Generator<undefined, void> {
  let count = 0;
  const before = new Map<StepRecord, number>();
  const next: StepRecord[] = [];
  for (const step of steps) {
    step.depth = 0;
    let all = 0;
    for (const { from } of edgesBefore(step)) if (from !== null) all += stepsOf(from).length;
    before.set(step, all);
    if (all === 0) next.push(step);
    if (++count % stepsAtOnce === 0) yield;
  }
  for (let step = next.pop(); step !== undefined; step = next.pop()) {
    for (const { to } of edgesAfter(step)) {
      for (const later of stepsOf(to)) {
        later.depth = Math.max(later.depth, step.depth + 1);
        const left = (before.get(later) ?? 0) - 1;
        before.set(later, left);
        if (left === 0) next.push(later);
      }
    }
    if (++count % stepsAtOnce === 0) yield;
  }
}

/** After an edge was added: what comes after it may have to go deeper. */
export function deepen({ from, to }: Edge): void {
  const open: StepRecord[] = [];
  const below = (step: StepRecord, later: StepRecord): void => {
    if (later.depth > step.depth) return;
    later.depth = step.depth + 1;
    open.push(later);
  };
  if (from === null) return;
  for (const step of stepsOf(from)) for (const later of stepsOf(to)) below(step, later);
  for (let step = open.pop(); step !== undefined; step = open.pop())
    for (const edge of edgesAfter(step)) for (const later of stepsOf(edge.to)) below(step, later);
}
