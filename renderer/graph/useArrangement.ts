import { applyNodeChanges, getViewportForBounds, useReactFlow, useStoreApi } from '@xyflow/react';
import type { NodeChange } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { boxesOf, flowNodes, wishOf } from './draw/flow';
import type { FlowNode } from './draw/flow';
import type { Layout } from './layout/layout';
import { aligned, boundsOf } from './model/align';
import type { Alignment } from './model/align';
import type { Drawn } from './model/drawn';
import { useLayout } from './useLayout';

export interface Arrangement {
  readonly nodes: FlowNode[];
  readonly boxes: ReturnType<typeof boxesOf>;
  readonly layout: Layout;
  /** Those that were moved by hand since, so that their edges no longer go where they were led. */
  readonly moved: ReadonlySet<string>;
  readonly isReady: boolean;
  onNodesChange(this: void, changes: NodeChange<FlowNode>[]): void;
  /** `ids`: of all that are dragged; places: where they were let go. */
  move(
    this: void,
    places: ReadonlyMap<string, { readonly x: number; readonly y: number }>,
    ids: readonly string[],
  ): void;
  select(this: void, ids: ReadonlySet<string>): void;
  fit(this: void): void;
  centre(this: void, id: string): void;
  align(this: void, how: Alignment): void;
  /** The next arrangement leaves this node where it is on the screen. */
  anchor(this: void, id: string): void;
}

export const leastZoom = 0.02;
const mostZoom = 1.1;
const readableZoom = 0.85;
const noLayout: Layout = { places: new Map(), bends: new Map() };

const duration = (): number => (window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 220);

/** Where the nodes stand: laid out anew when there are others, or `tidied` is another number; moved by hand in between. */
export function useArrangement(drawn: Drawn, tidied: number): Arrangement {
  const layOut = useLayout();
  const { setViewport, getViewport, setCenter } = useReactFlow();
  const store = useStoreApi();
  const [nodes, setNodes] = useState<FlowNode[]>([]);
  const [layout, setLayout] = useState(noLayout);
  const [moved, setMoved] = useState<ReadonlySet<string>>(new Set());
  const boxes = useMemo(() => boxesOf(nodes), [nodes]);
  const latest = useRef({ drawn, boxes });
  useEffect(() => {
    latest.current = { drawn, boxes };
  });
  const anchored = useRef<string | null>(null);
  const next = useRef<'fit' | { readonly id: string; readonly x: number; readonly y: number } | null>('fit');

  const key = useMemo(() => drawn.nodes.map(({ id }) => id).join('\n'), [drawn.nodes]);
  const tidiedBefore = useRef(tidied);
  useEffect(() => {
    const { drawn: wanted } = latest.current;
    layOut(wishOf(wanted), (found) => {
      const before = latest.current.boxes.find(({ id }) => id === anchored.current);
      const after =
        anchored.current === null
          ? undefined
          : (found.places.get(anchored.current) ?? placeOfMember(wanted, found, anchored.current));
      anchored.current = null;
      if (before !== undefined && after !== undefined) {
        const { x, y, zoom } = getViewport();
        next.current = {
          id: before.id,
          x: x + (before.x - after.x) * zoom,
          y: y + (before.y - after.y) * zoom,
        };
      } else if (tidied !== tidiedBefore.current) next.current = 'fit';
      tidiedBefore.current = tidied;
      setLayout(found);
      setMoved(new Set());
      setNodes((old) => {
        const selected = new Set(old.filter((node) => node.selected === true).map(({ id }) => id));
        return flowNodes(wanted.nodes, found).map((node) =>
          selected.has(node.id) ? { ...node, selected: true } : node,
        );
      });
    });
  }, [key, tidied, layOut, getViewport]);

  const fit = useCallback((): void => {
    const { width, height } = store.getState();
    const bounds = boundsOf(latest.current.boxes);
    if (bounds === null || width === 0) return;
    const viewport = getViewportForBounds(bounds, width, height, leastZoom, mostZoom, 0.06);
    void setViewport(viewport, { duration: next.current === 'fit' ? 0 : duration() });
  }, [store, setViewport]);

  useEffect(() => {
    if (boxes.length === 0 || next.current === null) return;
    if (next.current === 'fit') fit();
    else void setViewport({ x: next.current.x, y: next.current.y, zoom: getViewport().zoom });
    next.current = null;
  }, [boxes, fit, setViewport, getViewport]);

  const onNodesChange = useCallback((all: NodeChange<FlowNode>[]): void => {
    // How large they are is known before they are drawn.
    const changes = all.filter(({ type }) => type !== 'dimensions');
    if (changes.length > 0) setNodes((old) => applyNodeChanges(changes, old));
  }, []);

  const move = useCallback<Arrangement['move']>((places, ids) => {
    if (places.size > 0)
      setNodes((old) =>
        old.map((node) => {
          const position = places.get(node.id);
          return position === undefined ? node : { ...node, position: { ...position } };
        }),
      );
    setMoved((old) => (ids.every((id) => old.has(id)) ? old : new Set([...old, ...ids])));
  }, []);

  const select = useCallback((ids: ReadonlySet<string>): void => {
    setNodes((old) =>
      old.map((node) =>
        (node.selected ?? false) === ids.has(node.id) ? node : { ...node, selected: ids.has(node.id) },
      ),
    );
  }, []);

  const centre = useCallback(
    (id: string): void => {
      const box = latest.current.boxes.find((one) => one.id === id);
      if (box === undefined) return;
      const zoom = Math.max(readableZoom, Math.min(mostZoom, getViewport().zoom));
      void setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom, duration: duration() });
    },
    [setCenter, getViewport],
  );

  const align = useCallback((how: Alignment): void => {
    setNodes((old) => {
      const chosen = boxesOf(old).filter(({ node }) => node.selected === true && node.parentId === undefined);
      const places = aligned(chosen, how);
      setMoved((before) => new Set([...before, ...places.keys()]));
      return old.map((node) => {
        const position = places.get(node.id);
        return position === undefined ? node : { ...node, position };
      });
    });
  }, []);

  const anchor = useCallback((id: string): void => {
    anchored.current = id;
  }, []);

  return {
    nodes,
    boxes,
    layout,
    moved,
    isReady: layout !== noLayout,
    onNodesChange,
    move,
    select,
    fit,
    centre,
    align,
    anchor,
  };
}

/** A stack that was opened is where the first of its jobs is. */
function placeOfMember(
  drawn: Drawn,
  { places }: Layout,
  id: string,
): { readonly x: number; readonly y: number } | undefined {
  const member = drawn.nodes.find((node) => node.kind !== 'stack' && id === `stack ${node.job}`);
  return member === undefined ? undefined : places.get(member.id);
}
