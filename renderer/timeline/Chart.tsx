import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useEffectEvent, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode, RefObject } from 'react';
import type { TimelineJob } from '../../shared/ipc/timeline';
import type { JobId } from '../../shared/model/ids';
import { jobHash, nodeHash } from '../app/route';
import { colours } from './colours';
import { barAt } from './geometry';
import type { Hit } from './geometry';
import { runningAt } from './lanes';
import type { PlacedRow } from './lanes';
import type { TimelineNode } from './nodeRows';
import { paint } from './paint';
import { timeAt } from './scale';
import { Tip } from './Tip';
import type { Moves } from './useCamera';

export interface ChartProps {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly summary: string;
  readonly nodes: readonly TimelineNode[];
  /** The part of them that is in sight. */
  readonly first: number;
  readonly rows: readonly (PlacedRow | null)[];
  readonly rowHeight: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly jobs: ReadonlyMap<JobId, TimelineJob>;
  readonly now: number;
  readonly moment: number | null;
  readonly focus: JobId | null;
  readonly changed: ReadonlySet<JobId> | null;
  readonly deadlines: readonly number[];
  readonly camera: Moves;
  onTop(this: void, top: number): void;
}

interface Pointed {
  readonly hit: Hit;
  readonly node: TimelineNode;
  readonly x: number;
  readonly y: number;
}

/** A press that moves less far is a click. */
const clickPixels = 4;

