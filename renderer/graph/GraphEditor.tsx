import { ReactFlowProvider } from '@xyflow/react';
import type { EdgeChange } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import type { BatchId, JobId } from '../../shared/model/ids';
import { navigate } from '../app/useRoute';
import { Loading } from '../ui/Notice';
import { Tools } from './draw/Card';
import { flowEdges } from './draw/flow';
import type { FlowEdge } from './draw/flow';
import { Overview } from './draw/Overview';
import { Plane } from './draw/Plane';
import { spotAt } from './draw/paint';
import { SmallMap } from './draw/SmallMap';
import { strokeAt, Strokes } from './draw/strokes';
import type { Stroke } from './draw/strokes';
import { useIsOverview } from './draw/useIsOverview';
import { DraftBar } from './edit/DraftBar';
import { LoopWatch } from './edit/LoopWatch';
import { Panels } from './edit/Panels';
import { Search } from './edit/Search';
import { Toolbar } from './edit/Toolbar';
import { GraphScene, Scene } from './live';
import { found } from './model/names';
import { useArrangement } from './useArrangement';
import { useDrawn } from './useDrawn';
import { useKeys } from './useKeys';
import { useLinking } from './useLinking';
import './graph.css';
import './draw/cards.css';
import './draw/lines.css';
import './edit/edit.css';

interface Props {
  readonly batch: BatchId;
  readonly name: string;
  /** The job that is looked at first; null: all of it. */
  readonly job: JobId | null;
}

export function GraphEditor(props: Props): ReactNode {
  const scene = useMemo(() => new GraphScene(props.batch), [props.batch]);
  return (
    <ReactFlowProvider>
      <Scene.Provider value={scene}>
        <Editor {...props} scene={scene} />
      </Scene.Provider>
    </ReactFlowProvider>
  );
}

