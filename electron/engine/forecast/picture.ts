import { jobOf } from '../dependencies/edges';
import { isSettled } from '../dependencies/readiness';
import { pictureOf, type Picture } from '../snapshot';
import type { BatchRecord, FarmState } from '../state';

/** All that has not ended, and what that waits for: the rest only makes a copy larger. */
export function pictureOfOpen(state: FarmState): Picture {
  const open = new Set<BatchRecord>();
  for (const batch of state.batches.values()) if (!isSettled(batch.counts)) open.add(batch);
  const needed = new Set(open);
  for (const { from, to } of state.edges.values())
    if (from !== null && open.has(jobOf(to).batch)) needed.add(jobOf(from).batch);
  return pictureOf(state, (batch) => needed.has(batch));
}

/** The nodes and the settings alone, as if there were no work. */
export function pictureOfNodes(state: FarmState): Picture {
  const { header, arrays } = pictureOf(state, () => false);
  return { header: { ...header, attempts: [], reservations: [], schedules: [], undoable: [] }, arrays };
}
