import { useCallback, useEffect, useMemo, useReducer, useState } from 'react';
import type { BatchId, JobId } from '../../shared/model/ids';
import type { LiveGraph } from '../live/values';
import { graphNow, useLiveGraph } from './live';
import { draftStep, drafted, nothingDrafted } from './model/draft';
import type { Drafting, DraftStep } from './model/draft';
import { drawn, stacksOf } from './model/drawn';
import type { Drawn, Folding } from './model/drawn';
import type { GraphEdge } from './model/graph';

/** Fewer jobs are as easily read one by one. */
const smallGraph = 60;

interface Kept {
  readonly drafting: Drafting;
  readonly folding: Folding;
}
/** What was drafted and unfolded stays when the person comes back from another page. */
const kept = new Map<BatchId, Kept>();
const atFirst: Kept = {
  drafting: nothingDrafted,
  folding: { openJobs: new Set(), stacks: true, openStacks: new Set() },
};

export interface GraphModel {
  /** As it was when jobs or edges last came or went: what is live is asked for where it is drawn. */
  readonly graph: LiveGraph;
  readonly edges: readonly GraphEdge[];
  readonly drawn: Drawn;
  readonly drafting: Drafting;
  readonly folding: Folding;
  readonly hasStacks: boolean;
  readonly tidied: number;
  step(this: void, step: DraftStep): void;
  /** A job with its steps, or a stack. */
  fold(this: void, id: string, isOpen: boolean): void;
  setStacks(this: void, stacks: boolean): void;
  tidy(this: void): void;
}

export function useDrawn(batch: BatchId): GraphModel {
  const shape = useLiveGraph(batch, (graph) => graph.shape);
  // Only the shape matters here.
  const graph = useMemo(() => ({ ...graphNow(batch), shape }), [batch, shape]);
  const [drafting, step] = useReducer(draftStep, batch, (id) => (kept.get(id) ?? atFirst).drafting);
  const [folding, setFolding] = useState(() => (kept.get(batch) ?? atFirst).folding);
  useEffect(() => void kept.set(batch, { drafting, folding }), [batch, drafting, folding]);
  const [tidied, setTidied] = useState(0);
  const stacksNow = useCallback((): readonly (readonly JobId[])[] => {
    const now = graphNow(batch);
    return now.jobs.size <= smallGraph ? [] : stacksOf(now.jobs, drafted(now.edges, nothingDrafted.present));
  }, [batch]);
  // Not with every change: what is looked at should not fall together or apart by itself.
  const [stacks, setStacks] = useState(stacksNow);
  const edges = useMemo(() => drafted(graph.edges, drafting.present), [graph, drafting.present]);
  const picture = useMemo(() => drawn(graph.jobs, edges, stacks, folding), [graph, edges, stacks, folding]);
  const fold = useCallback(
    (id: string, isOpen: boolean): void =>
      setFolding((old) => {
        const isStack = id.startsWith('stack ');
        const ids = new Set<string>(isStack ? old.openStacks : old.openJobs);
        if (isOpen) ids.add(id);
        else ids.delete(id);
        return isStack
          ? { ...old, openStacks: ids }
          : { ...old, openJobs: new Set([...graphNow(batch).jobs.keys()].filter((job) => ids.has(job))) };
      }),
    [batch],
  );
  return {
    graph,
    edges,
    drawn: picture,
    drafting,
    folding,
    hasStacks: stacks.length > 0,
    tidied,
    step,
    fold,
    setStacks: useCallback(
      (on: boolean) => setFolding((old) => ({ ...old, stacks: on, openStacks: new Set() })),
      [],
    ),
    tidy: useCallback(() => {
      setStacks(stacksNow());
      setTidied((number) => number + 1);
    }, [stacksNow]),
  };
}
