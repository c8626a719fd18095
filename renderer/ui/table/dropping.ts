/** Where a row that is dragged over a tree table would go. */
import type { TreePlace } from '../VirtualTable';

export interface Drop<Row> {
  readonly to: Row;
  readonly side: 'before' | 'after';
  /** Before which row the line is drawn; as many as there are rows: behind all. */
  readonly line: number;
}

/** `y`: in rows from the first. Among rows as deep as the one that is dragged; what is under one goes with it. */
export function dropAt<Row>(
  rows: readonly Row[],
  dragged: Row,
  y: number,
  placeOf: (row: Row) => TreePlace,
): Drop<Row> | null {
  const { level } = placeOf(dragged);
  const over = Math.min(rows.length - 1, Math.max(0, Math.floor(y)));
  let at = over;
  while (at > 0 && isDeeper(rows[at], level, placeOf)) at--;
  const to = rows[at];
  if (to === undefined || to === dragged) return null;
  const isBefore = at === over && y - at < 0.5;
  let line = at;
  if (!isBefore) {
    line++;
    while (line < rows.length && isDeeper(rows[line], level, placeOf)) line++;
  }
  return { to, side: isBefore ? 'before' : 'after', line };
}

const isDeeper = <Row>(row: Row | undefined, level: number, placeOf: (row: Row) => TreePlace): boolean =>
  row !== undefined && placeOf(row).level > level;
