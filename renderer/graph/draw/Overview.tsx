import { useStore } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useMantineColorScheme } from '@mantine/core';
import type { LiveGraph } from '../../live/values';
import { coloursOf, paint, prepared, stateOf } from './paint';
import type { Colours, Spot, Stroke } from './paint';

interface Props {
  readonly spots: readonly Spot[];
  readonly strokes: readonly Stroke[];
  readonly live: LiveGraph;
}

/** Under the cards: where there would be too many of them to be read, they are spots. */
export function Overview({ spots, strokes, live }: Props): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const colours = useRef<Colours | null>(null);
  const { colorScheme } = useMantineColorScheme();
  const x = useStore(({ transform }) => transform[0]);
  const y = useStore(({ transform }) => transform[1]);
  const zoom = useStore(({ transform }) => transform[2]);
  const width = useStore((store) => store.width);
  const height = useStore((store) => store.height);
  useEffect(() => {
    if (canvas.current !== null) colours.current = coloursOf(canvas.current);
  }, [colorScheme]);
  useEffect(() => {
    const context = canvas.current === null ? null : prepared(canvas.current);
    if (context === null || colours.current === null) return;
    paint(context, { x, y, zoom }, spots, strokes, (spot) => stateOf(live, spot.drawn), colours.current);
  }, [x, y, zoom, width, height, spots, strokes, live, colorScheme]);
  return <canvas ref={canvas} className="graph-overview" aria-hidden />;
}
