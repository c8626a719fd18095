import { memo } from 'react';
import type { MouseEvent, ReactNode } from 'react';
import type { Column } from './columns';

interface Props<Row> {
  readonly id: string;
  readonly row: Row;
  readonly rowKey: string;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly level: number;
  readonly isExpanded: boolean | null;
  /** The keyboard is here. */
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly isDragged: boolean;
  readonly columns: readonly Column<Row>[];
  onPress(this: void, key: string, event: MouseEvent): void;
  onOpen(this: void, row: Row): void;
}

/** With a key held, a click on a link selects its row and leads nowhere. */
function stayWhileHeld(event: MouseEvent): void {
  if (event.shiftKey || event.ctrlKey || event.metaKey) event.preventDefault();
}

function PlainTableRow<Row>(props: Props<Row>): ReactNode {
  const { row } = props;
  return (
    <div
      id={props.id}
      data-key={props.rowKey}
      className={`table-row${props.isActive ? ' table-row-active' : ''}${props.isDragged ? ' table-row-dragged' : ''}`}
      role="row"
      aria-rowindex={props.index + 2}
      aria-level={props.level}
      aria-selected={props.isSelected}
      {...(props.isExpanded === null ? {} : { 'aria-expanded': props.isExpanded })}
      style={{ transform: `translateY(${props.top}px)`, height: props.height }}
      onMouseDown={(event) => props.onPress(props.rowKey, event)}
      onClickCapture={stayWhileHeld}
      onDoubleClick={() => props.onOpen(row)}
    >
      {props.columns.map((column) => (
        <div key={column.id} role="gridcell" className={`table-cell table-cell-${column.id}`}>
          {column.render(row, props.isActive)}
        </div>
      ))}
    </div>
  );
}

/** `memo` forgets that the component is generic; a row that did not change is not drawn again. */
export const TableRow: typeof PlainTableRow = memo(PlainTableRow);
