/** Between what is drawn and what React Flow is given. */
import { Position } from '@xyflow/react';
import type { Edge, Node } from '@xyflow/react';
import type { Layout, LayoutWish, Point } from '../layout/layout';
import type { Drawn, DrawnEdge, DrawnNode } from '../model/drawn';
import type { GraphEdge } from '../model/graph';
import { sizes } from './sizes';

export interface CardData extends Record<string, unknown> {
  readonly drawn: DrawnNode;
}
export type FlowNode = Node<CardData, DrawnNode['kind']>;

export interface LineData extends Record<string, unknown> {
  readonly edges: readonly GraphEdge[];
  readonly bends: readonly Point[];
}
export type FlowEdge = Edge<LineData, 'line'>;

export function wishOf({ nodes, edges }: Pick<Drawn, 'nodes' | 'edges'>): LayoutWish {
  return {
    nodes: nodes.map(({ id, parent, kind }) => ({ id, parent, ...sizes[kind] })),
    edges: edges
      .filter(({ edges: own }) => own.some(({ change }) => change !== 'removed'))
      .map(({ id, from, to }) => ({ id, from, to })),
  };
}

export const portSize = 12;

/** With its ports, so that nothing has to be measured before edges are drawn. */
export function flowNodes(nodes: readonly DrawnNode[], { places }: Layout): FlowNode[] {
  return nodes.flatMap((drawn): FlowNode[] => {
    const place = places.get(drawn.id);
    if (place === undefined) return [];
    const { x, y, width, height } = place;
    const handle = { y: height / 2 - portSize / 2, width: portSize, height: portSize };
    return [
      {
        id: drawn.id,
        type: drawn.kind,
        position: { x, y },
        data: { drawn },
        width,
        height,
        handles: [
          { ...handle, type: 'target', position: Position.Left, x: -portSize / 2 },
          { ...handle, type: 'source', position: Position.Right, x: width - portSize / 2 },
        ],
        ...(drawn.parent === null ? {} : { parentId: drawn.parent, extent: 'parent' as const }),
        ...(drawn.kind === 'open' ? { zIndex: -1 } : {}),
      },
    ];
  });
}

const straight: readonly Point[] = [];

export function flowEdges(
  edges: readonly DrawnEdge[],
  moved: ReadonlySet<string>,
  { places, bends }: Layout,
  selected: ReadonlySet<string>,
): FlowEdge[] {
  return edges.flatMap(({ id, from, to, edges: own }): FlowEdge[] => {
    if (!places.has(from) || !places.has(to)) return [];
    const isMoved = moved.has(from) || moved.has(to);
    return [
      {
        id,
        type: 'line',
        source: from,
        target: to,
        data: { edges: own, bends: (isMoved ? undefined : bends.get(id)) ?? straight },
        selected: selected.has(id),
        reconnectable: own.length === 1 && own[0]?.change !== 'removed',
      },
    ];
  });
}

/** Where the node is on the whole plane. */
export function boxesOf(
  nodes: readonly FlowNode[],
): readonly (Required<Box> & { readonly node: FlowNode })[] {
  const corners = new Map(nodes.map(({ id, position }) => [id, position]));
  return nodes.map((node) => {
    const around = node.parentId === undefined ? undefined : corners.get(node.parentId);
    return {
      id: node.id,
      node,
      x: node.position.x + (around?.x ?? 0),
      y: node.position.y + (around?.y ?? 0),
      width: node.width ?? 0,
      height: node.height ?? 0,
    };
  });
}

interface Box {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
}
