/** Which columns a table shows, how wide, and in which order; what is not in it is as the table has it. */
import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** A track of a CSS grid: `120px`, `minmax(200px, 1fr)`. */
  readonly width: string;
  /** Left out where the window is narrow, the last first. */
  readonly isMinor?: boolean;
  readonly isSortable?: boolean;
  /** Always there, in its place. */
  readonly isFixed?: boolean;
  /** `isActive`: the keyboard is on this row, so its buttons can be reached with Tab. */
  render(this: void, row: Row, isActive: boolean): ReactNode;
}

type Any = Pick<Column<never>, 'id' | 'width' | 'isMinor' | 'isFixed'>;

export interface Sort {
  readonly column: string;
  readonly direction: 'ascending' | 'descending';
}

/** As a person has arranged them. */
export interface Arrangement {
  /** In pixels. */
  readonly widths: Readonly<Record<string, number>>;
  readonly sort: Sort | null;
}

/** What a person can do with the heads of the columns. */
export interface Arranging extends Arrangement {
  /** Null: as wide as at first. */
  onResize(this: void, column: string, width: number | null): void;
  /** Before another one; null: behind all. */
  onMove(this: void, column: string, before: string | null): void;
  onSort(this: void, column: string): void;
}

export const leastWidth = 56;
const padding = 40;

/** The least width of a track. */
export function leastOf(track: string): number {
  return Number(/(\d+)px/.exec(track)?.[1] ?? leastWidth);
}

const trackOf = ({ id, width }: Any, widths: Arrangement['widths']): string =>
  widths[id] === undefined ? width : `${widths[id]}px`;

/** The width that the table needs. */
export function widthOf(columns: readonly Any[], widths: Arrangement['widths']): number {
  return columns.reduce((sum, column) => sum + leastOf(trackOf(column, widths)), padding);
}

/** Those for which there is room. */
export function columnsThatFit<Fitting extends Any>(
  columns: readonly Fitting[],
  widths: Arrangement['widths'],
  room: number,
): readonly Fitting[] {
  const least = widthOf(columns, widths);
  const minor = least <= room ? undefined : columns.findLast((column) => column.isMinor === true);
  if (minor === undefined) return columns;
  return columnsThatFit(
    columns.filter((column) => column !== minor),
    widths,
    room,
  );
}

/** For `grid-template-columns`: where no column takes the rest, the last does. */
export function templateOf(columns: readonly Any[], widths: Arrangement['widths']): string {
  const tracks = columns.map((column) => trackOf(column, widths));
  const takesRest = tracks.some((track) => track.includes('fr'));
  return tracks
    .map((track, index) => (takesRest || index < tracks.length - 1 ? track : `minmax(${track}, 1fr)`))
    .join(' ');
}

/** Ascending, then descending, then not at all. */
export function nextSort(sort: Sort | null, column: string): Sort | null {
  if (sort?.column !== column) return { column, direction: 'ascending' };
  return sort.direction === 'ascending' ? { column, direction: 'descending' } : null;
}

/** The column at another place among those that are not fixed. */
export function movedTo(order: readonly string[], column: string, before: string | null): readonly string[] {
  if (column === before) return order;
  const others = order.filter((id) => id !== column);
  const at = before === null ? others.length : others.indexOf(before);
  return at < 0 ? order : others.toSpliced(at, 0, column);
}
