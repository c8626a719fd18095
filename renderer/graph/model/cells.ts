/** A part of the plane, in cells: it stays the same while what is in sight moves a little. */
import type { Box } from './align';

interface Sight {
  /** A point of the plane is at `x * zoom + shift` on the screen. */
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  readonly width: number;
  readonly height: number;
}

export interface Cells {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The cells that what is in sight lies in. */
export function cellsAround({ x, y, zoom, width, height }: Sight): Cells {
  // Cells are at least half as large as what is in sight, and their size changes rarely.
  const scale = 2 ** (Math.floor(Math.log2(zoom) * 2) / 2);
  const [across, down] = [Math.max(1, width) / 2 / scale, Math.max(1, height) / 2 / scale];
  const [left, top] = [-x / zoom, -y / zoom];
  return {
    left: Math.floor(left / across) * across,
    top: Math.floor(top / down) * down,
    right: Math.ceil((left + width / zoom) / across) * across,
    bottom: Math.ceil((top + height / zoom) / down) * down,
  };
}

export const sameCells = (one: Cells, other: Cells): boolean =>
  one.left === other.left &&
  one.top === other.top &&
  one.right === other.right &&
  one.bottom === other.bottom;

export function isWithin({ left, top, right, bottom }: Cells, box: Box): boolean {
  return box.x < right && box.x + box.width > left && box.y < bottom && box.y + box.height > top;
}
