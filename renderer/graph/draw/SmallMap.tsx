import { useComputedColorScheme } from '@mantine/core';
import { useReactFlow, useStore } from '@xyflow/react';
import { useDeferredValue, useEffect, useMemo, useRef } from 'react';
import type { PointerEvent, ReactNode } from 'react';
import type { BatchId } from '../../../shared/model/ids';
import { useLiveGraph } from '../live';
import { coloursOf, paintSpots, prepared, stateOf } from './paint';
import type { Spot } from './paint';

const width = 190;
const height = 120;
const border = 6;

/** All of the graph in a corner; the frame is what is in sight, and a click goes there. */
export function SmallMap(props: { readonly batch: BatchId; readonly spots: readonly Spot[] }): ReactNode {
  // While a node is dragged, the map may come a little later.
  const spots = useDeferredValue(props.spots);
  const live = useDeferredValue(useLiveGraph(props.batch, (graph) => graph));
  const canvas = useRef<HTMLCanvasElement>(null);
  const colorScheme = useComputedColorScheme('light');
  const { setCenter, getZoom } = useReactFlow();
  const shown = useMemo(() => fitted(spots), [spots]);
  useEffect(() => {
    const element = canvas.current;
    const context = element === null ? null : prepared(element);
    if (element === null || context === null) return;
    paintSpots(context, shown, spots, (spot) => stateOf(live, spot.drawn), coloursOf(element));
  }, [spots, live, shown, colorScheme]);
  const go = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (event.buttons !== 1) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const box = event.currentTarget.getBoundingClientRect();
    const x = (event.clientX - box.left - shown.x) / shown.zoom;
    const y = (event.clientY - box.top - shown.y) / shown.zoom;
    void setCenter(x, y, { zoom: getZoom(), duration: 0 });
  };
  return (
    <div className="graph-map">
      <canvas
        ref={canvas}
        style={{ width, height }}
        role="img"
        aria-label="All of the graph"
        onPointerDown={go}
        onPointerMove={go}
      />
      <Sight {...shown} />
    </div>
  );
}

function Sight(shown: { readonly x: number; readonly y: number; readonly zoom: number }): ReactNode {
  const x = useStore(({ transform }) => transform[0]);
  const y = useStore(({ transform }) => transform[1]);
  const zoom = useStore(({ transform }) => transform[2]);
  const sightWidth = useStore((store) => store.width);
  const sightHeight = useStore((store) => store.height);
  const scale = shown.zoom / zoom;
  const left = Math.max(0, shown.x - x * scale);
  const top = Math.max(0, shown.y - y * scale);
  const right = Math.min(width, shown.x + (sightWidth - x) * scale);
  const bottom = Math.min(height, shown.y + (sightHeight - y) * scale);
  if (right <= left || bottom <= top) return null;
  return (
    <div
      className="graph-map-sight"
      style={{
        transform: `translate(${left}px, ${top}px)`,
        width: right - left,
        height: bottom - top,
      }}
    />
  );
}

function fitted(spots: readonly Spot[]): { x: number; y: number; zoom: number } {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const spot of spots) {
    left = Math.min(left, spot.x);
    top = Math.min(top, spot.y);
    right = Math.max(right, spot.x + spot.width);
    bottom = Math.max(bottom, spot.y + spot.height);
  }
  if (left > right) return { x: 0, y: 0, zoom: 1 };
  const zoom = Math.min((width - 2 * border) / (right - left), (height - 2 * border) / (bottom - top), 0.5);
  return {
    zoom,
    x: (width - (left + right) * zoom) / 2,
    y: (height - (top + bottom) * zoom) / 2,
  };
}
