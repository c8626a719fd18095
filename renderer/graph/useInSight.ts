import { useStore } from '@xyflow/react';
import type { ReactFlowState } from '@xyflow/react';
import { useMemo } from 'react';
import type { FlowEdge, FlowNode } from './draw/flow';
import { cellsAround, isWithin, sameCells } from './model/cells';
import type { Cells } from './model/cells';
import type { Box } from './model/align';

/** Of fewer, all may be handed on. */
const fewNodes = 200;

type PlacedNode = Box & { readonly node: FlowNode };

const cellsOf = ({ transform: [x, y, zoom], width, height }: ReactFlowState): Cells =>
  cellsAround({ x, y, zoom, width, height });

/** Of a large graph, the nodes about what is in sight, those that are chosen, and those at the ends of the edges. */
export function useInSight(boxes: readonly PlacedNode[], edges: readonly FlowEdge[]): FlowNode[] {
  const cells = useStore(cellsOf, sameCells);
  return useMemo(() => {
    if (boxes.length <= fewNodes) return boxes.map(({ node }) => node);
    const ends = new Set(edges.flatMap(({ source, target }) => [source, target]));
    const around = boxes.filter(
      (box) => isWithin(cells, box) || ends.has(box.id) || box.node.selected === true,
    );
    // What stands in a frame needs it.
    const frames = new Set(around.map(({ node }) => node.parentId));
    const kept = new Set(around.map(({ id }) => id));
    return boxes.flatMap(({ id, node }) => (kept.has(id) || frames.has(id) ? [node] : []));
  }, [boxes, edges, cells]);
}
