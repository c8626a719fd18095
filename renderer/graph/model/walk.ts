import type { Box } from './align';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The node that an arrow key leads to: along an edge, or up and down to the nearest in about the same column. */
export function walk(
  boxes: readonly Box[],
  edges: readonly { readonly from: string; readonly to: string }[],
  at: string,
  direction: Direction,
): string | null {
  const here = boxes.find(({ id }) => id === at);
  if (here === undefined) return boxes[0]?.id ?? null;
  const beside = new Set(
    direction === 'right'
      ? edges.filter(({ from }) => from === at).map(({ to }) => to)
      : edges.filter(({ to }) => to === at).map(({ from }) => from),
  );
  const isVertical = direction === 'up' || direction === 'down';
  const sign = direction === 'up' || direction === 'left' ? -1 : 1;
  const middle = ({ x, y, width, height }: Box) => ({ x: x + width / 2, y: y + height / 2 });
  const from = middle(here);
  let nearest: { id: string; distance: number } | null = null;
  for (const box of boxes) {
    const to = middle(box);
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const isCandidate = isVertical
      ? sign * dy > 0 && Math.abs(dx) < (here.width + box.width) / 2
      : beside.has(box.id);
    if (box.id === at || !isCandidate) continue;
    const distance = isVertical ? Math.abs(dy) + Math.abs(dx) / 4 : Math.abs(dy) + Math.abs(dx) / 100;
    if (nearest === null || distance < nearest.distance) nearest = { id: box.id, distance };
  }
  return nearest?.id ?? null;
}
