import { useEffect, useRef } from 'react';
import type { PointerEvent } from 'react';
import { beginDrag, dragTo } from './selection';
import type { Drag, GridSelection, GridTasks } from './selection';

interface Dragged extends GridTasks {
  readonly selection: GridSelection;
  onSelect(this: void, selection: GridSelection): void;
  /** The task nearest to a point of the window. */
  taskNear(this: void, x: number, y: number): number | null;
  /** Scrolls as a drag beyond an edge wants it; false: it is at its end. */
  scrollBy(this: void, pixels: number): boolean;
}

interface Handlers {
  onPointerDown(this: void, event: PointerEvent<HTMLElement>): void;
  onPointerMove(this: void, event: PointerEvent<HTMLElement>): void;
  onPointerUp(this: void, event: PointerEvent<HTMLElement>): void;
  isDragging(this: void): boolean;
}

interface Running {
  readonly drag: Drag;
  x: number;
  y: number;
  last: number;
}

/** Ranges are selected by dragging over the cells; beyond an edge, the grid scrolls on. */
export function useGridDrag(now: Dragged): Handlers {
  const latest = useRef(now);
  useEffect(() => {
    latest.current = now;
  });
  const running = useRef<Running | null>(null);
  const frame = useRef(0);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);

  const select = (): void => {
    const one = running.current;
    const { taskNear, onSelect, shown, isLit } = latest.current;
    const task = one === null ? null : taskNear(one.x, one.y);
    if (one === null || task === null || task === one.last) return;
    one.last = task;
    onSelect(dragTo({ shown, isLit }, one.drag, task));
  };
  const scrollOn = (box: DOMRect): void => {
    const one = running.current;
    if (one === null) return;
    const beyond = one.y < box.top ? one.y - box.top : Math.max(0, one.y - box.bottom);
    if (beyond === 0 || !latest.current.scrollBy(beyond / 4)) return;
    select();
    frame.current = requestAnimationFrame(() => scrollOn(box));
  };

  return {
    isDragging: () => running.current !== null,
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      const { selection, taskNear, onSelect, shown, isLit } = latest.current;
      // The scroll bar is not a cell.
      if (event.clientX - event.currentTarget.getBoundingClientRect().left > event.currentTarget.clientWidth)
        return;
      const task = taskNear(event.clientX, event.clientY);
      if (task === null) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const drag = beginDrag(selection, task, {
        shift: event.shiftKey,
        command: event.ctrlKey || event.metaKey,
      });
      running.current = { drag, x: event.clientX, y: event.clientY, last: task };
      onSelect(dragTo({ shown, isLit }, drag, task));
    },
    onPointerMove: (event) => {
      const one = running.current;
      if (one === null) return;
      one.x = event.clientX;
      one.y = event.clientY;
      select();
      cancelAnimationFrame(frame.current);
      const box = event.currentTarget.getBoundingClientRect();
      frame.current = requestAnimationFrame(() => scrollOn(box));
    },
    onPointerUp: () => {
      running.current = null;
      cancelAnimationFrame(frame.current);
    },
  };
}
