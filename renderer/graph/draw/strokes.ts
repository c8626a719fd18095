/** Edges as lines on a canvas, for graphs of so many that each cannot be an element of the page. */
import type { EdgeRow } from '../../../shared/ipc/graph';
import type { EdgeId } from '../../../shared/model/ids';
import type { DependencyState } from '../../../shared/model/states';
import type { Point } from '../layout/layout';
import type { Box } from '../model/align';
import type { GraphEdge } from '../model/graph';
import { edgesState } from '../model/standing';
import type { FlowEdge } from './flow';
import { pathThrough } from './path';

export interface Stroke {
  readonly id: string;
  readonly from: Point;
  readonly to: Point;
  readonly bends: readonly Point[];
  readonly path: Path2D;
  readonly edges: readonly GraphEdge[];
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** How far a curve may swing out beyond its points. */
const swing = 240;

/** Makes a line anew only when one of its ends has moved. */
export class Strokes {
  private known = new Map<string, Stroke>();

  of(edges: readonly FlowEdge[], boxes: readonly Box[]): readonly Stroke[] {
    const places = new Map(boxes.map((box) => [box.id, box]));
    const known = new Map<string, Stroke>();
    for (const { id, source, target, data } of edges) {
      const [start, end] = [places.get(source), places.get(target)];
      if (start === undefined || end === undefined || data === undefined) continue;
      const from = { x: start.x + start.width, y: start.y + start.height / 2 };
      const to = { x: end.x - 4, y: end.y + end.height / 2 };
      const before = this.known.get(id);
      const isSame =
        before !== undefined &&
        before.edges === data.edges &&
        before.bends === data.bends &&
        before.from.x === from.x &&
        before.from.y === from.y &&
        before.to.x === to.x &&
        before.to.y === to.y;
      known.set(id, isSame ? before : strokeOf(id, from, to, data));
    }
    this.known = known;
    return [...known.values()];
  }
}

function strokeOf(
  id: string,
  from: Point,
  to: Point,
  { edges, bends }: NonNullable<FlowEdge['data']>,
): Stroke {
  const path = new Path2D(pathThrough(from, bends, to));
  path.moveTo(to.x - 4, to.y - 4.5);
  path.lineTo(to.x + 4, to.y);
  path.lineTo(to.x - 4, to.y + 4.5);
  const points = [from, ...bends, to];
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const back = to.x < from.x ? swing : 0;
  return {
    id,
    from,
    to,
    bends,
    edges,
    path,
    left: Math.min(...xs) - back,
    right: Math.max(...xs) + back,
    top: Math.min(...ys) - 6,
    bottom: Math.max(...ys) + 6,
  };
}

export function stateOfStroke({ edges }: Stroke, rows: ReadonlyMap<EdgeId, EdgeRow>): DependencyState {
  const [first, second] = edges;
  if (first !== undefined && second === undefined)
    return (first.row === null ? undefined : rows.get(first.row.id)?.state) ?? 'PENDING';
  return edgesState(edges.flatMap(({ row }) => (row === null ? [] : (rows.get(row.id)?.state ?? []))));
}

/** The line at a point, if one is about there. */
export function strokeAt(strokes: readonly Stroke[], { x, y }: Point, near: number): Stroke | null {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return null;
  context.lineWidth = 2 * near;
  const hit = strokes.find(
    (stroke) =>
      x >= stroke.left - near &&
      x <= stroke.right + near &&
      y >= stroke.top - near &&
      y <= stroke.bottom + near &&
      context.isPointInStroke(stroke.path, x, y),
  );
  return hit ?? null;
}
