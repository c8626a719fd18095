import {
  useCallback,
  useEffect,
  useEffectEvent,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { KeyboardEvent, MouseEvent, ReactNode, Ref } from 'react';
import { columnsThatFit, templateOf, widthOf } from './table/columns';
import type { Arranging, Column } from './table/columns';
import { clicked, moved } from './table/marks';
import type { Held, Marks } from './table/marks';
import { TableHead } from './table/TableHead';
import { TableRow } from './table/TableRow';
import { useRowDrag } from './table/useRowDrag';
import type { Moving } from './table/useRowDrag';
import { scrollToRow, virtualRange } from './virtualRange';
import './table.css';

export type { Column } from './table/columns';

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
  /** Where the keyboard is. */
  readonly selected: string | null;
  onSelect(this: void, key: string): void;
  /** Where several can be selected. */
  readonly marking?: Marking;
  /** Where a person can arrange the columns. */
  readonly arranging?: Arranging;
  /** Told which columns there is room for. */
  onFit?(this: void, columns: readonly string[]): void;
  /** Told which rows are drawn: from the first until before `end`. */
  onSight?(this: void, first: number, end: number): void;
  /** The menu of a row is asked for, at a place in the window. */
  onMenu?(this: void, row: Row, place: { readonly x: number; readonly y: number }): void;
  /** Where rows can be put in another order. */
  readonly moving?: Moving<Row>;
  onOpen(this: void, row: Row): void;
  onExpand(this: void, row: Row, isExpanded: boolean): void;
  /** Keys that the table itself does not know. True: it was dealt with. */
  onKey(this: void, row: Row, key: string): boolean;
  /** Shown in place of rows when there are none. */
  readonly empty?: ReactNode;
  readonly handle?: Ref<VirtualTableHandle>;
}

export interface Marking {
  readonly marks: Marks;
  onMarks(this: void, marks: Marks): void;
}

const headHeight = 32;
const noWidths: Arranging['widths'] = {};
const heldWith = (event: KeyboardEvent | MouseEvent): Held => ({
  shift: event.shiftKey,
  command: event.ctrlKey || event.metaKey,
});

