import { useMergedRef } from '@mantine/hooks';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { ReactNode, Ref } from 'react';
import type { JobRow } from '../../shared/ipc/queue';
import type { Marks } from '../ui/table/marks';
import { VirtualTable } from '../ui/VirtualTable';
import type { VirtualTableHandle } from '../ui/VirtualTable';
import { DeadlineDialog } from './act/DeadlineDialog';
import { changeJobs } from './act/change';
import { fitsSome } from './act/job-actions';
import { jobsOf } from './act/many';
import { RowMenu } from './act/RowMenu';
import type { Place } from './act/RowMenu';
import { canCancelStep, cancelStep, canRetryStep, retryStep } from './act/step';
import { SelectionBar } from './act/SelectionBar';
import { useMoving } from './move/useMoving';
import { cancel, openRow, retry, targetOfRun } from './actions';
import { rowKey } from './rows';
import type { QueueRow, StepOfQueue } from './rows';
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

/** What a key does with the rows that are selected. True: it was dealt with. */
function actByKey(key: string, rows: readonly QueueRow[]): boolean {
  const [only, ...others] = rows;
  if (only?.kind === 'step' && others.length === 0) return actOnStep(key, only);
  const target = only === undefined || only.kind === 'step' || others.length > 0 ? null : targetOfRun(only);
  const jobs = jobsOf(rows);
  switch (key.toLowerCase()) {
    case 'delete':
      if (target === null) void changeJobs({ kind: 'cancel' }, jobs);
      else if (target.canCancel) void cancel(target);
      return true;
    case 'r':
      if (target === null) void changeJobs({ kind: 'retry' }, jobs);
      else if (target.canRetry) void retry(target);
      return true;
    case 'h':
      void changeJobs({ kind: fitsSome('hold', jobs) ? 'hold' : 'release' }, jobs);
      return true;
    default:
      return false;
  }
}

function actOnStep(key: string, row: StepOfQueue): boolean {
  if (key === 'Delete' && canCancelStep(row)) void cancelStep(row);
  else if (key.toLowerCase() === 'r' && canRetryStep(row)) void retryStep(row);
  else return false;
  return true;
}

const none: readonly QueueRow[] = [];

/** Batches with their jobs, or the jobs of one batch. */
export function QueueTable(props: Props): ReactNode {
  const { rows, selected, onSelect, onExpand, isFlat = false } = props;
  const { columns, arranging } = useQueueColumns(onExpand, isFlat, props.hasDeadlines);
  const placeOf = useCallback(
    (row: QueueRow) => {
      const deeper = isFlat ? 0 : 1;
      if (row.kind === 'step') return { level: 2 + deeper, isExpanded: null };
      return { level: row.kind === 'batch' ? 1 : 1 + deeper, isExpanded: row.isExpanded };
    },
    [isFlat],
  );
  const [marks, setMarks] = useState<Marks>(() => ({
    marked: new Set(selected === null ? [] : [selected]),
    anchor: selected,
  }));
  const several = useMemo(
    () => (marks.marked.size > 1 ? rows.filter((row) => marks.marked.has(rowKey(row))) : none),
    [rows, marks],
  );
  const moving = useMoving(rows, several, arranging.sort);
  const [menu, setMenu] = useState<Place | null>(null);
  const [forDeadline, setForDeadline] = useState<readonly JobRow[] | null>(null);
  const table = useRef<VirtualTableHandle>(null);
  const handle = useMergedRef(table, props.handle);
  /** All that are selected, or the one where the keyboard is. */
  const wanted = (): readonly QueueRow[] =>
    several.length > 1 ? several : rows.filter((row) => rowKey(row) === selected);
  const goOn = (): void => table.current?.focus();
  return (
    <>
      <VirtualTable
        label={props.label}
        columns={columns}
        arranging={arranging}
        onFit={noteColumns}
        rows={rows}
        keyOf={rowKey}
        placeOf={placeOf}
        selected={selected}
        onSelect={onSelect}
        marking={{ marks, onMarks: setMarks }}
        moving={moving}
        onOpen={openRow}
        onExpand={onExpand}
        onKey={(_row, key) => actByKey(key, wanted())}
        onMenu={(_row, place) => setMenu(place)}
        empty={props.empty}
        handle={handle}
      />
      {several.length > 1 && (
        <SelectionBar
          rows={several}
          onDeadline={setForDeadline}
          onClear={() => {
            setMarks({ marked: new Set(selected === null ? [] : [selected]), anchor: selected });
            goOn();
          }}
        />
      )}
      {menu !== null && (
        <RowMenu
          key={`${menu.x} ${menu.y}`}
          place={menu}
          rows={wanted()}
          onDeadline={setForDeadline}
          onClose={() => {
            setMenu(null);
            goOn();
          }}
        />
      )}
      {forDeadline !== null && (
        <DeadlineDialog
          jobs={forDeadline}
          onClose={() => {
            setForDeadline(null);
            goOn();
          }}
        />
      )}
    </>
  );
}
