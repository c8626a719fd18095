import {
  useCallback,
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { taskStates } from '../../shared/model/states';
import type { TaskState } from '../../shared/model/states';
import { countOfTasks, type TaskRanges } from '../../shared/model/task-ranges';
import type { StatesOfTasks } from '../live/values';
import {
  canZoomIn,
  cellAfterKey,
  cellAt,
  cellNear,
  elementHeight,
  gridShape,
  placeOf,
  scrollOfTop,
  topOfScroll,
} from './grid/geometry';
import type { GridShape } from './grid/geometry';
import { GridPainter } from './grid/painter';
import type { GridColours, GridPicture } from './grid/painter';
import { everything, moveTo, only, toggle } from './grid/selection';
import type { GridSelection, GridTasks } from './grid/selection';
import { useGridDrag } from './grid/useGridDrag';
import { scrollToRow } from './virtualRange';
import { stateWords } from './StateMark';
import './grid.css';

interface Props {
  readonly label: string;
  /** What the grid shows, in words, for those who do not see it. */
  readonly summary: string;
  readonly tasks: StatesOfTasks;
  /** Only these tasks, in order; null: all. */
  readonly shown: Uint32Array | null;
  /** The tasks of these states stand out; null: all do. */
  readonly lit: ReadonlySet<TaskState> | null;
  readonly selection: GridSelection;
  onSelect(this: void, selection: GridSelection): void;
  /** Short labels, `12`, for cells that are large enough; null where there are too many. */
  readonly labels: readonly string[] | null;
  labelOf(this: void, task: number): string;
  /** More about the task under the pointer; null: it is over none. */
  readonly more: ReactNode;
  onHover(this: void, task: number | null): void;
  readonly colours: GridColours;
}

const none: TaskRanges = [];
const pulseLength = 1600;
const pulseFrame = 50;

/** Tasks as a grid of coloured cells on a canvas: one look for a million. */
export function TaskGrid(props: Props): ReactNode {
  const { tasks, shown, selection, lit, colours, labels, onSelect } = props;
  const selected = selection.focus;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<GridPainter>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [hovered, setHovered] = useState<Hovered | null>(null);
  const [zoom, setZoom] = useState(0);
  const count = shown?.length ?? tasks.states.length;
  const shape = useMemo(() => gridShape(count, size.width, size.height, zoom), [count, size, zoom]);
  const zoomBy = (change: 1 | -1): void => {
    if (change < 0 ? zoom > 0 : canZoomIn(shape)) setZoom(zoom + change);
  };
  const litStates = useMemo(() => (lit === null ? null : taskStates.map((state) => lit.has(state))), [lit]);
  const marked = useMemo(() => (countOfTasks(selection.tasks) > 1 ? selection.tasks : none), [selection]);
  const grid: GridTasks = {
    shown,
    isLit: litStates === null ? null : (task) => litStates[tasks.states[task] ?? 0] === true,
  };
  const cellOf = (task: number | null): number | null =>
    task === null ? null : shown === null ? task : positionOf(shown, task);
  const taskOf = (cell: number): number => shown?.[cell] ?? cell;
  const selectedCell = cellOf(selected);
  const hoveredCell = hovered !== null && hovered.cell < count ? hovered.cell : null;

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(() =>
      setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const picture = useMemo(
    (): GridPicture => ({
      shape,
      ...size,
      states: tasks.states,
      shown,
      selected: selectedCell,
      hovered: hoveredCell,
      marked,
      lit: litStates,
      colours,
      labels,
    }),
    [shape, size, tasks.states, shown, selectedCell, hoveredCell, marked, litStates, colours, labels],
  );
  const redraw = useCallback((): void => {
    if (canvas.current === null || scroller.current === null || picture.width === 0) return;
    painter.current ??= new GridPainter(canvas.current);
    const top = topOfScroll(picture.shape, scroller.current.scrollTop, picture.height);
    painter.current.show({ ...picture, top }, tasks.version, tasks.changed);
  }, [picture, tasks]);
  useLayoutEffect(redraw, [redraw]);

  const hasRunning = useMemo(() => tasks.states.includes(taskStates.indexOf('RUNNING')), [tasks]);
  useEffect(() => {
    if (!hasRunning || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    let last = 0;
    const step = (time: number): void => {
      frame = requestAnimationFrame(step);
      if (time - last < pulseFrame) return;
      last = time;
      painter.current?.pulse((time % pulseLength) / pulseLength);
    };
    let frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [hasRunning]);

  const reveal = useEffectEvent((cell: number): void => {
    const element = scroller.current;
    if (element === null) return;
    const top = topOfScroll(shape, element.scrollTop, size.height);
    const target = scrollToRow(Math.floor(cell / shape.columns), top, size.height - shape.pitch, shape.pitch);
    if (target !== top) element.scrollTop = scrollOfTop(shape, target, size.height);
  });
  const isMeasured = size.height > 0;
  useEffect(() => {
    if (selectedCell !== null && isMeasured) reveal(selectedCell);
  }, [selectedCell, isMeasured, shape.pitch]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || count === 0) return;
    const done = keyed(event);
    if (done) event.preventDefault();
  };
  const keyed = (event: KeyboardEvent): boolean => {
    const isCommand = event.ctrlKey || event.metaKey;
    if (event.key === '+' || event.key === '-') {
      zoomBy(event.key === '+' ? 1 : -1);
      return !isCommand;
    }
    if (isCommand && event.key.toLowerCase() === 'a')
      onSelect(everything(grid, selection, tasks.states.length));
    else if (isCommand && event.key === ' ') onSelect(toggle(selection, selected));
    else if (event.key === 'Escape' && marked.length > 0) onSelect(only(selected));
    else {
      const rowsInSight = Math.floor(size.height / shape.pitch);
      const cell = selectedCell === null ? 0 : cellAfterKey(shape, selectedCell, event.key, rowsInSight);
      if (cell === null || isCommand) return false;
      onSelect(moveTo(grid, selection, taskOf(cell), event.shiftKey));
    }
    return true;
  };
  const drag = useGridDrag({
    ...grid,
    selection,
    onSelect,
    taskNear: (x, y) => {
      const element = scroller.current;
      if (element === null || count === 0) return null;
      const box = element.getBoundingClientRect();
      const top = topOfScroll(shape, element.scrollTop, size.height);
      const cell = cellNear(shape, x - box.left, Math.min(size.height, Math.max(0, y - box.top)) + top);
      return taskOf(cell);
    },
    scrollBy: (pixels) => {
      const element = scroller.current;
      if (element === null) return false;
      const before = element.scrollTop;
      const top = topOfScroll(shape, before, size.height) + pixels;
      element.scrollTop = scrollOfTop(shape, top, size.height);
      return element.scrollTop !== before;
    },
  });
  const onWheel = useEffectEvent((event: WheelEvent): void => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoomBy(event.deltaY < 0 ? 1 : -1);
  });
  useEffect(() => {
    const element = scroller.current;
    const listener = (event: WheelEvent): void => onWheel(event);
    element?.addEventListener('wheel', listener, { passive: false });
    return () => element?.removeEventListener('wheel', listener);
  }, []);
  const under = (event: PointerEvent): Hovered | null => {
    const box = event.currentTarget.getBoundingClientRect();
    const top = topOfScroll(shape, event.currentTarget.scrollTop, size.height);
    const cell = cellAt(shape, event.clientX - box.left, event.clientY - box.top + top);
    return cell === null ? null : { cell, top };
  };
  const hover = (next: Hovered | null): void => {
    if (next?.cell === hovered?.cell) return;
    setHovered(next);
    props.onHover(next === null ? null : taskOf(next.cell));
  };
  const optionId = `${id}-selected`;
  return (
    <div className="grid">
      <p id={`${id}-summary`} className="visually-hidden" data-testid="task-grid-summary">
        {props.summary}
      </p>
      <div
        ref={scroller}
        className="grid-scroller"
        data-testid="task-grid"
        role="listbox"
        aria-multiselectable
        aria-label={props.label}
        aria-describedby={`${id}-summary`}
        {...(selectedCell === null ? {} : { 'aria-activedescendant': optionId })}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onScroll={() => {
          hover(null);
          redraw();
        }}
        onPointerMove={(event) => {
          drag.onPointerMove(event);
          hover(drag.isDragging() ? null : under(event));
        }}
        onPointerLeave={() => hover(null)}
        onPointerDown={(event) => {
          if (under(event) !== null) drag.onPointerDown(event);
        }}
        onPointerUp={drag.onPointerUp}
        onPointerCancel={drag.onPointerUp}
      >
        <div className="grid-height" style={{ height: elementHeight(shape) }}>
          <canvas
            ref={canvas}
            className="grid-canvas"
            style={{ width: size.width, height: size.height }}
            aria-hidden
          />
          {selectedCell !== null && (
            <div
              id={optionId}
              className="visually-hidden"
              role="option"
              aria-selected
              aria-posinset={selectedCell + 1}
              aria-setsize={count}
            >
              {props.labelOf(selected)}, {wordOf(tasks.states[selected])}
            </div>
          )}
        </div>
      </div>
      {hovered !== null && hoveredCell !== null && (
        <Tip shape={shape} width={size.width} hovered={hovered}>
          {props.labelOf(taskOf(hoveredCell))}
          <span className="grid-tip-state">{wordOf(tasks.states[taskOf(hoveredCell)])}</span>
          {props.more}
        </Tip>
      )}
    </div>
  );
}

/** The cell under the pointer, and how far the grid was scrolled then. */
interface Hovered {
  readonly cell: number;
  readonly top: number;
}

interface TipProps {
  readonly shape: GridShape;
  readonly width: number;
  readonly hovered: Hovered;
  readonly children: ReactNode;
}

function Tip(props: TipProps): ReactNode {
  const { shape, width } = props;
  const { cell, top } = props.hovered;
  const { x, y } = placeOf(shape, cell);
  const above = y - top > 40;
  const middle = Math.min(width - 90, Math.max(90, x + shape.pitch / 2));
  return (
    <div
      className="grid-tip"
      aria-hidden
      style={{
        left: middle,
        top: above ? y - top - 6 : y - top + shape.pitch + 4,
        translate: above ? '-50% -100%' : '-50%',
      }}
    >
      {props.children}
    </div>
  );
}

const wordOf = (code: number | undefined): string =>
  stateWords[taskStates[code ?? 0] ?? 'PENDING'].toLowerCase();

/** Where a task stands among those shown, which are in order. */
function positionOf(shown: Uint32Array, task: number): number | null {
  let low = 0;
  let high = shown.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = shown[middle] ?? 0;
    if (found === task) return middle;
    if (found < task) low = middle + 1;
    else high = middle - 1;
  }
  return null;
}
