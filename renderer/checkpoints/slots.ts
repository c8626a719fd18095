/** A list of which only a part has been fetched. */
import type { CheckpointRow, CheckpointsInWindow } from '../../shared/ipc/checkpoints';

export interface Slot {
  readonly index: number;
  /** Null: it is not there yet. */
  readonly row: CheckpointRow | null;
}

export interface Block {
  readonly from: number;
  readonly count: number;
}

const blockSize = 100;
const blocks = new Map<number, Block>();

/** The same object always for the same block. */
function blockAt(from: number): Block {
  const block = blocks.get(from) ?? { from, count: blockSize };
  blocks.set(from, block);
  return block;
}

/** Those that have the rows in sight; of more than two, the first. */
export function blocksOf(first: number, end: number): readonly [Block, Block | null] {
  const from = Math.floor(first / blockSize) * blockSize;
  return [blockAt(from), end > from + blockSize ? blockAt(from + blockSize) : null];
}

let empty: readonly Slot[] = [];

export function slotsOf(
  total: number,
  parts: readonly Pick<CheckpointsInWindow, 'from' | 'checkpoints'>[],
): readonly Slot[] {
  if (empty.length < total) empty = Array.from({ length: total }, (_, index) => ({ index, row: null }));
  const slots = empty.slice(0, total);
  for (const { from, checkpoints } of parts)
    for (const [offset, row] of checkpoints.entries())
      if (from + offset < total) slots[from + offset] = { index: from + offset, row };
  return slots;
}
