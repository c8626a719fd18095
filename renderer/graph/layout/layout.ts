/** Where the nodes of a drawn graph stand and their edges pass. Pure, for it runs in a worker. */
import { layOutFlat } from './flat';
import type { Point, Size } from './flat';

export type { Point, Size } from './flat';

export interface LayoutNode extends Size {
  readonly id: string;
  /** The node that it stands in; null: in none. That one is as large as it needs to be. */
  readonly parent: string | null;
}
export interface LayoutEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}
export interface LayoutWish {
  readonly nodes: readonly LayoutNode[];
  readonly edges: readonly LayoutEdge[];
}

export interface Layout {
  /** The upper left corners; of a node in another one, from that one's corner. */
  readonly places: ReadonlyMap<string, Point & Size>;
  /** Where edges between nodes in no other one pass; missing: straight. */
  readonly bends: ReadonlyMap<string, readonly Point[]>;
}

const head = 42;
const padding = 14;

export function layOut({ nodes, edges }: LayoutWish): Layout {
  const places = new Map<string, Point & Size>();
  const parents = new Map(nodes.map(({ id, parent }) => [id, parent ?? null]));
  const members = new Map<string, LayoutNode[]>();
  for (const node of nodes) {
    if (node.parent === null) continue;
    const own = members.get(node.parent);
    if (own === undefined) members.set(node.parent, [node]);
    else own.push(node);
  }
  const inner = new Map<string, LayoutEdge[]>();
  const outer: LayoutEdge[] = [];
  for (const edge of edges) {
    const [from, to] = [parents.get(edge.from) ?? null, parents.get(edge.to) ?? null];
    if (from === null || from !== to) outer.push({ ...edge, from: from ?? edge.from, to: to ?? edge.to });
    else inner.set(from, [...(inner.get(from) ?? []), edge]);
  }
  const grown = new Map<string, Size>();
  for (const [parent, own] of members) {
    const flat = layOutNodes(own, inner.get(parent) ?? []);
    for (const [index, { id, width, height }] of own.entries()) {
      const place = flat.places[index] ?? { x: 0, y: 0 };
      places.set(id, { x: place.x + padding, y: place.y + head, width, height });
    }
    grown.set(parent, { width: flat.width + 2 * padding, height: flat.height + head + padding });
  }
  const outside = nodes
    .filter(({ parent }) => parent === null)
    .map((node) => ({ ...node, ...grown.get(node.id) }));
  const flat = layOutNodes(outside, outer);
  for (const [index, { id, width, height }] of outside.entries())
    places.set(id, { ...(flat.places[index] ?? { x: 0, y: 0 }), width, height });
  const bends = new Map(
    outer.flatMap(({ id }, index) => {
      const points = flat.bends[index] ?? [];
      return points.length === 0 ? [] : [[id, points] as const];
    }),
  );
  return { places, bends };
}

function layOutNodes(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
): ReturnType<typeof layOutFlat> {
  const indices = new Map(nodes.map(({ id }, index) => [id, index]));
  const index = (id: string): number => indices.get(id) ?? 0;
  return layOutFlat(
    {
      count: nodes.length,
      from: edges.map(({ from }) => index(from)),
      to: edges.map(({ to }) => index(to)),
    },
    nodes,
  );
}
