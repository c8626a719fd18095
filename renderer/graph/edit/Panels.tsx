import { useStore } from '@xyflow/react';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { BatchId } from '../../../shared/model/ids';
import type { FlowNode } from '../draw/flow';
import type { Box } from '../model/align';
import type { DrawnEdge } from '../model/drawn';
import type { GraphEdge } from '../model/graph';
import type { GraphModel } from '../useDrawn';
import { EdgePanel } from './EdgePanel';
import { NodePanel } from './NodePanel';

interface Props {
  readonly batch: BatchId;
  readonly model: GraphModel;
  readonly selectedNodes: readonly FlowNode[];
  readonly chosenEdges: readonly DrawnEdge[];
  readonly boxes: readonly Box[];
  onEdge(this: void, id: string): void;
  onLink(this: void, from: string, to: string): void;
  onClose(this: void): void;
}

/** What can be done with what is chosen: beside the graph for a node, at the place itself for an edge. */
export function Panels(props: Props): ReactNode {
  const { model, batch, selectedNodes, chosenEdges, boxes } = props;
  const { graph, drawn, step } = model;
  const [shownConditions, showConditions] = useState<string | null>(null);
  const [node, second] = selectedNodes;
  const edges = useMemo(() => chosenEdges.flatMap((edge) => edge.edges), [chosenEdges]);
  const editing = (own: readonly GraphEdge[], onClose: () => void): ReactNode => (
    <EdgePanel
      key={own
        .map(({ spec }) => `${spec.from?.job} ${spec.from?.step} ${spec.to.job} ${spec.to.step}`)
        .join()}
      batch={batch}
      jobs={graph.jobs}
      edges={own}
      onChange={(changed, to) => step({ kind: 'change', edges: changed, to })}
      onRemove={(removed) => step({ kind: 'remove', edges: removed })}
      onKeep={(kept) => step({ kind: 'keep', edges: kept })}
      onClose={onClose}
    />
  );
  const [first] = chosenEdges;
  if (first !== undefined && node === undefined) {
    const [from, to] = [first.from, first.to].map((id) => boxes.find((box) => box.id === id));
    if (from === undefined || to === undefined) return null;
    return (
      <AtPlace x={(from.x + from.width + to.x) / 2} y={(from.y + from.height / 2 + to.y + to.height / 2) / 2}>
        {editing(edges, props.onClose)}
      </AtPlace>
    );
  }
  const chosen = drawn.nodes.find(({ id }) => id === node?.id);
  if (chosen === undefined || second !== undefined) return null;
  const conditions = drawn.conditions.get(chosen.id) ?? [];
  return (
    <aside className="graph-panel graph-panel-side" aria-label="What is chosen">
      {shownConditions === chosen.id && conditions.length > 0 ? (
        editing(conditions, () => showConditions(null))
      ) : (
        <NodePanel
          batch={batch}
          jobs={graph.jobs}
          drawn={drawn}
          node={chosen}
          onEdge={props.onEdge}
          onConditions={showConditions}
          onLink={props.onLink}
          onClose={props.onClose}
        />
      )}
    </aside>
  );
}

const margin = 12;
/** From the line itself. */
const beside = 18;
const roomForDraft = 84;

/** At a point of the plane, and always in sight as a whole. */
function AtPlace(props: { readonly x: number; readonly y: number; readonly children: ReactNode }): ReactNode {
  const panel = useRef<HTMLElement>(null);
  const x = useStore(({ transform }) => transform[0] + props.x * transform[2]);
  const y = useStore(({ transform }) => transform[1] + props.y * transform[2]);
  const width = useStore((store) => store.width);
  const height = useStore((store) => store.height);
  useLayoutEffect(() => {
    const element = panel.current;
    if (element === null) return;
    const left = Math.min(
      Math.max(margin, x - element.offsetWidth / 2),
      width - element.offsetWidth - margin,
    );
    const lowest = height - element.offsetHeight - roomForDraft;
    const top = y + beside <= lowest ? y + beside : Math.min(y - beside - element.offsetHeight, lowest);
    element.style.transform = `translate(${Math.round(left)}px, ${Math.round(Math.max(margin, top))}px)`;
  });
  return (
    <aside ref={panel} className="graph-panel graph-panel-edge" aria-label="What is chosen">
      {props.children}
    </aside>
  );
}
