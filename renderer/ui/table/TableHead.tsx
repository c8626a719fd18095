import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { leastWidth } from './columns';
import type { Arranging, Column } from './columns';

interface Props<Row> {
  readonly columns: readonly Column<Row>[];
  readonly height: number;
  readonly arranging: Arranging | null;
  /** A width while it is dragged. */
  onWidth(this: void, width: { readonly column: string; readonly width: number } | null): void;
  onLeave(this: void): void;
}

export function TableHead<Row>(props: Props<Row>): ReactNode {
  const { columns, arranging } = props;
  const row = useRef<HTMLDivElement>(null);
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const movable = columns.filter((column) => column.isFixed !== true).map(({ id }) => id);
  const [stop, setStop] = useState('');
  const stopId = columns.some(({ id }) => id === stop) ? stop : columns[0]?.id;
  return (
    <div ref={row} className="table-head" role="row" aria-rowindex={1} style={{ height: props.height }}>
      {columns.map((column) =>
        arranging === null || column.title === '' ? (
          <PlainHead key={column.id} column={column} />
        ) : (
          <Head
            key={column.id}
            column={column}
            arranging={arranging}
            isStop={column.id === stopId}
            onStop={() => setStop(column.id)}
            onWidth={props.onWidth}
            onLeave={props.onLeave}
            dragged={dragged}
            onDragged={setDragged}
            movable={movable}
          />
        ),
      )}
    </div>
  );
}

function PlainHead<Row>({ column }: { readonly column: Column<Row> }): ReactNode {
  return (
    <div role="columnheader" className={`table-cell table-cell-${column.id}`}>
      {column.title === '' ? <span className="visually-hidden">Actions</span> : column.title}
    </div>
  );
}

/** A column on its way to another place. */
interface Dragged {
  readonly column: string;
  /** Null: behind all. */
  readonly before: string | null;
}

interface HeadProps<Row> extends Pick<Props<Row>, 'onWidth' | 'onLeave'> {
  readonly column: Column<Row>;
  readonly arranging: Arranging;
  /** Tab comes here. */
  readonly isStop: boolean;
  onStop(this: void): void;
  readonly dragged: Dragged | null;
  onDragged(this: void, dragged: Dragged | null): void;
  /** Those that can be at another place, in their order. */
  readonly movable: readonly string[];
}

/** So far a press is a click. */
const clickRoom = 6;
const stepWidth = 16;
const handles = '.table-head-button';

