import {
  Background,
  BackgroundVariant,
  Position,
  ReactFlow,
  SelectionMode,
  useReactFlow,
} from '@xyflow/react';
import type { EdgeChange, NodeChange } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { filesDropped } from '../app/dropping';
import { portSize } from '../graph/draw/flow';
import { LoopWatch } from '../graph/edit/LoopWatch';
import type { Loop } from '../graph/useLinking';
import { cardSize } from './adding';
import type { Place } from './adding';
import { EdgeLine } from './EdgeLine';
import type { LineEdge } from './EdgeLine';
import { JobCard } from './JobCard';
import type { CardLook, CardNode } from './JobCard';
import { loopThrough, moved } from './model/sketch';
import type { Sketch } from './model/sketch';
import { presetType } from './Shelf';
import { change } from './sketches';

export interface Chosen {
  readonly jobs: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}
export const nothingChosen: Chosen = { jobs: new Set(), edges: new Set() };

interface Props {
  readonly sketch: Sketch;
  readonly chosen: Chosen;
  cardOf(this: void, id: string): CardLook;
  onChoose(this: void, change: (old: Chosen) => Chosen): void;
  /** A preset was let go at a point of the plane. */
  onPreset(this: void, preset: string, at: Place): void;
  onFiles(this: void, paths: readonly string[]): void;
  onLink(this: void, from: string, to: string): void;
  /** An end of an edge was dragged to another job. */
  onMoveEnd(this: void, edge: string, from: string, to: string): void;
  onKeyDown(this: void, event: KeyboardEvent): void;
  onOpenJob(this: void): void;
  readonly children: ReactNode;
}

const cards = { job: JobCard };
const lines = { line: EdgeLine };
const noPlaces: ReadonlyMap<string, Place> = new Map();
const noIds: ReadonlySet<string> = new Set();
const handle = { y: cardSize.height / 2 - portSize / 2, width: portSize, height: portSize };

