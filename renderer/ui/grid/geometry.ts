/** Where each cell of a grid of tasks lies, for any number of tasks. All lengths in CSS pixels. */
export interface GridShape {
  readonly count: number;
  readonly columns: number;
  readonly rows: number;
  /** From one cell to the next. */
  readonly pitch: number;
  readonly gap: number;
  /** Of all rows, with `margin` above and below. */
  readonly height: number;
}

/** Space around the cells, for the frame of the selected one. */
export const margin = 4;

/** Cells are as large as they can be with all of them in sight, and never smaller than the last. */
const pitches = [64, 50, 38, 30, 24, 19, 15, 11];

/** `zoom`: so many sizes larger than that. */
export function gridShape(count: number, width: number, height: number, zoom = 0): GridShape {
  const shapes = pitches.map((pitch) => shapeWithPitch(count, width, pitch));
  const fitting = shapes.findIndex((shape) => shape.height <= height);
  const size = (fitting < 0 ? pitches.length - 1 : fitting) - zoom;
  return shapeWithPitch(count, width, pitches[Math.max(0, size)] ?? 11);
}

/** Whether cells can still be larger. */
export const canZoomIn = ({ pitch }: GridShape): boolean => pitch < (pitches[0] ?? 0);

function shapeWithPitch(count: number, width: number, pitch: number): GridShape {
  const gap = pitch >= 50 ? 6 : pitch >= 24 ? 4 : pitch >= 15 ? 3 : 2;
  const columns = Math.max(1, Math.floor((width - 2 * margin + gap) / pitch));
  const rows = Math.ceil(count / columns);
  return { count, columns, rows, pitch, gap, height: rows * pitch - gap + 2 * margin };
}

/** The upper left corner of a cell. */
export function placeOf(shape: GridShape, index: number): { readonly x: number; readonly y: number } {
  return {
    x: margin + (index % shape.columns) * shape.pitch,
    y: margin + Math.floor(index / shape.columns) * shape.pitch,
  };
}

/** The cell at a point, or null beside all of them. The gap belongs to the cell before it. */
export function cellAt(shape: GridShape, x: number, y: number): number | null {
  const column = Math.floor((x - margin) / shape.pitch);
  const row = Math.floor((y - margin) / shape.pitch);
  if (column < 0 || column >= shape.columns || row < 0) return null;
  const index = row * shape.columns + column;
  return index < shape.count ? index : null;
}

/** The cell at a point, or that which is nearest to it. */
export function cellNear(shape: GridShape, x: number, y: number): number {
  const within = (value: number, most: number): number => Math.min(most, Math.max(0, value));
  const column = within(Math.floor((x - margin) / shape.pitch), shape.columns - 1);
  const row = within(Math.floor((y - margin) / shape.pitch), shape.rows - 1);
  return within(row * shape.columns + column, shape.count - 1);
}

/** The cells in sight: from `first`, up to but without `end`. */
export function cellsInSight(
  shape: GridShape,
  top: number,
  height: number,
): { readonly first: number; readonly end: number } {
  const firstRow = Math.max(0, Math.floor((top - margin) / shape.pitch));
  const endRow = Math.max(firstRow, Math.ceil((top + height - margin) / shape.pitch));
  return {
    first: Math.min(shape.count, firstRow * shape.columns),
    end: Math.min(shape.count, endRow * shape.columns),
  };
}

/** Where a key leads from a cell; null when it is not a key of the grid. */
export function cellAfterKey(
  shape: GridShape,
  index: number,
  key: string,
  rowsInSight: number,
): number | null {
  const last = shape.count - 1;
  const within = (target: number): number => Math.min(last, Math.max(0, target));
  const byRows = (rows: number): number => {
    const target = index + rows * shape.columns;
    return target < 0 || target > last ? within(rows === 1 || rows === -1 ? index : target) : target;
  };
  switch (key) {
    case 'ArrowLeft':
      return within(index - 1);
    case 'ArrowRight':
      return within(index + 1);
    case 'ArrowUp':
      return byRows(-1);
    case 'ArrowDown':
      return byRows(1);
    case 'PageUp':
      return byRows(-Math.max(2, rowsInSight));
    case 'PageDown':
      return byRows(Math.max(2, rowsInSight));
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

/**
 * Browsers refuse elements higher than about 16 million pixels. The scroll bar of a higher grid runs
 * over a shorter height, and its places are mapped.
 */
export const highestElement = 15_000_000;

export function elementHeight(shape: GridShape): number {
  return Math.min(shape.height, highestElement);
}

export function topOfScroll(shape: GridShape, scrollTop: number, viewHeight: number): number {
  return scrollTop * scrollScale(shape, viewHeight);
}

export function scrollOfTop(shape: GridShape, top: number, viewHeight: number): number {
  return top / scrollScale(shape, viewHeight);
}

function scrollScale(shape: GridShape, viewHeight: number): number {
  if (shape.height <= highestElement) return 1;
  return (shape.height - viewHeight) / (highestElement - viewHeight);
}
