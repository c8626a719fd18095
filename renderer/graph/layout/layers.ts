import { inOrder, neighbours } from './directed';
import type { Directed } from './directed';

/** The column of each vertex: every edge leads to the right, and most are short. The graph has no loops. */
export function layersOf(graph: Directed): Int32Array {
  const { count, from, to } = graph;
  const after = neighbours(count, from, to);
  const before = neighbours(count, to, from);
  const order = inOrder(graph);
  const layer = new Int32Array(count);
  for (const vertex of order) {
    for (const end of after[vertex] ?? []) {
      if (end !== vertex) layer[end] = Math.max(layer[end] ?? 0, (layer[vertex] ?? 0) + 1);
    }
  }
  // What has more after it than before it stands closer to that.
  for (const vertex of order.toReversed()) {
    const later = after[vertex] ?? [];
    if (later.length === 0 || later.length <= (before[vertex] ?? []).length) continue;
    let nearest = Infinity;
    for (const end of later) if (end !== vertex) nearest = Math.min(nearest, layer[end] ?? 0);
    if (nearest !== Infinity) layer[vertex] = Math.max(layer[vertex] ?? 0, nearest - 1);
  }
  return layer;
}

/** The graph in which every edge goes from a layer to the next: long edges have bends in those between. */
export interface Layered {
  /** The vertices of the graph come first, then the bends. */
  readonly count: number;
  readonly real: number;
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly layer: Int32Array;
  /** Of each edge of the graph, in its direction; null: it is drawn straight. */
  readonly bends: readonly (readonly number[] | null)[];
}

/** More bends would make a graph of many long edges slow to draw and no easier to read. */
const mostBends = 30_000;

export function withBends({ count, from, to }: Directed, layer: Int32Array): Layered {
  const span = (edge: number): number => (layer[to[edge] ?? 0] ?? 0) - (layer[from[edge] ?? 0] ?? 0);
  const edges = [...from.keys()].filter((edge) => span(edge) > 0).toSorted((a, b) => span(a) - span(b));
  const bends: (readonly number[] | null)[] = from.map(() => null);
  const layers: number[] = [...layer];
  const starts: number[] = [];
  const ends: number[] = [];
  for (const edge of edges) {
    const needed = span(edge) - 1;
    if (layers.length - count + needed > mostBends) break;
    const own: number[] = [];
    let last = from[edge] ?? 0;
    for (let bend = 0; bend < needed; bend++) {
      const vertex = layers.length;
      layers.push((layer[from[edge] ?? 0] ?? 0) + bend + 1);
      starts.push(last);
      ends.push(vertex);
      own.push(vertex);
      last = vertex;
    }
    starts.push(last);
    ends.push(to[edge] ?? 0);
    bends[edge] = own;
  }
  return {
    count: layers.length,
    real: count,
    from: starts,
    to: ends,
    layer: Int32Array.from(layers),
    bends,
  };
}
