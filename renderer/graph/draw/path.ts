import type { Point } from '../layout/layout';

/** A line from port to port that leaves and arrives level, through the bends, of which each two lie on a level. */
export function pathThrough(from: Point, bends: readonly Point[], to: Point): string {
  const points = [from, ...bends, to];
  let path = `M${round(from.x)},${round(from.y)}`;
  for (const [index, point] of points.entries()) {
    const last = points[index - 1];
    if (last === undefined) continue;
    const isLevel = index % 2 === 0;
    path += isLevel ? `L${round(point.x)},${round(point.y)}` : curve(last, point);
  }
  return path;
}

function curve(from: Point, to: Point): string {
  const distance = to.x - from.x;
  // Backwards it has to swing out, to be seen at all.
  const pull = distance >= 0 ? Math.max(24, distance / 2) : Math.min(240, 40 - distance / 3);
  return `C${round(from.x + pull)},${round(from.y)} ${round(to.x - pull)},${round(to.y)} ${round(to.x)},${round(to.y)}`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** About the middle of the line. */
export function middleOf(from: Point, bends: readonly Point[], to: Point): Point {
  const points = [from, ...bends, to];
  const at = Math.floor((points.length - 1) / 2);
  const [one, other] = [points[at] ?? from, points[at + 1] ?? to];
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
}
