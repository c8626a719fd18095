/** Live values of single nodes and edges: only what is drawn is drawn again when it changes. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { EdgeRow, GraphJob } from '../../shared/ipc/graph';
import type { BatchId, EdgeId, JobId } from '../../shared/model/ids';
import { live } from '../live/connection';
import type { LiveGraph } from '../live/values';
import type { GraphEdge } from './model/graph';
import { edgesState, standingOf } from './model/standing';
import type { Standing } from './model/standing';

/** What the parts of the graph know without being told by their properties. */
export class GraphScene {
  private lit: ReadonlySet<string> = new Set();
  private readonly listeners = new Set<() => void>();

  constructor(readonly batch: BatchId) {}

  /** The loop that an edge would close: ids of nodes and edges. */
  readonly light = (ids: ReadonlySet<string>): void => {
    if (ids.size === 0 && this.lit.size === 0) return;
    this.lit = ids;
    for (const listener of this.listeners) listener();
  };

  /** The same set as long as it is the same loop. */
  readonly litNow = (): ReadonlySet<string> => this.lit;

  isLit(id: string): boolean {
    return this.lit.has(id);
  }

  readonly listen = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };
}

export const Scene = createContext<GraphScene | null>(null);

function useScene(): GraphScene {
  const scene = useContext(Scene);
  if (scene === null) throw new Error('a part of a graph stands outside of one');
  return scene;
}

export function useIsLit(id: string): boolean {
  const scene = useScene();
  return useSyncExternalStore(scene.listen, () => scene.isLit(id));
}

const nothing: LiveGraph = { jobs: new Map(), edges: new Map(), shape: 0 };

/** The graph as it is now, for what is asked only once. */
export function graphNow(batch: BatchId): LiveGraph {
  const snapshot = live.view('graph', { batch }).snapshot();
  return snapshot.state === 'picture' ? snapshot.value : nothing;
}

/** A part of the live graph; it must be the same object as long as nothing of it changes. */
export function useLiveGraph<Part>(batch: BatchId, part: (graph: LiveGraph) => Part): Part {
  const view = live.view('graph', { batch });
  return useSyncExternalStore(view.subscribe, () => part(graphNow(batch)));
}

export function useJob(id: JobId): GraphJob | null {
  return useLiveGraph(useScene().batch, ({ jobs }) => jobs.get(id) ?? null);
}

const known = new WeakMap<object, WeakMap<object, Standing>>();

export function useStanding(ids: readonly JobId[]): Standing {
  return useLiveGraph(useScene().batch, ({ jobs }) => {
    const own = known.get(ids) ?? new WeakMap<object, Standing>();
    known.set(ids, own);
    const standing = own.get(jobs) ?? standingOf(ids.flatMap((id) => jobs.get(id) ?? []));
    own.set(jobs, standing);
    return standing;
  });
}

export function useEdgesState(edges: readonly GraphEdge[]): EdgeRow['state'] {
  return useLiveGraph(useScene().batch, ({ edges: rows }) =>
    edgesState(edges.flatMap(({ row }) => (row === null ? [] : (rows.get(row.id)?.state ?? [])))),
  );
}

export function useEdgeRow(batch: BatchId, id: EdgeId | null): EdgeRow | null {
  return useLiveGraph(batch, ({ edges }) => (id === null ? null : (edges.get(id) ?? null)));
}