/** A table, also a tree, of which only the rows in sight exist. All rows have one height. */
export function VirtualTable<Row>(props: Props<Row>): ReactNode {
  const { rows, columns, rowHeight = 40, keyOf, placeOf, selected, onSelect, onOpen, onExpand } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 0, width: 0 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = (): void =>
      setView((old) => ({
        ...old,
        height: element.clientHeight - headHeight,
        width: element.clientWidth,
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
  const { marking } = props;
  const select = (index: number, held: Held = { shift: false, command: false }): void => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, index))];
    if (row === undefined) return;
    const key = keyOf(row);
    onSelect(key);
    if (marking !== undefined) marking.onMarks(moved(anchored(marking.marks), keysFor(held), key, held));
    reveal(rows.indexOf(row));
  };
  /** All keys are gathered only for Shift, which needs to know what lies between. */
  const keysFor = ({ shift }: Held): readonly string[] => (shift ? rows.map(keyOf) : []);
  const anchored = (marks: Marks): Marks => (marks.anchor === null ? { ...marks, anchor: selected } : marks);
  const press = (key: string, event: MouseEvent): void => {
    const held = heldWith(event);
    const isForMenu = event.button === 2;
    if (marking !== undefined && !(isForMenu && marking.marks.marked.has(key))) {
      const how = isForMenu ? { shift: false, command: false } : held;
      marking.onMarks(clicked(anchored(marking.marks), keysFor(how), key, how));
      if (held.shift) {
        // Not the text between the two clicks.
        event.preventDefault();
        scroller.current?.focus({ preventScroll: true });
      }
    }
    onSelect(key);
  };
  const isSelectedThere = selectedIndex >= 0;
  const revealSelected = useEffectEvent(() => {
    if (isSelectedThere) reveal(selectedIndex);
  });
  // Only when another row is selected: rows that come and go do not scroll the table.
  useEffect(() => revealSelected(), [selected, isSelectedThere]);

  // The same function always, so that rows are not drawn again.
  const pressed = useRef(press);
  useEffect(() => {
    pressed.current = press;
  });
  const onPress = useCallback((key: string, event: MouseEvent) => pressed.current(key, event), []);

  const parentOf = (index: number): number => {
    const row = rows[index];
    if (row === undefined) return index;
    const { level } = placeOf(row);
    return rows.findLastIndex((other, at) => at < index && placeOf(other).level < level);
  };

  /** Beside the active row. */
  const askForMenu = (): boolean => {
    const row = rows[selectedIndex];
    const element = scroller.current;
    if (row === undefined || element === null || props.onMenu === undefined) return false;
    reveal(selectedIndex);
    const box = element.getBoundingClientRect();
    const y = box.top + headHeight + (selectedIndex + 0.75) * rowHeight - element.scrollTop;
    props.onMenu(row, { x: box.left + 72, y });
    return true;
  };

  /** Keys that select: all, this one too, or only this one. True: it was one. */
  const markByKey = (event: KeyboardEvent): boolean => {
    if (marking === undefined || selected === null) return false;
    const { marks, onMarks } = marking;
    const { command } = heldWith(event);
    if (command && event.key.toLowerCase() === 'a') onMarks({ ...marks, marked: new Set(rows.map(keyOf)) });
    else if (event.key === ' ') onMarks(clicked(marks, [], selected, { shift: false, command: true }));
    else if (event.key === 'Escape' && marks.marked.size > 1)
      onMarks({ marked: new Set([selected]), anchor: selected });
    else return false;
    return true;
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== scroller.current) return;
    const row = rows[selectedIndex];
    if (event.altKey) {
      const step = { ArrowUp: -1, ArrowDown: 1 } as const;
      if (row === undefined || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
      if (props.moving === undefined) return;
      props.moving.onStep(row, step[event.key]);
      return event.preventDefault();
    }
    const held = heldWith(event);
    const isMenuKey = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey);
    if (isMenuKey && askForMenu()) {
      // A menu that is open already when the same key press comes to the window would close again.
      event.stopPropagation();
      return event.preventDefault();
    }
    if (markByKey(event)) return event.preventDefault();
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
    if (held.command && (move === undefined || marking === undefined)) return;
    if (move !== undefined) select(move, marking === undefined ? undefined : held);
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

  const { dropping, listeners } = useRowDrag({
    ...{ rows, keyOf, placeOf, rowHeight, headHeight, scroller },
    moving: props.moving,
  });
  const { arranging = null } = props;
  const [dragged, setDragged] = useState<{ readonly column: string; readonly width: number } | null>(null);
  const kept = arranging?.widths ?? noWidths;
  const widths = useMemo(
    () => (dragged === null ? kept : { ...kept, [dragged.column]: dragged.width }),
    [kept, dragged],
  );
  const shownColumns = useMemo(() => columnsThatFit(columns, kept, view.width), [columns, kept, view.width]);
  const tellFit = useEffectEvent(() => props.onFit?.(shownColumns.map(({ id }) => id)));
  useEffect(() => tellFit(), [shownColumns]);
  const { first, end } = virtualRange(view.top, view.height, rowHeight, rows.length);
  const tellSight = useEffectEvent(() => props.onSight?.(first, end));
  useEffect(() => tellSight(), [first, end]);
  const selectedIsDrawn = selectedIndex >= first && selectedIndex < end;
  return (
    <div
      ref={scroller}
      className={dropping === null ? 'table' : 'table table-dragging'}
      role="treegrid"
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      aria-colcount={shownColumns.length}
      aria-readonly
      aria-multiselectable={marking !== undefined}
      tabIndex={0}
      style={tableVariables(templateOf(shownColumns, widths), widthOf(shownColumns, widths))}
      {...listeners}
      onContextMenu={(event) => {
        if (props.onMenu === undefined) return;
        const key = event.target instanceof Element ? event.target.closest('[data-key]') : null;
        const row = rows.find((one) => keyOf(one) === key?.getAttribute('data-key'));
        if (row === undefined) return;
        event.preventDefault();
        props.onMenu(row, { x: event.clientX, y: event.clientY });
      }}
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
      <TableHead
        columns={shownColumns}
        height={headHeight}
        arranging={arranging}
        onWidth={setDragged}
        onLeave={() => scroller.current?.focus({ preventScroll: true })}
      />
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
                isActive={index === selectedIndex}
                isDragged={key === dropping?.key}
                isSelected={marking === undefined ? index === selectedIndex : marking.marks.marked.has(key)}
                columns={shownColumns}
                onPress={onPress}
                onOpen={onOpen}
              />
            );
          })}
          {dropping !== null && dropping.line !== null && (
            <div
              className={dropping.problem === null ? 'table-drop' : 'table-drop table-drop-refused'}
              role="presentation"
              style={{ transform: `translateY(${dropping.line * rowHeight}px)` }}
            >
              {dropping.problem !== null && <span role="status">{dropping.problem}</span>}
            </div>
          )}
        </div>
      )}
    </div>
  );
}

function tableVariables(template: string, least: number): Record<`--${string}`, string> {
  return { '--table-columns': template, '--table-least': `${least}px` };
}
