import type { LogPiece } from '../../../shared/ipc/logs';
import type { AttemptId } from '../../../shared/model/ids';
import { LogReader } from './lines';
import type { Limits, LogLine } from './lines';

/** The end of a task's log, as much of it as is kept. */
export interface Log {
  readonly attempt: AttemptId | null;
  readonly lines: readonly LogLine[];
  /** The byte where the first line starts. */
  readonly from: number;
  /** The byte after the last that was read. */
  readonly to: number;
  /** Bytes of the whole log. */
  readonly size: number;
  readonly complete: boolean;
  /** Goes on where the text so far ended; changed in place. */
  readonly reader: LogReader;
}

const kept: Limits = { lines: 5_000, characters: 1024 * 1024 };

export function restartLog(piece: LogPiece): Log {
  return withPiece(new LogReader(piece.from, kept), piece, piece.from);
}

export function continueLog(log: Log, pieces: readonly LogPiece[]): Log {
  return pieces.reduce((now, piece) => {
    // Up to three bytes are left out where a character is not whole.
    const isGap = piece.from > now.to + 3;
    const isNew = piece.attempt !== now.attempt || piece.from === 0 || isGap;
    return isNew ? restartLog(piece) : withPiece(now.reader, piece, now.from);
  }, log);
}

function withPiece(reader: LogReader, piece: LogPiece, from: number): Log {
  reader.add(piece.text, piece.from);
  const lines = reader.lines();
  return {
    attempt: piece.attempt,
    lines,
    from: lines[0]?.at ?? from,
    to: piece.to,
    size: piece.size,
    complete: piece.complete,
    reader,
  };
}

/** Lines of a part of a log. */
export interface LogLines {
  readonly lines: readonly LogLine[];
  /** The last of them goes on in what comes after them. */
  readonly isOpen: boolean;
}

export function linesOf(piece: LogPiece): LogLines {
  const reader = new LogReader(piece.from, { lines: Infinity, characters: Infinity });
  reader.add(piece.text, piece.from);
  return { lines: reader.lines(), isOpen: reader.isOpen };
}

export function joinLines(earlier: LogLines, later: readonly LogLine[]): readonly LogLine[] {
  const last = earlier.lines.at(-1);
  const first = later[0];
  if (!earlier.isOpen || last === undefined || first === undefined) return [...earlier.lines, ...later];
  return [...earlier.lines.slice(0, -1), joined(last, first), ...later.slice(1)];
}

interface PartOfLog extends LogLines {
  readonly from: number;
  readonly to: number;
}

/** Two parts of a log of which the one goes on where the other ends. */
export function joinParts<Part extends PartOfLog>(earlier: Part, later: Part): Part {
  const lines = joinLines(earlier, later.lines);
  return {
    ...later,
    lines,
    isOpen: later.lines.length === 0 ? earlier.isOpen : later.isOpen,
    from: earlier.from,
  };
}

/** One line that was cut by the border between two pieces. */
function joined(start: LogLine, end: LogLine): LogLine {
  const offset = start.text.length;
  const startRuns =
    start.runs.at(-1)?.end === offset || end.runs.length === 0
      ? start.runs
      : [...start.runs, { end: offset, style: 0 }];
  return {
    at: start.at,
    text: start.text + end.text,
    runs: [...startRuns, ...end.runs.map((run) => ({ end: run.end + offset, style: run.style }))],
  };
}
