/** Which checkpoints of a task are given up. */
import type { Checkpoint, CheckpointId, KeepRule } from '../../shared/model/checkpoint';
import { chainOf } from './tasks';

/** `known`: all of one task, the newest first. The newest that can be used stays whatever the rule says. */
export function tooMany(known: readonly Checkpoint[], { last, everyMs }: KeepRule): readonly CheckpointId[] {
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
  for (const one of present) if (kept.has(one.id)) for (const { id } of chainOf(one, present)) kept.add(id);
  return present.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
}
