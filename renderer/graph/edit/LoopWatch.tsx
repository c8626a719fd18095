import { useConnection } from '@xyflow/react';
import { useEffect, useMemo } from 'react';
import type { ReactNode } from 'react';
import type { Loop } from '../useLinking';

/** While an edge is dragged over a port that it may not lead to: the loop is lit up, and told. */
export function LoopWatch(props: {
  /** The loop that an edge between two nodes would close. */
  loopOf(this: void, from: string, to: string): Loop | null;
  /** Ids of nodes and edges; none: nothing is lit any more. */
  onLight(this: void, ids: ReadonlySet<string>): void;
}): ReactNode {
  const { loopOf, onLight } = props;
  const hovered = useConnection((connection) => {
    if (!connection.inProgress || connection.toNode === null) return null;
    const [from, to] = [connection.fromNode.id, connection.toNode.id];
    return connection.fromHandle.type === 'target' ? `${to}\n${from}` : `${from}\n${to}`;
  });
  const loop = useMemo((): Loop | null => {
    const [from, to] = hovered?.split('\n') ?? [];
    return from === undefined || to === undefined ? null : loopOf(from, to);
  }, [hovered, loopOf]);
  useEffect(() => {
    onLight(loop?.ids ?? new Set());
  }, [onLight, loop]);
  return loop === null ? null : (
    <div className="graph-loop" role="alert">
      {loop.words}
    </div>
  );
}