/** The rows: names of nodes, and beside them what ran and will run there. */
export function Chart(props: ChartProps): ReactNode {
  const { scroller, nodes, first, rows, rowHeight, top, width, height, camera, now } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme('light');
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const drag = useRef<{ x: number; y: number; hasMoved: boolean } | null>(null);
  const { span } = camera;
  const scene = useMemo(
    () => ({
      span: { from: span.from, to: span.to },
      width,
      height,
      top,
      rowHeight,
      firstRow: first,
      rows,
      jobs: props.jobs,
      now,
      moment: props.moment,
      focus: props.focus,
      hovered: pointed?.hit.bar.job ?? null,
      deadlines: props.deadlines,
      changed: props.changed,
      colours: colours[scheme],
    }),
    [
      span.from,
      span.to,
      width,
      height,
      top,
      rowHeight,
      first,
      rows,
      props.jobs,
      now,
      props.moment,
      props.focus,
      pointed?.hit.bar.job,
      props.deadlines,
      props.changed,
      scheme,
    ],
  );
  useLayoutEffect(() => {
    if (canvas.current !== null && width > 0) paint(canvas.current, scene);
  }, [scene, width]);

  const onWheel = useEffectEvent((event: WheelEvent): void => {
    const box = canvas.current?.getBoundingClientRect();
    if (box === undefined) return;
    const fits = nodes.length * rowHeight <= height;
    if (event.ctrlKey || (fits && Math.abs(event.deltaY) > Math.abs(event.deltaX))) {
      event.preventDefault();
      const speed = event.ctrlKey && Math.abs(event.deltaY) < 40 ? 1.01 : 1.0015;
      camera.zoom(speed ** event.deltaY, timeAt(event.clientX - box.left, span, width));
    } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      event.preventDefault();
      const pixels = event.deltaX === 0 ? event.deltaY : event.deltaX;
      camera.pan((pixels / Math.max(1, width)) * (span.to - span.from));
    }
  });
  useEffect(() => {
    const element = scroller.current;
    const listener = (event: WheelEvent): void => onWheel(event);
    element?.addEventListener('wheel', listener, { passive: false });
    return () => element?.removeEventListener('wheel', listener);
  }, [scroller]);

  const under = (event: PointerEvent): Pointed | null => {
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const index = Math.floor((y + top) / rowHeight);
    const row = rows[index - first];
    const node = nodes[index];
    if (row === undefined || row === null || node === undefined) return null;
    const hit = barAt(row, x, y + top - index * rowHeight, { span, width, rowHeight, now });
    return hit === null ? null : { hit, node, x, y };
  };
  const onPointerMove = (event: PointerEvent): void => {
    const { current } = drag;
    if (current === null) {
      setPointed(under(event));
      return;
    }
    const [dx, dy] = [event.clientX - current.x, event.clientY - current.y];
    if (!current.hasMoved && Math.hypot(dx, dy) < clickPixels) return;
    setPointed(null);
    drag.current = { x: event.clientX, y: event.clientY, hasMoved: true };
    if (dx !== 0) camera.pan((-dx / Math.max(1, width)) * (span.to - span.from));
    if (dy !== 0) scroller.current?.scrollBy(0, -dy);
  };
  const onPointerUp = (event: PointerEvent): void => {
    const { current } = drag;
    drag.current = null;
    if (current === null || current.hasMoved) return;
    const found = under(event);
    if (found !== null && props.jobs.has(found.hit.bar.job))
      window.location.hash = jobHash(found.hit.bar.job);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
    const length = span.to - span.from;
    const moves: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => camera.pan(-0.15 * length),
      ArrowRight: () => camera.pan(0.15 * length),
      '+': () => camera.zoom(1 / 1.5, null),
      '=': () => camera.zoom(1 / 1.5, null),
      '-': () => camera.zoom(1.5, null),
      Home: camera.home,
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  };
  const id = useId();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it has keys of its own
    <div
      ref={scroller}
      className="timeline-scroller"
      data-testid="timeline"
      role="group"
      aria-label="Timeline of the nodes"
      aria-describedby={id}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- and the focus for them
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={(event) => props.onTop(event.currentTarget.scrollTop)}
    >
      <p id={id} className="visually-hidden">
        {props.summary}
      </p>
      <div className="timeline-height" style={{ height: nodes.length * rowHeight }}>
        <Labels {...props} />
        <div className="timeline-plane" style={{ width, height }}>
          <canvas
            ref={canvas}
            className={pointed === null ? 'timeline-canvas' : 'timeline-canvas timeline-canvas-pointed'}
            style={{ width, height }}
            aria-hidden
            onPointerDown={(event) => {
              if (event.button !== 0) return;
              event.currentTarget.setPointerCapture(event.pointerId);
              drag.current = { x: event.clientX, y: event.clientY, hasMoved: false };
            }}
            onPointerMove={onPointerMove}
            onPointerUp={onPointerUp}
            onPointerCancel={() => (drag.current = null)}
            onPointerLeave={() => setPointed(null)}
          />
          {pointed !== null && (
            <Tip
              hit={pointed.hit}
              job={props.jobs.get(pointed.hit.bar.job)}
              nodeName={pointed.node.name}
              now={now}
              x={pointed.x}
              y={pointed.y}
              room={{ width, height }}
            />
          )}
        </div>
      </div>
    </div>
  );
}

function Labels({ nodes, first, rows, rowHeight, moment, now }: ChartProps): ReactNode {
  return rows.map((row, index) => {
    const node = nodes[first + index];
    if (node === undefined) return null;
    const running = row === null ? 0 : runningAt(row, moment ?? now);
    const under =
      node.away ??
      (running === 0
        ? moment === null
          ? 'idle'
          : 'was idle'
        : `${running} ${moment === null ? 'running' : 'ran'}`);
    return (
      <div
        key={node.id}
        className={node.isAdded ? 'timeline-label timeline-label-added' : 'timeline-label'}
        style={{ top: (first + index) * rowHeight, height: rowHeight }}
      >
        {node.isAdded ? (
          <span className="timeline-label-name">{node.name}</span>
        ) : (
          <a className="timeline-label-name" href={nodeHash(node.id)} title={node.name}>
            {node.name}
          </a>
        )}
        {rowHeight >= 36 && <span className="timeline-label-under">{under}</span>}
      </div>
    );
  });
}
