export interface Box {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export type Alignment = 'left' | 'middle' | 'spread';

/** Where the boxes go: their left sides in a line, their middles in a row, or from top to bottom with the same space between. */
export function aligned(
  boxes: readonly Box[],
  how: Alignment,
): ReadonlyMap<string, { x: number; y: number }> {
  const left = Math.min(...boxes.map(({ x }) => x));
  const middle = boxes.reduce((sum, { y, height }) => sum + y + height / 2, 0) / Math.max(1, boxes.length);
  if (how !== 'spread')
    return new Map(
      boxes.map(({ id, x, y, height }) => [
        id,
        how === 'left' ? { x: left, y } : { x, y: middle - height / 2 },
      ]),
    );
  const sorted = boxes.toSorted((a, b) => a.y - b.y);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return new Map();
  const heights = boxes.reduce((sum, { height }) => sum + height, 0);
  const space = Math.max(0, last.y + last.height - first.y - heights) / Math.max(1, boxes.length - 1);
  const places = new Map<string, { x: number; y: number }>();
  let y = first.y;
  for (const { id, x, height } of sorted) {
    places.set(id, { x, y });
    y += height + space;
  }
  return places;
}

/** Around all of them; null: there are none. */
export function boundsOf(
  boxes: readonly Omit<Box, 'id'>[],
): { x: number; y: number; width: number; height: number } | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return left > right ? null : { x: left, y: top, width: right - left, height: bottom - top };
}