function Editor({ batch, name, job, scene }: Props & { readonly scene: GraphScene }): ReactNode {
  const model = useDrawn(batch);
  const { drawn, graph, drafting, step } = model;
  const arrangement = useArrangement(drawn, model.tidied);
  const { nodes, boxes, layout, moved, centre, select } = arrangement;
  const [selectedEdges, setSelectedEdges] = useState<ReadonlySet<string>>(new Set());
  const root = useRef<HTMLDivElement>(null);
  const isOverview = useIsOverview(boxes);

  const selectEdge = useCallback(
    (id: string): void => {
      select(new Set());
      setSelectedEdges(new Set([id]));
    },
    [select],
  );
  const selectNode = useCallback(
    (id: string | null): void => {
      setSelectedEdges(new Set());
      select(new Set(id === null ? [] : [id]));
    },
    [select],
  );
  const go = useCallback(
    (id: string): void => {
      selectNode(id);
      centre(id);
    },
    [selectNode, centre],
  );
  const linking = useLinking({
    jobs: graph.jobs,
    edges: model.edges,
    drawn,
    onStep: step,
    onSelect: selectEdge,
  });

  const first = useRef(job);
  useEffect(() => {
    if (!arrangement.isReady || first.current === null) return;
    const id = drawn.nodeOf({ job: first.current, step: null });
    first.current = null;
    // After everything has been fitted into sight.
    requestAnimationFrame(() => go(id));
  }, [arrangement.isReady, drawn, go]);

  const lines = useMemo(
    () => flowEdges(drawn.edges, moved, layout, selectedEdges),
    [drawn.edges, moved, layout, selectedEdges],
  );
  const selectedNodes = useMemo(() => nodes.filter(({ selected }) => selected === true), [nodes]);
  const chosen = selectedNodes.map(({ id }) => id).join('\n');
  const lit = useSyncExternalStore(scene.listen, scene.litNow);
  const isLarge = lines.length > mostLines;
  /** In a large graph only those that something is about; the others are painted. */
  const edges = useMemo(() => {
    if (!isLarge) return lines;
    const ids = new Set(chosen.split('\n'));
    // The steps in a frame move with it.
    for (const { id, parentId } of nodes) if (parentId !== undefined && ids.has(parentId)) ids.add(id);
    return lines.filter(
      ({ id, source, target, selected, data }) =>
        selected === true ||
        lit.has(id) ||
        ids.has(source) ||
        ids.has(target) ||
        data?.edges.some(({ change }) => change !== 'none') === true,
    );
  }, [isLarge, lines, nodes, chosen, lit]);
  const spots = useMemo(
    () =>
      boxes.map(({ node, ...box }) => ({
        ...box,
        drawn: node.data.drawn,
        isSelected: node.selected === true,
      })),
    [boxes],
  );
  const [painted] = useState(() => new Strokes());
  const strokes = useMemo(() => {
    if (!isLarge && !isOverview) return noStrokes;
    const drawnAsElements = new Set(isOverview ? [] : edges.map(({ id }) => id));
    return painted.of(lines, boxes).filter(({ id }) => !drawnAsElements.has(id));
  }, [painted, isLarge, isOverview, lines, edges, boxes]);
  const onEdgesChange = useCallback((changes: EdgeChange<FlowEdge>[]): void => {
    setSelectedEdges((old) => {
      const selected = new Set(old);
      for (const change of changes) {
        if (change.type !== 'select') continue;
        if (change.selected) selected.add(change.id);
        else selected.delete(change.id);
      }
      return selected;
    });
  }, []);
  const { anchor } = arrangement;
  const { fold: foldNode } = model;
  const fold = useCallback(
    (id: string, isOpen: boolean): void => {
      anchor(id);
      foldNode(id, isOpen);
    },
    [anchor, foldNode],
  );
  const close = useCallback((): void => {
    selectNode(null);
    root.current?.focus();
  }, [selectNode]);
  const tools = useMemo(() => ({ fold, conditions: drawn.conditions }), [fold, drawn.conditions]);
  const chosenEdges = useMemo(
    () => drawn.edges.filter(({ id }) => selectedEdges.has(id)),
    [drawn.edges, selectedEdges],
  );
  const { onKeyDown, told } = useKeys({
    graph,
    drawn,
    boxes,
    selectedNodes,
    chosenEdges,
    onGo: go,
    onNode: selectNode,
    onFold: fold,
    onStep: step,
    onFit: arrangement.fit,
    onTidy: model.tidy,
    onAll: () => select(new Set(nodes.map(({ id }) => id))),
  });

  return (
    <Tools.Provider value={tools}>
      <Toolbar
        chosen={selectedNodes.length}
        hasStacks={model.hasStacks}
        stacks={model.folding.stacks}
        onStacks={model.setStacks}
        onFit={arrangement.fit}
        onTidy={model.tidy}
        onAlign={arrangement.align}
      >
        <Search
          find={(text) => found(graph.jobs, drawn.nodes, text)}
          onGo={go}
          onLeave={() => root.current?.focus()}
        />
      </Toolbar>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application has keys of its own */}
      <div
        ref={root}
        className="graph"
        role="application"
        aria-label={`Graph of ${name}`}
        aria-describedby="graph-told"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- and the focus for them
        tabIndex={0}
        data-ready={arrangement.isReady || undefined}
        data-overview={isOverview || undefined}
        onKeyDown={onKeyDown}
      >
        <div id="graph-told" className="visually-hidden" role="status">
          {told}
        </div>
        {!arrangement.isReady && <Loading what="the graph" />}
        {(isLarge || isOverview) && (
          <Overview batch={batch} spots={isOverview ? spots : null} strokes={strokes} />
        )}
        <Plane
          boxes={boxes}
          edges={edges}
          isOverview={isOverview}
          isLarge={isLarge}
          linking={linking}
          onNodesChange={arrangement.onNodesChange}
          onMove={arrangement.move}
          onEdgesChange={onEdgesChange}
          onOpen={({ drawn: node }) => {
            if (node.kind === 'stack') fold(node.id, true);
            else navigate({ page: 'job', job: node.job });
          }}
          onPane={(at, near) => {
            const spot = isOverview ? spotAt(spots, at, near) : null;
            if (spot !== null) go(spot.id);
            else if (isLarge && !isOverview) {
              const stroke = strokeAt(strokes, at, near);
              if (stroke !== null) selectEdge(stroke.id);
            }
          }}
        />
        <LoopWatch loopOf={linking.loopOf} onLight={scene.light} />
        <SmallMap batch={batch} spots={spots} />
        <Panels
          model={model}
          batch={batch}
          selectedNodes={selectedNodes}
          chosenEdges={chosenEdges}
          boxes={boxes}
          onEdge={selectEdge}
          onLink={linking.link}
          onClose={close}
        />
        <DraftBar batch={batch} jobs={graph.jobs} shape={graph.shape} drafting={drafting} onStep={step} />
      </div>
    </Tools.Provider>
  );
}

/** Each line is an element of its own; more of them are painted. */
const mostLines = 250;
const noStrokes: readonly Stroke[] = [];
