import { useEffect, useRef, useState } from 'react';
import type { DragEvent, MouseEvent, PointerEvent, RefObject } from 'react';
import type { TreePlace } from '../VirtualTable';
import { dropAt } from './dropping';
import type { Drop } from './dropping';

/** How a person can put rows elsewhere. */
export interface Moving<Row> {
  /** Why it cannot be put there; null: it can. */
  problem(this: void, row: Row, to: Row, side: 'before' | 'after'): string | null;
  onMove(this: void, row: Row, to: Row, side: 'before' | 'after'): void;
  /** Up or down by one, with the keyboard. */
  onStep(this: void, row: Row, step: 1 | -1): void;
}

interface Wanted<Row> {
  readonly moving: Moving<Row> | undefined;
  readonly rows: readonly Row[];
  readonly rowHeight: number;
  readonly headHeight: number;
  readonly scroller: RefObject<HTMLDivElement | null>;
  keyOf(this: void, row: Row): string;
  placeOf(this: void, row: Row): TreePlace;
}

export interface Dropping {
  readonly key: string;
  /** Null: nowhere. */
  readonly line: number | null;
  readonly problem: string | null;
}

/** So far a press is a click. */
const clickRoom = 6;
const edge = 28;

/** Dragging a row with the pointer: where it would go, and what the table has to listen to. */
export function useRowDrag<Row>(wanted: Wanted<Row>) {
  const { moving, rows, rowHeight, headHeight, scroller, keyOf, placeOf } = wanted;
  const pressed = useRef<{ readonly key: string; readonly y: number } | null>(null);
  const wasDragged = useRef(false);
  const [drag, setDrag] = useState<{ readonly row: Row; readonly drop: Drop<Row> | null } | null>(null);
  const isDragging = drag !== null;
  useEffect(() => {
    if (!isDragging) return;
    const giveUp = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      pressed.current = null;
      setDrag(null);
    };
    window.addEventListener('keydown', giveUp, true);
    return () => window.removeEventListener('keydown', giveUp, true);
  }, [isDragging]);

  const problem =
    drag?.drop == null ? null : (moving?.problem(drag.row, drag.drop.to, drag.drop.side) ?? null);
  const dropping: Dropping | null =
    drag === null ? null : { key: keyOf(drag.row), line: drag.drop?.line ?? null, problem };

  const onPointerMove = (event: PointerEvent): void => {
    const start = pressed.current;
    const element = scroller.current;
    if (start === null || element === null) return;
    const row = drag?.row ?? rows.find((one) => keyOf(one) === start.key);
    if (row === undefined || (drag === null && Math.abs(event.clientY - start.y) < clickRoom)) return;
    if (drag === null) element.setPointerCapture(event.pointerId);
    wasDragged.current = true;
    const { top, bottom } = element.getBoundingClientRect();
    if (event.clientY < top + headHeight + edge) element.scrollBy(0, -rowHeight / 2);
    else if (event.clientY > bottom - edge) element.scrollBy(0, rowHeight / 2);
    const y = (event.clientY - top - headHeight + element.scrollTop) / rowHeight;
    setDrag({ row, drop: dropAt(rows, row, y, placeOf) });
  };
  const end = (isDropped: boolean): void => {
    pressed.current = null;
    setDrag(null);
    if (drag?.drop == null || !isDropped || problem !== null) return;
    moving?.onMove(drag.row, drag.drop.to, drag.drop.side);
  };
  const listeners =
    moving === undefined
      ? {}
      : {
          onPointerDown: (event: PointerEvent) => {
            wasDragged.current = false;
            if (event.button !== 0 || !(event.target instanceof Element)) return;
            if (event.target.closest('button') !== null) return;
            const key = event.target.closest('[data-key]')?.getAttribute('data-key') ?? null;
            pressed.current = key === null ? null : { key, y: event.clientY };
          },
          onPointerMove,
          onPointerUp: () => end(true),
          onPointerCancel: () => end(false),
          // The name is a link, and would be dragged as one.
          onDragStart: (event: DragEvent) => event.preventDefault(),
          onClickCapture: (event: MouseEvent) => {
            if (!wasDragged.current) return;
            event.preventDefault();
            event.stopPropagation();
          },
        };
  return { dropping, listeners };
}
