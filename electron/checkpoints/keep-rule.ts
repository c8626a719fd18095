/** Which checkpoints of a task are given up. */
import type {
  BestRule,
  Checkpoint,
  CheckpointId,
  CheckpointRule,
  KeepRule,
  ReportedValues,
} from '../../shared/model/checkpoint';
import { chainOf } from './tasks';

/**
 * `known`: all of one task, the newest first. The newest that can be used stays whatever the rule says.
 * `coming`: the values of one that is not among them yet.
 */
export function tooMany(
  known: readonly Checkpoint[],
  { last, everyMs, best }: KeepRule,
  coming: ReportedValues = {},
): readonly CheckpointId[] {
  const present = known.filter(({ dropped }) => !dropped);
  const usable = present.filter(({ broken }) => broken === null);
  const kept = new Set<CheckpointId>(usable.slice(0, Math.max(1, last)).map(({ id }) => id));
  for (const { id, tag } of present) if (tag !== null) kept.add(id);
  if (everyMs !== null) {
    const spans = new Set<number>();
    // Of each span the first that was made.
    for (const { id, madeAt } of usable.toReversed()) {
      const span = Math.floor(madeAt / everyMs);
      if (!spans.has(span)) kept.add(id);
      spans.add(span);
    }
  }
  if (best !== undefined) for (const id of bestOf(usable, best, coming)) kept.add(id);
  for (const one of present) if (kept.has(one.id)) for (const { id } of chainOf(one, present)) kept.add(id);
  return present.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
}

/** Of equal ones the newest. */
function bestOf(
  usable: readonly Checkpoint[],
  { name, is, count }: BestRule,
  coming: ReportedValues,
): readonly CheckpointId[] {
  const valued = [{ id: null, values: coming }, ...usable].flatMap(({ id, values }) => {
    const value = values?.[name];
    return value === undefined ? [] : [{ id, value }];
  });
  const sign = is === 'min' ? 1 : -1;
  return valued
    .toSorted((a, b) => sign * (a.value - b.value))
    .slice(0, count)
    .flatMap(({ id }) => (id === null ? [] : [id]));
}

/** Of those that are new at once, so many of the newest are kept whatever the others are. */
export function mostAtOnce({ type, keep }: Pick<CheckpointRule, 'type' | 'keep'>): number {
  const { last, ...others } = keep;
  const isOfOthers = type === 'INCREMENTAL' || type === 'DELTA';
  const isNewestOnly = Object.values(others).every((other) => other === null || other === undefined);
  return isNewestOnly && !isOfOthers ? Math.max(1, last) : Infinity;
}
