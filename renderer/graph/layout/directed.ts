/** A graph whose vertices are numbers, as the steps of the layout use it. */
export interface Directed {
  readonly count: number;
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** Of each vertex the vertices beside it, by the edges in one direction. */
export function neighbours(
  count: number,
  ends: readonly number[],
  others: readonly number[],
): readonly (readonly number[])[] {
  const lists: number[][] = Array.from({ length: count }, () => []);
  for (const [edge, end] of ends.entries()) {
    const other = others[edge];
    if (other !== undefined) lists[end]?.push(other);
  }
  return lists;
}

/** Turns edges around until no way leads back to where it began; edges from a vertex to itself are left out. */
export function withoutLoops({ count, from, to }: Directed): { graph: Directed; turned: readonly boolean[] } {
  const out: number[][] = Array.from({ length: count }, () => []);
  for (const [edge, start] of from.entries()) out[start]?.push(edge);
  const turned = from.map(() => false);
  const standing = new Uint8Array(count); // 0: not seen, 1: on the way, 2: left
  const next = new Uint32Array(count);
  for (let root = 0; root < count; root++) {
    if (standing[root] !== 0) continue;
    const way = [root];
    standing[root] = 1;
    for (let at = way.at(-1); at !== undefined; at = way.at(-1)) {
      const edge = out[at]?.[next[at] ?? 0];
      if (edge === undefined) {
        standing[at] = 2;
        way.pop();
        continue;
      }
      next[at] = (next[at] ?? 0) + 1;
      const end = to[edge] ?? at;
      if (standing[end] === 1) turned[edge] = true;
      else if (standing[end] === 0) {
        standing[end] = 1;
        way.push(end);
      }
    }
  }
  return {
    graph: {
      count,
      from: from.map((start, edge) => (turned[edge] === true ? (to[edge] ?? start) : start)),
      to: to.map((end, edge) => (turned[edge] === true ? (from[edge] ?? end) : end)),
    },
    turned,
  };
}

/** The vertices so that every edge leads to a later one; the graph has no loops but edges to themselves. */
export function inOrder({ count, from, to }: Directed): readonly number[] {
  const open = new Uint32Array(count);
  const after: number[][] = Array.from({ length: count }, () => []);
  for (const [edge, start] of from.entries()) {
    const end = to[edge] ?? start;
    if (start === end) continue;
    open[end] = (open[end] ?? 0) + 1;
    after[start]?.push(end);
  }
  const order: number[] = [];
  for (let vertex = 0; vertex < count; vertex++) if (open[vertex] === 0) order.push(vertex);
  for (let index = 0; index < order.length; index++) {
    for (const end of after[order[index] ?? 0] ?? []) {
      open[end] = (open[end] ?? 0) - 1;
      if (open[end] === 0) order.push(end);
    }
  }
  return order;
}

/** Which vertices hang together, each part in the order of its vertices. */
export function partsOf({ count, from, to }: Directed): readonly (readonly number[])[] {
  const head = Array.from({ length: count }, (_, vertex) => vertex);
  const headOf = (vertex: number): number => {
    let at = vertex;
    for (let up = head[at] ?? at; up !== at; up = head[at] ?? at) {
      head[at] = head[up] ?? up;
      at = up;
    }
    return at;
  };
  for (const [edge, start] of from.entries()) {
    const [one, other] = [headOf(start), headOf(to[edge] ?? start)];
    head[Math.max(one, other)] = Math.min(one, other);
  }
  const parts = new Map<number, number[]>();
  for (let vertex = 0; vertex < count; vertex++) {
    const part = parts.get(headOf(vertex));
    if (part === undefined) parts.set(headOf(vertex), [vertex]);
    else part.push(vertex);
  }
  return [...parts.values()];
}
