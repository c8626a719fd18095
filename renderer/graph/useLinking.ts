import type { Connection, FinalConnectionState } from '@xyflow/react';
import { useCallback, useMemo, useState } from 'react';
import type { EdgeEnd, NewEdge } from '../../shared/model/edge';
import { tellRefusal } from '../ui/tell';
import type { FlowEdge } from './draw/flow';
import type { DraftStep } from './model/draft';
import { endsOf } from './model/drawn';
import type { Drawn, DrawnNode } from './model/drawn';
import { endInWords } from './model/graph';
import type { GraphEdge, Jobs } from './model/graph';
import { Ways } from './model/loop';
import { usualRule } from './model/rules';

/** The way around that an edge would close, as it is drawn and in words. */
export interface Loop {
  readonly ids: ReadonlySet<string>;
  readonly words: string;
}

export interface Linking {
  loopOf(this: void, from: string, to: string): Loop | null;
  isValid(this: void, connection: { source: string; target: string }): boolean;
  /** Drafts an edge, unless the two are joined already; either way its panel opens. */
  link(this: void, from: string, to: string): void;
  move(this: void, edge: FlowEdge, to: Connection): void;
  onMoveStart(this: void, edge: FlowEdge): void;
  onMoveEnd(this: void): void;
  /** An edge may also be let go upon a node, away from its port. */
  onDrop(this: void, event: MouseEvent | TouchEvent, state: FinalConnectionState): void;
}

interface Wish {
  readonly jobs: Jobs;
  readonly edges: readonly GraphEdge[];
  readonly drawn: Drawn;
  onStep(this: void, step: DraftStep): void;
  onSelect(this: void, edge: string): void;
}

export function useLinking({ jobs, edges, drawn, onStep, onSelect }: Wish): Linking {
  const nodes = useMemo(() => new Map(drawn.nodes.map((node) => [node.id, node])), [drawn.nodes]);
  /** The edge of which an end is dragged: it leads nowhere meanwhile. */
  const [moving, setMoving] = useState(nothing);
  const loops = useMemo(
    () => new Loops({ jobs, edges, drawn, nodes, moving }),
    [jobs, edges, drawn, nodes, moving],
  );
  const loopOf = useCallback((from: string, to: string): Loop | null => loops.through(from, to), [loops]);

  const isValid = useCallback<Linking['isValid']>(
    ({ source, target }) => loopOf(source, target) === null,
    [loopOf],
  );

  const link = useCallback<Linking['link']>(
    (from, to) => {
      const id = `${from} > ${to}`;
      const [starts, ends] = [endsOfNode(nodes, from), endsOfNode(nodes, to)];
      if (drawn.edges.some((edge) => edge.id === id && edge.edges.some(({ change }) => change !== 'removed')))
        return onSelect(id);
      if (starts.length > 1 && ends.length > 1)
        return tellRefusal('join the two stacks', {
          message: 'Which of their jobs belong together is not known. Show the jobs of one of them first.',
        });
      const loop = loopOf(from, to);
      if (loop !== null) return tellRefusal('join them', { message: loop.words });
      const specs = starts.flatMap((start) =>
        ends.map((end): NewEdge => ({
          from: start,
          to: end,
          relation: usualRule('completes'),
          onFailure: 'hold',
        })),
      );
      onStep({ kind: 'add', specs });
      onSelect(id);
    },
    [nodes, drawn, loopOf, onStep, onSelect],
  );

  const move = useCallback<Linking['move']>(
    (edge, { source, target }) => {
      if (edge.source === source && edge.target === target) return;
      const [from, ...others] = endsOfNode(nodes, source);
      const [to, ...more] = endsOfNode(nodes, target);
      if (from === undefined || to === undefined || others.length + more.length > 0)
        return tellRefusal('move the end there', { message: 'A stack is of several jobs. Show them first.' });
      const own = edge.data?.edges ?? [];
      const isSameStart = edge.source === source;
      const isSameEnd = edge.target === target;
      onStep({
        kind: 'change',
        edges: own,
        to: (spec) => ({
          ...spec,
          from: isSameStart ? spec.from : from,
          to: isSameEnd ? spec.to : to,
          // Tasks of the one work need not have partners in the other.
          relation: spec.relation.type === 'SEQUENTIAL' ? usualRule('completes') : spec.relation,
        }),
      });
      onSelect(`${source} > ${target}`);
    },
    [nodes, onStep, onSelect],
  );

  const onMoveStart = useCallback<Linking['onMoveStart']>(
    (edge) => setMoving(new Set(edge.data?.edges.map(({ key }) => key))),
    [],
  );
  const onMoveEnd = useCallback((): void => setMoving(nothing), []);

  const onDrop = useCallback<Linking['onDrop']>(
    (event, { fromNode, fromHandle, toHandle }) => {
      const at = 'changedTouches' in event ? event.changedTouches[0] : event;
      if (toHandle !== null || fromNode === null || at === undefined || moving.size > 0) return;
      const node = document
        .elementFromPoint(at.clientX, at.clientY)
        ?.closest('.react-flow__node')
        ?.getAttribute('data-id');
      if (node === null || node === undefined || node === fromNode.id) return;
      if (fromHandle?.type === 'target') link(node, fromNode.id);
      else link(fromNode.id, node);
    },
    [link, moving],
  );

  return { loopOf, isValid, link, move, onMoveStart, onMoveEnd, onDrop };
}

