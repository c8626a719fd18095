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
import type { StatesOfTasks } from '../live/values';
import {
  cellAfterKey,
  cellAt,
  elementHeight,
  gridShape,
  placeOf,
  scrollOfTop,
  topOfScroll,
} from './grid/geometry';
import type { GridShape } from './grid/geometry';
import { GridPainter } from './grid/painter';
import type { GridColours, GridPicture } from './grid/painter';
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
  readonly selected: number | null;
  onSelect(this: void, task: number): void;
  /** Short labels, `12`, for cells that are large enough; null where there are too many. */
  readonly labels: readonly string[] | null;
  labelOf(this: void, task: number): string;
  readonly colours: GridColours;
}

const pulseLength = 1600;
const pulseFrame = 50;

/** Tasks as a grid of coloured cells on a canvas: one look for a million. */
export function TaskGrid(props: Props): ReactNode {
  const { tasks, shown, selected, colours, labels } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<GridPainter>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [hovered, setHovered] = useState<Hovered | null>(null);
  const count = shown?.length ?? tasks.states.length;
  const shape = useMemo(() => gridShape(count, size.width, size.height), [count, size]);
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
      colours,
      labels,
    }),
    [shape, size, tasks.states, shown, selectedCell, hoveredCell, colours, labels],
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
  }, [selectedCell, isMeasured]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || count === 0) return;
    const rowsInSight = Math.floor(size.height / shape.pitch);
    const cell = selectedCell === null ? 0 : cellAfterKey(shape, selectedCell, event.key, rowsInSight);
    if (cell === null) return;
    event.preventDefault();
    props.onSelect(taskOf(cell));
  };
  const under = (event: PointerEvent): Hovered | null => {
    const box = event.currentTarget.getBoundingClientRect();
    const top = topOfScroll(shape, event.currentTarget.scrollTop, size.height);
    const cell = cellAt(shape, event.clientX - box.left, event.clientY - box.top + top);
    return cell === null ? null : { cell, top };
  };
  const hover = (next: Hovered | null): void => {
    if (next?.cell === hovered?.cell) return;
    setHovered(next);
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
        aria-label={props.label}
        aria-describedby={`${id}-summary`}
        {...(selectedCell === null ? {} : { 'aria-activedescendant': optionId })}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onScroll={() => {
          hover(null);
          redraw();
        }}
        onPointerMove={(event) => hover(under(event))}
        onPointerLeave={() => hover(null)}
        onPointerDown={(event) => {
          const pressed = under(event);
          if (pressed !== null && event.button === 0) props.onSelect(taskOf(pressed.cell));
        }}
      >
        <div className="grid-height" style={{ height: elementHeight(shape) }}>
          <canvas
            ref={canvas}
            className="grid-canvas"
            style={{ width: size.width, height: size.height }}
            aria-hidden
          />
          {selected !== null && selectedCell !== null && (
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
