import { useComputedColorScheme } from '@mantine/core';
import { useStore } from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import type { ReactNode } from 'react';
import type { BatchId } from '../../../shared/model/ids';
import { useLiveGraph } from '../live';
import { coloursOf, paintLines, paintSpots, paintThinLines, prepared, stateOf } from './paint';
import type { Colours, Spot } from './paint';
import { stateOfStroke } from './strokes';
import type { Stroke } from './strokes';

interface Props {
  readonly batch: BatchId;
  /** Null: they are drawn as cards. */
  readonly spots: readonly Spot[] | null;
  readonly strokes: readonly Stroke[];
}

/** Under the cards: the lines of a large graph, and where there would be too many cards to be read, spots for them. */
export function Overview({ batch, spots, strokes }: Props): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const colours = useRef<Colours | null>(null);
  const colorScheme = useComputedColorScheme('light');
  const live = useLiveGraph(batch, (graph) => graph);
  const x = useStore(({ transform }) => transform[0]);
  const y = useStore(({ transform }) => transform[1]);
  const zoom = useStore(({ transform }) => transform[2]);
  const width = useStore((store) => store.width);
  const height = useStore((store) => store.height);
  const states = useMemo(
    () => new Map(strokes.map((stroke) => [stroke, stateOfStroke(stroke, live.edges)])),
    [strokes, live.edges],
  );
  useEffect(() => {
    if (canvas.current !== null) colours.current = coloursOf(canvas.current);
  }, [colorScheme]);
  useEffect(() => {
    const context = canvas.current === null ? null : prepared(canvas.current);
    if (context === null || colours.current === null) return;
    const window = { x, y, zoom };
    if (spots === null)
      paintLines(context, window, strokes, (stroke) => states.get(stroke) ?? 'PENDING', colours.current);
    else {
      paintThinLines(context, window, strokes, colours.current);
      paintSpots(context, window, spots, (spot) => stateOf(live, spot.drawn), colours.current);
    }
  }, [x, y, zoom, width, height, spots, strokes, states, live, colorScheme]);
  return <canvas ref={canvas} className="graph-overview" aria-hidden />;
}
