import { useConnection } from '@xyflow/react';
import { useEffect, useMemo } from 'react';
import type { ReactNode } from 'react';
import type { GraphScene } from '../live';
import type { Linking, Loop } from '../useLinking';

/** While an edge is dragged over a port that it may not lead to: the loop is lit up, and told. */
export function LoopWatch({
  linking,
  scene,
}: {
  readonly linking: Linking;
  readonly scene: GraphScene;
}): ReactNode {
  const hovered = useConnection((connection) => {
    if (!connection.inProgress || connection.toNode === null) return null;
    const [from, to] = [connection.fromNode.id, connection.toNode.id];
    return connection.fromHandle.type === 'target' ? `${to}\n${from}` : `${from}\n${to}`;
  });
  const loop = useMemo((): Loop | null => {
    const [from, to] = hovered?.split('\n') ?? [];
    return from === undefined || to === undefined ? null : linking.loopOf(from, to);
  }, [hovered, linking]);
  useEffect(() => {
    scene.light(loop?.ids ?? new Set());
  }, [scene, loop]);
  return loop === null ? null : (
    <div className="graph-loop" role="alert">
      {loop.words}
    </div>
  );
}
