import { Background, BackgroundVariant, ReactFlow, SelectionMode, useReactFlow } from '@xyflow/react';
import type { EdgeChange, NodeChange } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { memo, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { Arrangement } from '../useArrangement';
import { leastZoom } from '../useArrangement';
import { useInSight } from '../useInSight';
import type { Linking } from '../useLinking';
import { cards } from './Card';
import type { CardData, FlowEdge, FlowNode } from './flow';
import { Line } from './Line';

interface Place {
  readonly x: number;
  readonly y: number;
}

interface Props {
  readonly boxes: Arrangement['boxes'];
  readonly edges: FlowEdge[];
  readonly isOverview: boolean;
  readonly isLarge: boolean;
  readonly linking: Linking;
  onNodesChange(this: void, changes: NodeChange<FlowNode>[]): void;
  onMove: Arrangement['move'];
  onEdgesChange(this: void, changes: EdgeChange<FlowEdge>[]): void;
  onOpen(this: void, data: CardData): void;
  /** A click on a point of the plane where no card is; `near`: so far away something may still be meant. */
  onPane(this: void, at: Place, near: number): void;
}

const lineTypes = { line: Line };
const noNodes: FlowNode[] = [];
const noEdges: FlowEdge[] = [];
const noPlaces: ReadonlyMap<string, Place> = new Map();

/** The cards and lines that are elements of the page. While some are dragged, nothing else is worked out anew. */
export function Plane(props: Props): ReactNode {
  const { boxes, edges, linking, onNodesChange, onMove, isOverview } = props;
  const { screenToFlowPosition, getZoom } = useReactFlow();
  const [dragged, setDragged] = useState(noPlaces);
  const settled = useInSight(boxes, edges);
  const nodes = useMemo(
    () =>
      dragged.size === 0
        ? settled
        : settled.map((node) => {
            const position = dragged.get(node.id);
            return position === undefined ? node : { ...node, position };
          }),
    [settled, dragged],
  );
  const follow = (changes: NodeChange<FlowNode>[]): void => {
    const others = changes.filter(({ type }) => type !== 'position');
    if (others.length > 0) onNodesChange(others);
    const places = new Map(dragged);
    let isOver = false;
    for (const change of changes) {
      if (change.type !== 'position') continue;
      if (change.position !== undefined) places.set(change.id, change.position);
      isOver ||= change.dragging !== true;
    }
    if (places.size === 0) return;
    // Where they were led, their edges no longer go.
    if (isOver || dragged.size === 0) onMove(isOver ? places : noPlaces, [...places.keys()]);
    setDragged(isOver ? noPlaces : places);
  };
  return (
    <ReactFlow
      nodes={isOverview ? noNodes : nodes}
      edges={isOverview ? noEdges : edges}
      nodeTypes={cards}
      edgeTypes={lineTypes}
      onlyRenderVisibleElements
      minZoom={leastZoom}
      maxZoom={2}
      zoomOnDoubleClick={false}
      selectionMode={SelectionMode.Partial}
      deleteKeyCode={null}
      disableKeyboardA11y
      nodesFocusable={false}
      edgesFocusable={false}
      elevateNodesOnSelect={false}
      connectionRadius={34}
      reconnectRadius={12}
      nodeDragThreshold={3}
      proOptions={hidden}
      onNodesChange={follow}
      onEdgesChange={props.onEdgesChange}
      isValidConnection={({ source, target }) => linking.isValid({ source, target })}
      onConnect={({ source, target }) => linking.link(source, target)}
      onConnectEnd={linking.onDrop}
      onReconnect={linking.move}
      onReconnectStart={(_, edge) => linking.onMoveStart(edge)}
      onReconnectEnd={linking.onMoveEnd}
      onNodeDoubleClick={(_, { data }) => props.onOpen(data)}
      onPaneClick={({ clientX, clientY }) =>
        props.onPane(screenToFlowPosition({ x: clientX, y: clientY }, { snapToGrid: false }), 8 / getZoom())
      }
    >
      {!props.isLarge && <Dots />}
    </ReactFlow>
  );
}

const hidden = { hideAttribution: true };

const Dots = memo(function Dots(): ReactNode {
  return <Background variant={BackgroundVariant.Dots} gap={22} size={1.2} />;
});
