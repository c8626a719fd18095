import {
  memo,
  useEffect,
  useEffectEvent,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { KeyboardEvent, ReactNode, Ref } from 'react';
import { scrollToRow, virtualRange } from './virtualRange';
import './table.css';

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** A track of a CSS grid: `120px`, `minmax(200px, 1fr)`. */
  readonly width: string;
  /** Left out where the window is narrow. */
  readonly isMinor?: boolean;
  /** `isActive`: the keyboard is on this row, so its buttons can be reached with Tab. */
  render(this: void, row: Row, isActive: boolean): ReactNode;
}

/** How a row stands in a tree. */
export interface TreePlace {
  readonly level: number;
  /** Null: it has nothing to unfold. */
  readonly isExpanded: boolean | null;
}

export interface VirtualTableHandle {
  focus(): void;
}

interface Props<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowHeight?: number;
  keyOf(this: void, row: Row): string;
  placeOf(this: void, row: Row): TreePlace;
  readonly selected: string | null;
  onSelect(this: void, key: string): void;
  onOpen(this: void, row: Row): void;
  onExpand(this: void, row: Row, isExpanded: boolean): void;
  /** Keys that the table itself does not know. True: it was dealt with. */
  onKey(this: void, row: Row, key: string): boolean;
  /** Shown in place of rows when there are none. */
  readonly empty?: ReactNode;
  readonly handle?: Ref<VirtualTableHandle>;
}

const headHeight = 32;

/** A table, also a tree, of which only the rows in sight exist. All rows have one height. */
export function VirtualTable<Row>(props: Props<Row>): ReactNode {
  const { rows, columns, rowHeight = 40, keyOf, placeOf, selected, onSelect, onOpen, onExpand } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 0, isNarrow: false });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = (): void =>
      setView((old) => ({
        ...old,
        height: element.clientHeight - headHeight,
        isNarrow: element.clientWidth < 1080,
      }));
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);
  useImperativeHandle(
    props.handle,
    () => ({ focus: () => scroller.current?.focus({ preventScroll: true }) }),
    [],
  );

  const selectedIndex = selected === null ? -1 : rows.findIndex((row) => keyOf(row) === selected);
  const reveal = (index: number): void => {
    const element = scroller.current;
    if (element !== null)
      element.scrollTop = scrollToRow(index, element.scrollTop, element.clientHeight - headHeight, rowHeight);
  };
  const select = (index: number): void => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, index))];
    if (row === undefined) return;
    onSelect(keyOf(row));
    reveal(rows.indexOf(row));
  };
  const isSelectedThere = selectedIndex >= 0;
  const revealSelected = useEffectEvent(() => {
    if (isSelectedThere) reveal(selectedIndex);
  });
  // Only when another row is selected: rows that come and go do not scroll the table.
  useEffect(() => revealSelected(), [selected, isSelectedThere]);

  const parentOf = (index: number): number => {
    const row = rows[index];
    if (row === undefined) return index;
    const { level } = placeOf(row);
    return rows.findLastIndex((other, at) => at < index && placeOf(other).level < level);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== scroller.current || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[selectedIndex];
    const page = Math.max(1, Math.floor(view.height / rowHeight) - 1);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: selectedIndex + 1,
      ArrowUp: selectedIndex - 1,
      PageDown: selectedIndex + page,
      PageUp: selectedIndex - page,
      Home: 0,
      End: rows.length - 1,
    };
    const move = moves[event.key];
    if (move !== undefined) select(move);
    else if (row === undefined) return;
    else if (event.key === 'Enter') onOpen(row);
    else if (event.key === 'ArrowRight') {
      if (placeOf(row).isExpanded === false) onExpand(row, true);
      else if (placeOf(row).isExpanded === true) select(selectedIndex + 1);
    } else if (event.key === 'ArrowLeft') {
      if (placeOf(row).isExpanded === true) onExpand(row, false);
      else if (placeOf(row).level > 1) select(parentOf(selectedIndex));
    } else if (!props.onKey(row, event.key)) return;
    event.preventDefault();
  };

  const shownColumns = useMemo(
    () => (view.isNarrow ? columns.filter((column) => column.isMinor !== true) : columns),
    [columns, view.isNarrow],
  );
  const template = shownColumns.map((column) => column.width).join(' ');
  const { first, end } = virtualRange(view.top, view.height, rowHeight, rows.length);
  const selectedIsDrawn = selectedIndex >= first && selectedIndex < end;
  return (
    <div
      ref={scroller}
      className="table"
      role="treegrid"
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      aria-colcount={shownColumns.length}
      aria-readonly
      tabIndex={0}
      {...(selectedIsDrawn ? { 'aria-activedescendant': `${id}-${selectedIndex}` } : {})}
      onKeyDown={onKeyDown}
      onScroll={(event) => {
        const { scrollTop } = event.currentTarget;
        setView((old) => ({ ...old, top: scrollTop }));
      }}
      onFocus={(event) => {
        if (event.target === event.currentTarget && !isSelectedThere && rows.length > 0) select(first);
      }}
    >
      <div
        className="table-head"
        role="row"
        aria-rowindex={1}
        style={{ gridTemplateColumns: template, height: headHeight }}
      >
        {shownColumns.map((column) => (
          <div key={column.id} role="columnheader" className={`table-cell table-cell-${column.id}`}>
            {column.title === '' ? <span className="visually-hidden">Actions</span> : column.title}
          </div>
        ))}
      </div>
      {rows.length === 0 && props.empty !== undefined ? (
        <div className="table-empty" role="row">
          <div role="gridcell">{props.empty}</div>
        </div>
      ) : (
        <div className="table-body" role="rowgroup" style={{ height: rows.length * rowHeight }}>
          {rows.slice(first, end).map((row, offset) => {
            const index = first + offset;
            const key = keyOf(row);
            const place = placeOf(row);
            return (
              <TableRow
                key={key}
                id={`${id}-${index}`}
                row={row}
                rowKey={key}
                index={index}
                top={index * rowHeight}
                height={rowHeight}
                level={place.level}
                isExpanded={place.isExpanded}
                isSelected={index === selectedIndex}
                columns={shownColumns}
                template={template}
                onSelect={onSelect}
                onOpen={onOpen}
              />
            );
          })}
        </div>
      )}
    </div>
  );
}

interface RowProps<Row> {
  readonly id: string;
  readonly row: Row;
  readonly rowKey: string;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly level: number;
  readonly isExpanded: boolean | null;
  readonly isSelected: boolean;
  readonly columns: readonly Column<Row>[];
  readonly template: string;
  onSelect(this: void, key: string): void;
  onOpen(this: void, row: Row): void;
}

function PlainTableRow<Row>(props: RowProps<Row>): ReactNode {
  const { row } = props;
  return (
    <div
      id={props.id}
      className="table-row"
      role="row"
      aria-rowindex={props.index + 2}
      aria-level={props.level}
      aria-selected={props.isSelected}
      {...(props.isExpanded === null ? {} : { 'aria-expanded': props.isExpanded })}
      style={{
        transform: `translateY(${props.top}px)`,
        height: props.height,
        gridTemplateColumns: props.template,
      }}
      onMouseDown={() => props.onSelect(props.rowKey)}
      onDoubleClick={() => props.onOpen(row)}
    >
      {props.columns.map((column) => (
        <div key={column.id} role="gridcell" className={`table-cell table-cell-${column.id}`}>
          {column.render(row, props.isSelected)}
        </div>
      ))}
    </div>
  );
}

/** `memo` forgets that the component is generic; a row that did not change is not drawn again. */
const TableRow: typeof PlainTableRow = memo(PlainTableRow);