/** The graph itself, of which everything can be dragged. */
export function Board(props: Props): ReactNode {
  const { sketch, chosen, cardOf, onChoose, onFiles } = props;
  const root = useRef<HTMLDivElement>(null);
  const { screenToFlowPosition } = useReactFlow();
  /** Where jobs are while they are dragged. */
  const [dragged, setDragged] = useState(noPlaces);
  const [lit, setLit] = useState(noIds);
  /** The edge of which an end is dragged: it leads nowhere meanwhile. */
  const [moving, setMoving] = useState<string | null>(null);

  const latest = useRef(onFiles);
  useEffect(() => {
    latest.current = onFiles;
  });
  useEffect(() => {
    const element = root.current;
    return element === null ? undefined : filesDropped(element, (paths) => latest.current(paths));
  }, []);

  const nodes = useMemo(
    () =>
      sketch.jobs.map((job): CardNode => ({
        id: job.id,
        type: 'job',
        position: dragged.get(job.id) ?? { x: job.x, y: job.y },
        data: { ...cardOf(job.id), isLit: lit.has(job.id) },
        selected: chosen.jobs.has(job.id),
        ...cardSize,
        handles: [
          { ...handle, type: 'target', position: Position.Left, x: -portSize / 2 },
          { ...handle, type: 'source', position: Position.Right, x: cardSize.width - portSize / 2 },
        ],
      })),
    [sketch.jobs, dragged, cardOf, lit, chosen.jobs],
  );
  const edges = useMemo(
    () =>
      sketch.edges.map(({ id, from, to, relation, onFailure }): LineEdge => ({
        id,
        type: 'line',
        source: from,
        target: to,
        data: { relation, onFailure, isLit: lit.has(`${from} > ${to}`) },
        selected: chosen.edges.has(id),
        reconnectable: true,
      })),
    [sketch.edges, lit, chosen.edges],
  );

  const loopOf = useCallback(
    (from: string, to: string): Loop | null => {
      const others = sketch.edges.filter(({ id }) => id !== moving);
      const way = loopThrough(others, from, to);
      if (way === null) return null;
      const names = way.map((id) => sketch.jobs.find((job) => job.id === id)?.name ?? id);
      return {
        ids: new Set([...way, ...way.map((id, at) => `${id} > ${way[at + 1] ?? ''}`)]),
        words:
          names.length <= 2
            ? `${names[0] ?? ''} cannot wait for itself.`
            : `${names[0] ?? ''} would wait for itself: ${names.join(' → ')}.`,
      };
    },
    [sketch, moving],
  );

  const onNodesChange = (changes: NodeChange<CardNode>[]): void => {
    const places = changes.flatMap((one) =>
      one.type === 'position' && one.position !== undefined ? [[one.id, one.position] as const] : [],
    );
    if (places.length > 0) setDragged((old) => new Map([...old, ...places]));
    const isSelected = selections(changes);
    if (isSelected.size > 0) onChoose((old) => ({ ...old, jobs: selected(old.jobs, isSelected) }));
  };
  const onEdgesChange = (changes: EdgeChange<LineEdge>[]): void => {
    const isSelected = selections(changes);
    if (isSelected.size > 0) onChoose((old) => ({ ...old, edges: selected(old.edges, isSelected) }));
  };
  const letGo = (): void => {
    if (dragged.size > 0) change((old) => moved(old, dragged));
    setDragged(noPlaces);
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application has keys of its own
    <div
      ref={root}
      className="graph pipeline-board"
      role="application"
      aria-label="The pipeline"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- and the focus for them
      tabIndex={0}
      data-takes-files
      onKeyDown={props.onKeyDown}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(presetType)) return;
        event.preventDefault();
        event.stopPropagation();
        event.dataTransfer.dropEffect = 'copy';
      }}
      onDrop={(event) => {
        const preset = event.dataTransfer.getData(presetType);
        if (preset === '') return;
        event.preventDefault();
        event.stopPropagation();
        const at = screenToFlowPosition({ x: event.clientX, y: event.clientY });
        props.onPreset(preset, { x: at.x - cardSize.width / 2, y: at.y - cardSize.height / 2 });
        root.current?.focus();
      }}
    >
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={cards}
        edgeTypes={lines}
        minZoom={0.1}
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
        proOptions={{ hideAttribution: true }}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onNodeDragStop={letGo}
        onSelectionDragStop={letGo}
        isValidConnection={({ source, target }) => loopOf(source, target) === null}
        onConnect={({ source, target }) => props.onLink(source, target)}
        onConnectEnd={(event, { fromNode, fromHandle, toHandle }) => {
          const at = 'changedTouches' in event ? event.changedTouches[0] : event;
          if (toHandle !== null || fromNode === null || at === undefined || moving !== null) return;
          const node = nodeAt(at.clientX, at.clientY);
          if (node === null || node === fromNode.id) return;
          if (fromHandle?.type === 'target') props.onLink(node, fromNode.id);
          else props.onLink(fromNode.id, node);
        }}
        onReconnectStart={(_, { id }) => setMoving(id)}
        onReconnect={({ id }, { source, target }) => props.onMoveEnd(id, source, target)}
        onReconnectEnd={() => setMoving(null)}
        onNodeDoubleClick={props.onOpenJob}
      >
        <Background variant={BackgroundVariant.Dots} gap={22} size={1.2} />
      </ReactFlow>
      <LoopWatch loopOf={loopOf} onLight={setLit} />
      {props.children}
    </div>
  );
}

const selections = (
  changes: readonly (NodeChange<CardNode> | EdgeChange<LineEdge>)[],
): ReadonlyMap<string, boolean> =>
  new Map(changes.flatMap((one) => (one.type === 'select' ? [[one.id, one.selected]] : [])));

const selected = (old: ReadonlySet<string>, changes: ReadonlyMap<string, boolean>): ReadonlySet<string> =>
  new Set([...old, ...changes.keys()].filter((id) => changes.get(id) ?? true));

/** An edge may also be let go upon a job, away from its port. */
const nodeAt = (x: number, y: number): string | null =>
  document.elementFromPoint(x, y)?.closest('.react-flow__node')?.getAttribute('data-id') ?? null;