function Head<Row>(props: HeadProps<Row>): ReactNode {
  const { column, arranging, dragged, movable } = props;
  const cell = useRef<HTMLDivElement>(null);
  const direction = arranging.sort?.column === column.id ? arranging.sort.direction : null;
  const widthNow = (): number => cell.current?.getBoundingClientRect().width ?? leastWidth;
  const isMovable = column.isFixed !== true;
  const pressedAt = useRef<number | null>(null);
  const wasDragged = useRef(false);

  const drag = (event: PointerEvent): void => {
    if (pressedAt.current === null || !isMovable) return;
    if (Math.abs(event.clientX - pressedAt.current) < clickRoom && dragged === null) return;
    wasDragged.current = true;
    props.onDragged({ column: column.id, before: beforeAt(cell.current, event.clientX, movable) });
  };
  const endDrag = (isDropped: boolean): void => {
    pressedAt.current = null;
    if (dragged !== null && isDropped) arranging.onMove(dragged.column, dragged.before);
    props.onDragged(null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') props.onLeave();
    else if (event.key === 'Escape' && dragged !== null) endDrag(false);
    else if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    else if (event.altKey) return;
    else arrow(event, event.key === 'ArrowRight' ? 1 : -1);
    event.preventDefault();
    event.stopPropagation();
  };
  const arrow = ({ shiftKey, ctrlKey, metaKey }: KeyboardEvent, step: 1 | -1): void => {
    if (shiftKey)
      arranging.onResize(column.id, Math.max(leastWidth, Math.round(widthNow()) + step * stepWidth));
    else if (ctrlKey || metaKey) {
      const at = movable.indexOf(column.id);
      if (at < 0 || movable[at + step] === undefined) return;
      arranging.onMove(column.id, movable[step > 0 ? at + 2 : at - 1] ?? null);
    } else {
      const heads = [...(cell.current?.parentElement?.querySelectorAll<HTMLElement>(handles) ?? [])];
      const at = heads.findIndex((head) => cell.current?.contains(head) === true);
      heads[at + step]?.focus();
    }
  };
  const place =
    dragged === null
      ? ''
      : dragged.before === column.id
        ? ' table-head-drop'
        : dragged.before === null && movable.at(-1) === column.id
          ? ' table-head-drop-behind'
          : '';
  return (
    <div
      ref={cell}
      role="columnheader"
      data-column={column.id}
      className={`table-cell table-cell-${column.id} table-head-cell${place}`}
      aria-sort={column.isSortable === true ? (direction ?? 'none') : undefined}
    >
      <button
        type="button"
        className="table-head-button"
        tabIndex={props.isStop ? 0 : -1}
        aria-disabled={column.isSortable !== true}
        title={column.isSortable === true ? `Sort by ${column.title.toLowerCase()}` : undefined}
        onFocus={props.onStop}
        onKeyDown={onKeyDown}
        onClick={() => {
          if (!wasDragged.current && column.isSortable === true) arranging.onSort(column.id);
        }}
        onPointerDown={(event) => {
          wasDragged.current = false;
          if (event.button !== 0) return;
          pressedAt.current = event.clientX;
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={drag}
        onPointerUp={() => endDrag(true)}
        onPointerCancel={() => endDrag(false)}
      >
        <span className="table-head-title">{column.title}</span>
        {direction === 'ascending' && <IconArrowUp size={13} stroke={2} aria-hidden />}
        {direction === 'descending' && <IconArrowDown size={13} stroke={2} aria-hidden />}
      </button>
      <ResizeHandle
        widthNow={widthNow}
        onWidth={(width) => props.onWidth(width === null ? null : { column: column.id, width })}
        onEnd={(width) => arranging.onResize(column.id, width)}
      />
    </div>
  );
}

/** Before which column a thing held there would go; null: behind all that can be moved. */
function beforeAt(cell: HTMLElement | null, x: number, movable: readonly string[]): string | null {
  const cells = [...(cell?.parentElement?.querySelectorAll<HTMLElement>('[data-column]') ?? [])];
  const right = cells.find((one) => {
    const { left, width } = one.getBoundingClientRect();
    return movable.includes(one.dataset['column'] ?? '') && x < left + width / 2;
  });
  return right?.dataset['column'] ?? null;
}

/** At the right end of a head; the keyboard has Shift and the arrows for it. */
function ResizeHandle(props: {
  readonly widthNow: () => number;
  readonly onWidth: (width: number | null) => void;
  /** Null: as at first. */
  readonly onEnd: (width: number | null) => void;
}): ReactNode {
  const start = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const widthAt = (x: number): number =>
    start.current === null ? 0 : Math.max(leastWidth, Math.round(start.current.width + x - start.current.x));
  const end = (width: number | null): void => {
    start.current = null;
    props.onWidth(null);
    if (width !== null) props.onEnd(width);
  };
  return (
    <span
      className="table-resize"
      aria-hidden
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        start.current = { x: event.clientX, width: props.widthNow() };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (start.current !== null) props.onWidth(widthAt(event.clientX));
      }}
      onPointerUp={(event) => {
        const isMoved = start.current !== null && start.current.x !== event.clientX;
        end(isMoved ? widthAt(event.clientX) : null);
      }}
      onPointerCancel={() => end(null)}
      onDoubleClick={() => props.onEnd(null)}
    />
  );
}
