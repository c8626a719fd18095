import { Button } from '@mantine/core';
import { IconArrowDown, IconHistory, IconHistoryToggle } from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { virtualRange } from '../virtualRange';
import type { LogLine } from './lines';
import { LogRows } from './LogRows';
import type { Searched } from './LogRows';
import { markAt, marksIn } from './marks';
import { lineAtRow, lineOfByte, rowOfByte, wrapLines } from './wrap';
import type { WrappedLines } from './wrap';
import './log.css';

interface Props {
  readonly label: string;
  readonly lines: readonly LogLine[];
  /** There is more before the first line, and this loads it. */
  readonly onEarlier: (() => void) | null;
  /** There is more after the last line, which is not the end of the log. */
  readonly onLater: (() => void) | null;
  readonly isLoading: boolean;
  /** The person is at the end again, and what was loaded from before may go. */
  onEnd(this: void): void;
  /** Told which byte is at the upper edge; null: it follows the end. */
  onPlace(this: void, at: number | null): void;
  /** Brought into sight, once for each. */
  readonly target: LogTarget | null;
  readonly searched: Searched | null;
}

export interface LogTarget {
  readonly at: number;
}

/** A byte of the log, and how far its line is above the upper edge. */
interface Anchor {
  readonly at: number;
  readonly offset: number;
}

const rowHeight = 18;
const sidePadding = 20;
/** A scroll position this near to the end is the end. */
const nearEnd = rowHeight;

/** Lines of a log in a fixed width, wrapped, of which only those in sight exist; it follows the end. */
export function LogView(props: Props): ReactNode {
  const { lines, target, searched, onPlace, onEnd } = props;
  const goesToEnd = props.onLater === null;
  const scroller = useRef<HTMLDivElement>(null);
  const ruler = useRef<HTMLSpanElement>(null);
  const [isFollowing, setFollowing] = useState(true);
  const [view, setView] = useState({ top: 0, height: 0, columns: 80 });
  const lastTop = useRef(0);
  /** The line at the upper edge, to stay there when lines come or go before it. */
  const anchor = useRef<Anchor | null>(null);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = (): void => {
      const letter = (ruler.current?.getBoundingClientRect().width ?? 0) / 100;
      const columns =
        letter > 0 ? Math.max(20, Math.floor((element.clientWidth - 2 * sidePadding) / letter)) : 80;
      setView((old) => ({ ...old, height: element.clientHeight, columns }));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);

  const wrapped = useMemo(() => wrapLines(lines, view.columns), [lines, view.columns]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    if (isFollowing && goesToEnd) {
      element.scrollTop = element.scrollHeight;
      lastTop.current = element.scrollTop;
    } else if (anchor.current !== null) {
      const top = rowOfByte(lines, wrapped, anchor.current.at) * rowHeight + anchor.current.offset;
      if (Math.abs(top - element.scrollTop) > 1) element.scrollTop = top;
    }
  }, [lines, wrapped, isFollowing, goesToEnd, view.height]);

  const [known, setKnown] = useState(target);
  if (target !== known) {
    setKnown(target);
    setFollowing(false);
  }
  const shown = useRef(target);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || target === null || target === shown.current) return;
    shown.current = target;
    const index = Math.max(0, lineOfByte(lines, target.at));
    const line = lines[index];
    if (line === undefined) return;
    const mark = markAt(line, marksIn(line, searched?.text ?? ''), target.at);
    const row = (wrapped.firstRows[index] ?? 0) + Math.floor((mark?.from ?? 0) / wrapped.columns);
    const top = row * rowHeight;
    const isInSight = top >= element.scrollTop && top + 2 * rowHeight <= element.scrollTop + view.height;
    if (!isInSight) element.scrollTop = top - view.height / 2;
    lastTop.current = element.scrollTop;
    anchor.current = anchorAt(lines, wrapped, element.scrollTop);
  }, [target, lines, wrapped, searched, view.height]);

  useEffect(() => {
    onPlace(isFollowing ? null : (anchor.current?.at ?? null));
  });

  const follow = (): void => {
    setFollowing(true);
    onEnd();
  };
  const onScroll = (): void => {
    const element = scroller.current;
    if (element === null) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    const isAtEnd = scrollTop + clientHeight >= scrollHeight - nearEnd;
    anchor.current = anchorAt(lines, wrapped, scrollTop);
    // A view that became smaller is not at the end either; only a person moves up, or down to the end.
    if (isAtEnd && goesToEnd && scrollTop > lastTop.current) follow();
    else if (!isAtEnd && scrollTop < lastTop.current) setFollowing(false);
    lastTop.current = scrollTop;
    setView((old) => ({ ...old, top: scrollTop }));
  };
  const jumpToEnd = (): void => {
    follow();
    scroller.current?.focus();
  };

  const { first, end } = virtualRange(view.top, view.height, rowHeight, wrapped.rows, 20);
  return (
    <div className="log">
      <span ref={ruler} className="log-ruler" aria-hidden>
        {'0'.repeat(100)}
      </span>
      <div
        ref={scroller}
        className="log-scroller"
        role="log"
        aria-label={props.label}
        aria-live="off"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- keys must be able to scroll it
        tabIndex={0}
        data-testid="log-view"
        onScroll={onScroll}
      >
        <div className="log-height" style={{ height: wrapped.rows * rowHeight }}>
          <div className="log-rows" style={{ transform: `translateY(${first * rowHeight}px)` }}>
            <LogRows {...{ lines, wrapped, first, end, searched }} />
          </div>
        </div>
      </div>
      {props.onEarlier !== null && view.top < 4 * rowHeight && (
        <Button
          className="log-earlier"
          size="compact-xs"
          variant="default"
          leftSection={<IconHistory size={14} aria-hidden />}
          loading={props.isLoading}
          onClick={props.onEarlier}
        >
          Load earlier lines
        </Button>
      )}
      {props.onLater !== null && view.top + view.height > (wrapped.rows - 4) * rowHeight && (
        <Button
          className="log-later"
          size="compact-xs"
          variant="default"
          leftSection={<IconHistoryToggle size={14} aria-hidden />}
          loading={props.isLoading}
          onClick={props.onLater}
        >
          Load later lines
        </Button>
      )}
      {!(isFollowing && goesToEnd) && (
        <Button
          className="log-to-end"
          size="compact-xs"
          leftSection={<IconArrowDown size={14} aria-hidden />}
          onClick={jumpToEnd}
        >
          Jump to end
        </Button>
      )}
    </div>
  );
}

function anchorAt(lines: readonly LogLine[], wrapped: WrappedLines, scrollTop: number): Anchor {
  const line = lineAtRow(wrapped, Math.floor(scrollTop / rowHeight));
  return {
    at: lines[line]?.at ?? 0,
    offset: scrollTop - (wrapped.firstRows[line] ?? 0) * rowHeight,
  };
}
