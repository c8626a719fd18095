/** Rows of one height: those in sight, and a few more so that a quick scroll shows no holes. */
export interface VirtualRange {
  readonly first: number;
  /** Behind the last. */
  readonly end: number;
}

export function virtualRange(
  top: number,
  viewHeight: number,
  rowHeight: number,
  count: number,
  spare = 6,
): VirtualRange {
  const first = Math.max(0, Math.min(count, Math.floor(top / rowHeight) - spare));
  const end = Math.max(first, Math.min(count, Math.ceil((top + viewHeight) / rowHeight) + spare));
  return { first, end };
}

/** How far to scroll so that a row is in sight; the present place when it is. */
export function scrollToRow(row: number, top: number, viewHeight: number, rowHeight: number): number {
  const rowTop = row * rowHeight;
  if (rowTop < top) return rowTop;
  if (rowTop + rowHeight > top + viewHeight) return rowTop + rowHeight - viewHeight;
  return top;
}
