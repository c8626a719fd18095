import { useMemo, useState } from 'react';
import type { TaskPlace } from '../../../shared/ipc/contract';
import type { AttemptId } from '../../../shared/model/ids';
import { request } from '../../live/request';
import { useView, valueOf } from '../../live/useView';
import type { Snapshot } from '../../live/store';
import { earlierLines, joinLines } from '../../ui/log/log';
import type { EarlierLines, Log } from '../../ui/log/log';
import type { LogLine } from '../../ui/log/lines';
import { tellRefusal } from '../../ui/tell';

/** What was loaded from before the log's kept end; it fits as long as that begins where this stops. */
interface Earlier extends EarlierLines {
  readonly attempt: AttemptId | null;
  readonly from: number;
  readonly to: number;
}

export interface FollowedLog {
  readonly log: Snapshot<Log>;
  readonly lines: readonly LogLine[];
  readonly loadEarlier: (() => void) | null;
  readonly isLoading: boolean;
  forgetEarlier(this: void): void;
}

const pieceBytes = 256 * 1024;
/** Who wants more than this of a log is better off with its file. */
const mostBytes = 8 * 1024 * 1024;
const none: readonly LogLine[] = [];

/** A task's log as it grows, with what the person loaded from before. */
export function useLog(place: TaskPlace): FollowedLog {
  const log = useView('log', place);
  const value = valueOf(log);
  const [loaded, setLoaded] = useState<Earlier | null>(null);
  const [isLoading, setLoading] = useState(false);
  const earlier =
    loaded !== null && value !== null && loaded.attempt === value.attempt && loaded.to === value.from
      ? loaded
      : null;
  const kept = value?.lines ?? none;
  const lines = useMemo(() => (earlier === null ? kept : joinLines(earlier, kept)), [earlier, kept]);

  const load = async (to: number): Promise<void> => {
    if (value === null) return;
    setLoading(true);
    const from = Math.max(0, to - pieceBytes);
    const answer = await request('log.read', { ...place, from, bytes: to - from });
    setLoading(false);
    if (!answer.ok) {
      tellRefusal('load earlier lines', answer.refusal);
      return;
    }
    const piece = earlierLines(answer.value);
    const joined =
      earlier === null ? piece : { lines: joinLines(piece, earlier.lines), isOpen: earlier.isOpen };
    setLoaded({ ...joined, attempt: value.attempt, from: answer.value.from, to: value.from });
  };
  const start = earlier?.from ?? value?.from ?? 0;
  const canLoad = value !== null && start > 0 && value.from - start < mostBytes;
  return {
    log,
    lines,
    loadEarlier: canLoad ? () => void load(start) : null,
    isLoading,
    forgetEarlier: () => setLoaded(null),
  };
}
