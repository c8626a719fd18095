import type { Layered } from './layers';

const rounds = 4;

/**
 * The middle of each vertex from the top: in the order of its layer, never closer than allowed, and as
 * near as that leaves it to the vertices before and after it. Bends pull harder: long edges are straight.
 */
export function heightsOf(
  graph: Layered,
  layers: readonly (readonly number[])[],
  height: (vertex: number) => number,
  gap: (one: number, other: number) => number,
): Float64Array {
  const { count, real, from, to } = graph;
  const before = weighted(count, real, to, from);
  const after = weighted(count, real, from, to);
  const y = new Float64Array(count);
  for (const layer of layers) {
    let at = 0;
    for (const [index, vertex] of layer.entries()) {
      const last = layer[index - 1];
      if (last !== undefined) at += (height(last) + height(vertex)) / 2 + gap(last, vertex);
      y[vertex] = at;
    }
  }
  const place = (layer: readonly number[], pulls: readonly Pull[]): void => {
    const wishes = layer.map((vertex) => wishOf(vertex, pulls, y));
    const spaces = layer.map((vertex, index) => {
      const last = layer[index - 1];
      return last === undefined ? 0 : (height(last) + height(vertex)) / 2 + gap(last, vertex);
    });
    for (const [index, at] of spaced(wishes, spaces).entries()) y[layer[index] ?? 0] = at;
  };
  for (let round = 0; round < rounds; round++) {
    for (const layer of layers.slice(1)) place(layer, [before]);
    for (const layer of layers.slice(0, -1).toReversed()) place(layer, [after]);
  }
  for (const layer of layers) place(layer, [before, after]);
  return y;
}

interface Pull {
  readonly others: readonly (readonly number[])[];
  readonly weights: readonly (readonly number[])[];
}

function weighted(count: number, real: number, ends: readonly number[], beside: readonly number[]): Pull {
  const others: number[][] = Array.from({ length: count }, () => []);
  const weights: number[][] = Array.from({ length: count }, () => []);
  for (const [edge, end] of ends.entries()) {
    const other = beside[edge] ?? end;
    const bends = (end >= real ? 1 : 0) + (other >= real ? 1 : 0);
    others[end]?.push(other);
    weights[end]?.push(bends === 2 ? 8 : bends === 1 ? 2 : 1);
  }
  return { others, weights };
}

interface Wish {
  readonly at: number;
  readonly weight: number;
}

/** What has nothing beside it stays where it is, unless others need the place. */
const leastWeight = 0.01;

function wishOf(vertex: number, pulls: readonly Pull[], y: Float64Array): Wish {
  let sum = 0;
  let weight = 0;
  for (const { others, weights } of pulls) {
    const own = weights[vertex] ?? [];
    for (const [index, other] of (others[vertex] ?? []).entries()) {
      const pull = own[index] ?? 1;
      sum += pull * (y[other] ?? 0);
      weight += pull;
    }
  }
  return weight === 0 ? { at: y[vertex] ?? 0, weight: leastWeight } : { at: sum / weight, weight };
}

/** The places nearest to the wishes (by squares, weighted) that keep the order and the space before each. */
export function spaced(wishes: readonly Wish[], spaces: readonly number[]): readonly number[] {
  // Without the spaces the places must only not fall: neighbours that would are pooled at their mean.
  const pools: { at: number; weight: number; count: number }[] = [];
  let offset = 0;
  for (const [index, { at, weight }] of wishes.entries()) {
    offset += spaces[index] ?? 0;
    let pool = { at: at - offset, weight, count: 1 };
    for (let last = pools.at(-1); last !== undefined && last.at > pool.at; last = pools.at(-1)) {
      pools.pop();
      const sum = last.weight + pool.weight;
      pool = {
        at: (last.at * last.weight + pool.at * pool.weight) / sum,
        weight: sum,
        count: last.count + pool.count,
      };
    }
    pools.push(pool);
  }
  const places: number[] = [];
  offset = 0;
  for (const { at, count } of pools) {
    for (let member = 0; member < count; member++) {
      offset += spaces[places.length] ?? 0;
      places.push(at + offset);
    }
  }
  return places;
}
