import { useMemo } from 'react';
import { useKept } from '../ui/kept';
import type { Arranging } from '../ui/table/columns';
import { inOrder } from '../ui/table/arrangement';
import { arrangement, move, resize, sortBy } from './arrangement';
import { queueColumns } from './columns';
import type { QueueColumn } from './columns';
import type { QueueRow } from './rows';

const isMovable = ({ isFixed }: QueueColumn): boolean => isFixed !== true;

/** The columns that there is room for, in the table that was last drawn. */
let inSight: ReadonlySet<string> = new Set();
export const columnsInSight = (): ReadonlySet<string> => inSight;
export function noteColumns(ids: readonly string[]): void {
  inSight = new Set(ids);
}

/**
 * The columns as the person has arranged them. `isFlat`: without those that tell of batches only.
 * Deadlines are shown by themselves where there is one.
 */
export function useQueueColumns(
  onExpand: (row: QueueRow, isExpanded: boolean) => void,
  isFlat: boolean,
  hasDeadlines: boolean,
): { readonly columns: readonly QueueColumn[]; readonly arranging: Arranging } {
  const { order, chosen, widths, sort } = useKept(arrangement);
  const all = useMemo(() => queueColumns(onExpand), [onExpand]);
  const columns = useMemo(() => {
    const ids = inOrder(
      all.filter(isMovable).map(({ id }) => id),
      order,
    );
    const movable = ids.flatMap((id) => all.find((column) => column.id === id) ?? []);
    const [first, ...last] = all.filter((column) => !isMovable(column));
    const isShown = ({ id, isExtra = false, isOfBatches = false }: QueueColumn): boolean =>
      (chosen[id] ?? (id === 'deadline' ? hasDeadlines : !isExtra)) && !(isFlat && isOfBatches);
    return [...(first === undefined ? [] : [first]), ...movable.filter(isShown), ...last].map((column) =>
      // What was chosen stays, also where it is narrow.
      chosen[column.id] === true ? { ...column, isMinor: false } : column,
    );
  }, [all, order, chosen, isFlat, hasDeadlines]);
  const arranging = useMemo((): Arranging => {
    const ids = all.filter(isMovable).map(({ id }) => id);
    return {
      widths,
      sort,
      onResize: resize,
      onMove: (column, before) => move(ids, column, before),
      onSort: sortBy,
    };
  }, [all, widths, sort]);
  return { columns, arranging };
}
