import { neighbours } from './directed';
import type { Layered } from './layers';

const rounds = 6;

/** The vertices of each layer from top to bottom, so that few edges cross. */
export function ordered(graph: Layered): readonly (readonly number[])[] {
  const before = neighbours(graph.count, graph.to, graph.from);
  const after = neighbours(graph.count, graph.from, graph.to);
  let layers = firstOrder(graph, after);
  const position = new Float64Array(graph.count);
  const settle = (layer: readonly number[]): void => {
    for (const [index, vertex] of layer.entries()) position[vertex] = index;
  };
  layers.forEach(settle);
  let best = layers.map((layer) => [...layer]);
  let fewest = crossings(layers, after, position);
  for (let round = 0; round < rounds && fewest > 0; round++) {
    const isDown = round % 2 === 0;
    const beside = isDown ? before : after;
    layers = layers.map((layer) => [...layer]);
    for (const layer of isDown ? layers : layers.toReversed()) {
      const wish = new Map(layer.map((vertex) => [vertex, middle(beside[vertex] ?? [], position, vertex)]));
      layer.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0));
      settle(layer);
    }
    const found = crossings(layers, after, position);
    if (found < fewest) {
      fewest = found;
      best = layers.map((layer) => [...layer]);
    }
  }
  return best;
}

function middle(beside: readonly number[], position: Float64Array, vertex: number): number {
  if (beside.length === 0) return position[vertex] ?? 0;
  let sum = 0;
  for (const other of beside) sum += position[other] ?? 0;
  return sum / beside.length;
}

/** By a walk from each beginning: what hangs together stands together. */
function firstOrder(graph: Layered, after: readonly (readonly number[])[]): number[][] {
  const layers: number[][] = [];
  const seen = new Uint8Array(graph.count);
  const byLayer = Array.from({ length: graph.count }, (_, vertex) => vertex).toSorted(
    (a, b) => (graph.layer[a] ?? 0) - (graph.layer[b] ?? 0),
  );
  for (const root of byLayer) {
    const open = [root];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen[at] === 1) continue;
      seen[at] = 1;
      const layer = graph.layer[at] ?? 0;
      while (layers.length <= layer) layers.push([]);
      layers[layer]?.push(at);
      for (const end of (after[at] ?? []).toReversed()) if (seen[end] !== 1) open.push(end);
    }
  }
  return layers;
}

/** How many edges cross between all layers. */
function crossings(
  layers: readonly (readonly number[])[],
  after: readonly (readonly number[])[],
  position: Float64Array,
): number {
  let sum = 0;
  for (const [index, layer] of layers.entries()) {
    const width = layers[index + 1]?.length ?? 0;
    // How many edges so far end at or below a place: a sum tree.
    const tree = new Uint32Array(width + 1);
    let drawn = 0;
    for (const vertex of layer) {
      const ends = (after[vertex] ?? []).map((end) => position[end] ?? 0).toSorted((a, b) => a - b);
      for (const end of ends) {
        let above = 0;
        for (let at = end + 1; at > 0; at -= at & -at) above += tree[at] ?? 0;
        sum += drawn - above;
      }
      for (const end of ends) {
        for (let at = end + 1; at <= width; at += at & -at) tree[at] = (tree[at] ?? 0) + 1;
        drawn++;
      }
    }
  }
  return sum;
}
