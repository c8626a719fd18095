/** When the tasks of a step could begin: what waiting is counted from. */
import type { JobId } from '../../../shared/model/ids';
import type { ReportedDependency, ReportedEnd } from '../input';

/** When work completed; null: it has not. */
export interface Ends {
  readonly first: number | null;
  readonly last: number | null;
}

/**
 * The latest of the submission and of what came before. Where tasks wait for single tasks, the step could
 * begin when the first of those had ended.
 */
export function readyAt(
  submittedAt: number,
  job: JobId,
  step: number,
  dependencies: readonly ReportedDependency[],
  endsOf: (end: ReportedEnd) => Ends,
): number {
  let ready = submittedAt;
  for (const { from, to, relation } of dependencies) {
    if (to.job !== job || (to.step !== null && to.step.index !== step)) continue;
    if (relation.type === 'TEMPORAL' && relation.rule.kind === 'notBefore')
      ready = Math.max(ready, relation.rule.at);
    if (from === null || isOfValue(relation)) continue;
    const { first, last } = endsOf(from);
    const isByTask = relation.type === 'SEQUENTIAL' && relation.mapping.kind !== 'all';
    const delay =
      relation.type === 'TEMPORAL' && relation.rule.kind === 'delay' ? relation.rule.milliseconds : 0;
    ready = Math.max(ready, ((isByTask ? first : last) ?? submittedAt) + delay);
  }
  return ready;
}

/** It is met at some time while the earlier work runs, which nobody has written down. */
function isOfValue(relation: ReportedDependency['relation']): boolean {
  return relation.type === 'CONDITIONAL' && relation.condition.kind === 'value';
}
