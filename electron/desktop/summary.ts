import type { BatchRow } from '../../shared/ipc/queue';
import { isEnded, totalOf } from '../../shared/model/states';

/** What tray, task bar and notifications tell of the queue. */
export interface Summary {
  readonly state: 'idle' | 'working' | 'attention' | 'paused';
  readonly working: readonly BatchRow[];
  /** Over all batches at work; null when there is none. */
  readonly progress: number | null;
}

/** `unseen`: failed batches that nobody has looked at yet. */
export function summarize(batches: Iterable<BatchRow>, unseen: ReadonlySet<string>): Summary {
  const working = [...batches].filter((batch) => !isEnded(batch.state));
  const total = working.reduce((sum, batch) => sum + totalOf(batch.tasks), 0);
  const done = working.reduce((sum, batch) => sum + batch.progress * totalOf(batch.tasks), 0);
  return {
    state: unseen.size > 0 ? 'attention' : stateOf(working),
    working,
    progress: total === 0 ? null : done / total,
  };
}

function stateOf(working: readonly BatchRow[]): Summary['state'] {
  if (working.length === 0) return 'idle';
  return working.every(({ state }) => state === 'PAUSED') ? 'paused' : 'working';
}
