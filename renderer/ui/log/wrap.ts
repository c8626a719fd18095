import type { LogLine } from './lines';

/** Which rows on the screen each line takes, when lines are wrapped after so many columns. */
export interface WrappedLines {
  readonly columns: number;
  /** The first row of each line, and behind the last line the number of all rows. */
  readonly firstRows: Int32Array;
  readonly rows: number;
}

export function wrapLines(lines: readonly LogLine[], columns: number): WrappedLines {
  const firstRows = new Int32Array(lines.length + 1);
  let rows = 0;
  lines.forEach((line, index) => {
    firstRows[index] = rows;
    rows += Math.max(1, Math.ceil(line.text.length / columns));
  });
  firstRows[lines.length] = rows;
  return { columns, firstRows, rows };
}

/** The line that a row belongs to. */
export function lineAtRow(wrapped: WrappedLines, row: number): number {
  let low = 0;
  let high = wrapped.firstRows.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((wrapped.firstRows[middle] ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The row of the line that starts at a byte of the log, or of the first line after it. */
export function rowOfByte(lines: readonly LogLine[], wrapped: WrappedLines, at: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.at ?? Infinity) < at) low = middle + 1;
    else high = middle;
  }
  return wrapped.firstRows[low] ?? 0;
}

/** The index of the line in which a byte of the log stands; -1: it is before the first. */
export function lineOfByte(lines: readonly LogLine[], at: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.at ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
