import { useMemo, useRef, useState } from 'react';
import type { AttemptPlace } from '../../../shared/ipc/job';
import type { AttemptId } from '../../../shared/model/ids';
import { request } from '../../live/request';
import { useView, valueOf } from '../../live/useView';
import type { Snapshot } from '../../live/store';
import { joinLines, joinParts, linesOf } from '../../ui/log/log';
import type { Log, LogLines } from '../../ui/log/log';
import type { LogLine } from '../../ui/log/lines';
import { tellRefusal } from '../../ui/tell';

/** What was loaded of a log beside its end. Where it goes on in that, both are shown as one. */
interface Part extends LogLines {
  readonly attempt: AttemptId | null;
  readonly from: number;
  readonly to: number;
}

export interface FollowedLog {
  readonly log: Snapshot<Log>;
  readonly lines: readonly LogLine[];
  /** Null: the lines begin where the log does, or there are too many already. */
  readonly loadEarlier: (() => void) | null;
  /** Null: the lines go on to the end of the log. */
  readonly loadLater: (() => void) | null;
  readonly isLoading: boolean;
  /** Shows the part of the log around a byte; resolves when that is there. */
  show(this: void, at: number): Promise<void>;
  showEnd(this: void): void;
}

const pieceBytes = 256 * 1024;
/** Who wants more than this of a log is better off with its file. */
const mostBytes = 8 * 1024 * 1024;
const none: readonly LogLine[] = [];

/** A task's log as it grows, or the part of it that the person went to. */
export function useLog(place: AttemptPlace): FollowedLog {
  const log = useView('log', place);
  const value = valueOf(log);
  const [loaded, setLoaded] = useState<Part | null>(null);
  const [isLoading, setLoading] = useState(false);
  const turn = useRef(0);
  const part = loaded !== null && value !== null && loaded.attempt === value.attempt ? loaded : null;
  const kept = value?.lines ?? none;
  const goesOnInEnd = part === null || part.to === value?.from;
  const lines = useMemo(
    () => (part === null ? kept : goesOnInEnd ? joinLines(part, kept) : part.lines),
    [part, goesOnInEnd, kept],
  );

  /** Reads up to where the kept end begins, at most. Null: it was refused, or is not wanted any more. */
  const read = async (from: number, until: number): Promise<Part | null> => {
    if (value === null) return null;
    const mine = ++turn.current;
    setLoading(true);
    const to = Math.min(until, value.from);
    const answer = await request('log.read', { ...place, from, bytes: Math.max(0, to - from) });
    if (mine !== turn.current) return null;
    setLoading(false);
    if (!answer.ok) {
      tellRefusal('load that part of the log', answer.refusal);
      return null;
    }
    const piece = answer.value;
    if (piece.attempt !== value.attempt) return null;
    // Half of a character before the kept end will not become whole.
    const end = to === value.from ? to : piece.to;
    return { ...linesOf(piece), attempt: piece.attempt, from: piece.from, to: end };
  };
  const start = part?.from ?? value?.from ?? 0;
  const end = part?.to ?? value?.from ?? 0;
  const isSmall = end - start < mostBytes;

  const loadEarlier = async (): Promise<void> => {
    const earlier = await read(Math.max(0, start - pieceBytes), start);
    if (earlier !== null) setLoaded(part === null ? earlier : joinParts(earlier, part));
  };
  const loadLater = async (): Promise<void> => {
    const later = await read(end, end + pieceBytes);
    if (later !== null) setLoaded(part === null || !isSmall ? later : joinParts(part, later));
  };
  const showEnd = (): void => {
    // What is being read for the part is not wanted any more.
    turn.current++;
    setLoading(false);
    setLoaded(null);
  };
  const show = async (at: number): Promise<void> => {
    if (value === null || (at >= start && at < end)) return;
    if (at >= value.from) {
      if (!goesOnInEnd) showEnd();
      return;
    }
    const around = await read(Math.max(0, at - pieceBytes / 2), at + pieceBytes / 2);
    if (around !== null) setLoaded(around);
  };
  return {
    log,
    lines,
    loadEarlier: value !== null && start > 0 && isSmall ? () => void loadEarlier() : null,
    loadLater: goesOnInEnd ? null : () => void loadLater(),
    isLoading,
    show,
    showEnd,
  };
}
