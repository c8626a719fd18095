import { useCallback } from 'react';
import type { ReactNode, Ref } from 'react';
import { navigate } from '../app/useRoute';
import { VirtualTable } from '../ui/VirtualTable';
import type { VirtualTableHandle } from '../ui/VirtualTable';
import { cancel, retry, targetOfRow } from './actions';
import { rowKey } from './rows';
import type { QueueRow } from './rows';
import { noteColumns, useQueueColumns } from './useQueueColumns';
import './queue.css';

interface Props {
  readonly label: string;
  readonly rows: readonly QueueRow[];
  readonly selected: string | null;
  onSelect(this: void, key: string): void;
  onExpand(this: void, row: QueueRow, isExpanded: boolean): void;
  /** The jobs of one batch, without a row for it. */
  readonly isFlat?: boolean;
  readonly hasDeadlines: boolean;
  readonly empty?: ReactNode;
  readonly handle?: Ref<VirtualTableHandle>;
}

function openRow(row: QueueRow): void {
  navigate(row.kind === 'batch' ? { page: 'batch', batch: row.batch.id } : { page: 'job', job: row.job.id });
}

function onKey(row: QueueRow, key: string): boolean {
  const target = targetOfRow(row);
  if (key === 'Delete' && target.canCancel) void cancel(target);
  else if (key.toLowerCase() === 'r' && target.canRetry) void retry(target);
  else return false;
  return true;
}

/** Batches with their jobs, or the jobs of one batch. */
export function QueueTable(props: Props): ReactNode {
  const { onExpand, isFlat = false } = props;
  const { columns, arranging } = useQueueColumns(onExpand, isFlat, props.hasDeadlines);
  const placeOf = useCallback(
    (row: QueueRow) =>
      row.kind === 'batch'
        ? { level: 1, isExpanded: row.isExpanded }
        : { level: isFlat ? 1 : 2, isExpanded: null },
    [isFlat],
  );
  return (
    <VirtualTable
      label={props.label}
      columns={columns}
      arranging={arranging}
      onFit={noteColumns}
      rows={props.rows}
      keyOf={rowKey}
      placeOf={placeOf}
      selected={props.selected}
      onSelect={props.onSelect}
      onOpen={openRow}
      onExpand={onExpand}
      onKey={onKey}
      empty={props.empty}
      {...(props.handle === undefined ? {} : { handle: props.handle })}
    />
  );
}
