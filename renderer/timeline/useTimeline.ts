import { useEffect, useRef, useState } from 'react';
import type { TimelineWindow } from '../../shared/ipc/timeline';
import type { Snapshot } from '../live/store';
import { useView } from '../live/useView';
import type { LiveTimeline } from '../live/values';

/** While it is zoomed and moved, it is asked for at every stop, not at every step. */
const restMilliseconds = 90;

/** What is known of a window; until another one is, what was known before. */
export function useTimeline(window: TimelineWindow | null): {
  readonly timeline: Snapshot<LiveTimeline>;
  /** Another part of time or of the nodes is looked up. */
  readonly isOld: boolean;
} {
  const settled = useSettled(window);
  const snapshot = useView('timeline', settled);
  const [last, setLast] = useState<Snapshot<LiveTimeline>>(snapshot);
  if (snapshot.state !== 'loading' && snapshot !== last) setLast(snapshot);
  const isOld = snapshot.state === 'loading';
  return { timeline: isOld ? last : snapshot, isOld };
}

function useSettled(window: TimelineWindow | null): TimelineWindow | null {
  const key = JSON.stringify(window);
  const [settled, setSettled] = useState({ key, window });
  const isFirst = settled.window === null && window !== null;
  if (isFirst) setSettled({ key, window });
  // The same by its key is another object each time: a page that is drawn often would never come to a stop by it.
  const newest = useRef(window);
  useEffect(() => {
    newest.current = window;
  });
  useEffect(() => {
    if (settled.key === key) return;
    const timer = setTimeout(() => setSettled({ key, window: newest.current }), restMilliseconds);
    return () => clearTimeout(timer);
  }, [key, settled.key]);
  return isFirst ? window : settled.window;
}
