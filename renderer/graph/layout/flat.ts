import { partsOf, withoutLoops } from './directed';
import type { Directed } from './directed';
import { heightsOf } from './heights';
import { layersOf, withBends } from './layers';
import { ordered } from './order';

export interface Size {
  readonly width: number;
  readonly height: number;
}
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface FlatLayout extends Size {
  /** The upper left corners. */
  readonly places: readonly Point[];
  /** Of each edge: where it passes between its ends; empty: straight. */
  readonly bends: readonly (readonly Point[])[];
}

const betweenLayers = 84;
const betweenNodes = 22;
const betweenBends = 10;
const betweenParts = 48;

/** Vertices in columns from left to right; parts that do not hang together stand beside each other. */
export function layOutFlat(graph: Directed, sizes: readonly Size[]): FlatLayout {
  const parts = partsOf(graph);
  const partOf = new Int32Array(graph.count);
  const indexIn = new Int32Array(graph.count);
  for (const [part, vertices] of parts.entries()) {
    for (const [index, vertex] of vertices.entries()) {
      partOf[vertex] = part;
      indexIn[vertex] = index;
    }
  }
  const edgesOf: number[][] = parts.map(() => []);
  for (const [edge, start] of graph.from.entries()) edgesOf[partOf[start] ?? 0]?.push(edge);
  const laidOut = parts.map((vertices, part) => {
    const edges = edgesOf[part] ?? [];
    return layOutPart(
      {
        count: vertices.length,
        from: edges.map((edge) => indexIn[graph.from[edge] ?? 0] ?? 0),
        to: edges.map((edge) => indexIn[graph.to[edge] ?? 0] ?? 0),
      },
      vertices.map((vertex) => sizes[vertex] ?? { width: 0, height: 0 }),
    );
  });
  const corners = packed(laidOut);
  const places: Point[] = Array.from({ length: graph.count }, () => ({ x: 0, y: 0 }));
  const bends: (readonly Point[])[] = graph.from.map(() => []);
  let width = 0;
  let height = 0;
  for (const [part, own] of laidOut.entries()) {
    const corner = corners[part] ?? { x: 0, y: 0 };
    const moved = ({ x, y }: Point): Point => ({ x: x + corner.x, y: y + corner.y });
    for (const [index, vertex] of (parts[part] ?? []).entries())
      places[vertex] = moved(own.places[index] ?? corner);
    for (const [index, edge] of (edgesOf[part] ?? []).entries())
      bends[edge] = (own.bends[index] ?? []).map(moved);
    width = Math.max(width, corner.x + own.width);
    height = Math.max(height, corner.y + own.height);
  }
  return { places, bends, width, height };
}

function layOutPart(graph: Directed, sizes: readonly Size[]): FlatLayout {
  const { graph: forward, turned } = withoutLoops(graph);
  const layered = withBends(forward, layersOf(forward));
  const layers = ordered(layered);
  const { real } = layered;
  const height = (vertex: number): number => sizes[vertex]?.height ?? 0;
  const y = heightsOf(layered, layers, height, (one, other) =>
    one >= real && other >= real ? betweenBends : betweenNodes,
  );
  const top = layers
    .flat()
    .reduce((least, vertex) => Math.min(least, (y[vertex] ?? 0) - height(vertex) / 2), Infinity);
  let bottom = 0;
  const places: Point[] = sizes.map(() => ({ x: 0, y: 0 }));
  const left = new Float64Array(layers.length);
  const right = new Float64Array(layers.length);
  let x = 0;
  for (const [index, layer] of layers.entries()) {
    const widest = layer.reduce((most, vertex) => Math.max(most, sizes[vertex]?.width ?? 0), 0);
    left[index] = x;
    right[index] = x + widest;
    for (const vertex of layer) {
      const at = (y[vertex] ?? 0) - top;
      bottom = Math.max(bottom, at + height(vertex) / 2);
      const size = sizes[vertex];
      if (size !== undefined) places[vertex] = { x: x + (widest - size.width) / 2, y: at - size.height / 2 };
    }
    x += widest + betweenLayers;
  }
  const bends = layered.bends.map((own, edge) => {
    const points = (own ?? []).flatMap((vertex): readonly Point[] => {
      const layer = layered.layer[vertex] ?? 0;
      const at = (y[vertex] ?? 0) - top;
      return [
        { x: left[layer] ?? 0, y: at },
        { x: right[layer] ?? 0, y: at },
      ];
    });
    return turned[edge] === true ? points.toReversed() : points;
  });
  return { places, bends, width: Math.max(0, x - betweenLayers), height: bottom };
}

/** About as wide as a window, for its height. */
const shape = 1.7;

/** The upper left corners of boxes that are set in rows, the highest first. */
export function packed(boxes: readonly Size[]): readonly Point[] {
  const area = boxes.reduce(
    (sum, { width, height }) => sum + (width + betweenParts) * (height + betweenParts),
    0,
  );
  const widest = boxes.reduce((most, { width }) => Math.max(most, width), 0);
  const limit = Math.max(widest, Math.sqrt(area * shape));
  const corners: Point[] = boxes.map(() => ({ x: 0, y: 0 }));
  let [x, y, row] = [0, 0, 0];
  const order = [...boxes.entries()].toSorted(([, one], [, other]) => other.height - one.height);
  for (const [index, { width, height }] of order) {
    if (x > 0 && x + width > limit) {
      [x, y, row] = [0, y + row + betweenParts, 0];
    }
    corners[index] = { x, y };
    x += width + betweenParts;
    row = Math.max(row, height);
  }
  return corners;
}