const nothing: ReadonlySet<string> = new Set();

/** Looked for once for each two nodes, as long as the graph is the same. */
class Loops {
  private readonly known = new Map<string, Loop | null>();
  private ways: Ways | null = null;

  constructor(
    private readonly of: Pick<Wish, 'jobs' | 'edges' | 'drawn'> & {
      readonly nodes: ReadonlyMap<string, DrawnNode>;
      readonly moving: ReadonlySet<string>;
    },
  ) {}

  through(from: string, to: string): Loop | null {
    const { jobs, edges, drawn, nodes, moving } = this.of;
    const key = `${from} > ${to}`;
    const before = this.known.get(key);
    if (before !== undefined) return before;
    this.ways ??= new Ways(
      jobs,
      edges.flatMap(({ key: own, spec, change }) =>
        spec.from === null || change === 'removed' || moving.has(own)
          ? []
          : [{ from: spec.from, to: spec.to }],
      ),
    );
    const way = firstLoop(this.ways, nodes.get(from), nodes.get(to));
    const loop = way === null ? null : { ids: idsOn(drawn, way), words: wordsOf(jobs, way) };
    this.known.set(key, loop);
    return loop;
  }
}

function endsOfNode(nodes: ReadonlyMap<string, DrawnNode>, id: string): readonly EdgeEnd[] {
  const node = nodes.get(id);
  return node === undefined ? [] : endsOf(node);
}

function firstLoop(
  ways: Ways,
  from: DrawnNode | undefined,
  to: DrawnNode | undefined,
): readonly EdgeEnd[] | null {
  if (from === undefined || to === undefined) return null;
  for (const start of endsOf(from)) {
    for (const end of endsOf(to)) {
      const way = ways.loopThrough(start, end);
      if (way !== null) return way;
    }
  }
  return null;
}

function idsOn(drawn: Drawn, way: readonly EdgeEnd[]): ReadonlySet<string> {
  const nodes = way.map((end) => drawn.nodeOf(end));
  const ids = new Set(nodes);
  for (const [index, node] of nodes.entries()) {
    const next = nodes[index + 1];
    if (next !== undefined) ids.add(`${node} > ${next}`);
  }
  return ids;
}

const mostTold = 6;

function wordsOf(jobs: Jobs, way: readonly EdgeEnd[]): string {
  const names = way.map((end) => endInWords(jobs, end));
  if (names.length <= 2) return `${names[0] ?? ''} cannot wait for itself.`;
  const told =
    names.length > mostTold
      ? [...names.slice(0, mostTold - 2), `${names.length - mostTold + 1} more`, names.at(-1) ?? '']
      : names;
  return `${names[0] ?? ''} would wait for itself: ${told.join(' → ')}.`;
}
