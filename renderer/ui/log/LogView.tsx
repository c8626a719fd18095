import { Button } from '@mantine/core';
import { IconArrowDown, IconHistory } from '@tabler/icons-react';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { virtualRange } from '../virtualRange';
import { stretchesOf } from './lines';
import type { LogLine } from './lines';
import { colourOf, isBold, isDim, isUnderlined, plain } from './styles';
import type { TextStyle } from './styles';
import { lineAtRow, rowOfByte, wrapLines } from './wrap';
import './log.css';

interface Props {
  readonly label: string;
  readonly lines: readonly LogLine[];
  /** There is more before the first line, and this loads it. */
  readonly onEarlier: (() => void) | null;
  readonly isLoadingEarlier: boolean;
  /** The person is at the end again, and what was loaded from before may go. */
  onEnd?(this: void): void;
}

const rowHeight = 18;
const sidePadding = 20;
/** A scroll position this near to the end is the end. */
const nearEnd = rowHeight;

/** Lines of a log in a fixed width, wrapped, of which only those in sight exist; it follows the end. */
export function LogView(props: Props): ReactNode {
  const { lines } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const ruler = useRef<HTMLSpanElement>(null);
  const [isFollowing, setFollowing] = useState(true);
  const [view, setView] = useState({ top: 0, height: 0, columns: 80 });
  const lastTop = useRef(0);
  /** The line at the upper edge, to stay there when lines come or go before it. */
  const anchor = useRef<{ readonly at: number; readonly offset: number } | null>(null);

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
    if (isFollowing) {
      element.scrollTop = element.scrollHeight;
      lastTop.current = element.scrollTop;
    } else if (anchor.current !== null) {
      const top = rowOfByte(lines, wrapped, anchor.current.at) * rowHeight + anchor.current.offset;
      if (Math.abs(top - element.scrollTop) > 1) element.scrollTop = top;
    }
  }, [lines, wrapped, isFollowing, view.height]);

  const onScroll = (): void => {
    const element = scroller.current;
    if (element === null) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    const isAtEnd = scrollTop + clientHeight >= scrollHeight - nearEnd;
    const line = lineAtRow(wrapped, Math.floor(scrollTop / rowHeight));
    anchor.current = {
      at: lines[line]?.at ?? 0,
      offset: scrollTop - (wrapped.firstRows[line] ?? 0) * rowHeight,
    };
    // A view that became smaller is not at the end either; only a person moves up.
    if (isAtEnd) setFollowing(true);
    else if (scrollTop < lastTop.current) setFollowing(false);
    lastTop.current = scrollTop;
    setView((old) => ({ ...old, top: scrollTop }));
  };
  const jumpToEnd = (): void => {
    setFollowing(true);
    props.onEnd?.();
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
            {rowsOf(lines, wrapped, first, end)}
          </div>
        </div>
      </div>
      {props.onEarlier !== null && view.top < 4 * rowHeight && (
        <Button
          className="log-earlier"
          size="compact-xs"
          variant="default"
          leftSection={<IconHistory size={14} aria-hidden />}
          loading={props.isLoadingEarlier}
          onClick={props.onEarlier}
        >
          Load earlier lines
        </Button>
      )}
      {!isFollowing && (
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

function rowsOf(
  lines: readonly LogLine[],
  wrapped: ReturnType<typeof wrapLines>,
  first: number,
  end: number,
): readonly ReactNode[] {
  const rows: ReactNode[] = [];
  if (end <= first) return rows;
  let line = lineAtRow(wrapped, first);
  for (let row = first; row < end; row++) {
    while ((wrapped.firstRows[line + 1] ?? Infinity) <= row) line++;
    const shown = lines[line];
    if (shown === undefined) break;
    const part = row - (wrapped.firstRows[line] ?? 0);
    rows.push(
      <div key={row} className="log-row">
        {stretchesOf(
          shown,
          part * wrapped.columns,
          Math.min(shown.text.length, (part + 1) * wrapped.columns),
        ).map((stretch, index) =>
          stretch.style === plain ? (
            stretch.text
          ) : (
            <span key={index} className={classOf(stretch.style)}>
              {stretch.text}
            </span>
          ),
        )}
      </div>,
    );
  }
  return rows;
}

function classOf(style: TextStyle): string {
  const colour = colourOf(style);
  return [
    colour === null ? '' : `log-colour-${colour}`,
    isBold(style) ? 'log-bold' : '',
    isDim(style) ? 'log-dim' : '',
    isUnderlined(style) ? 'log-underlined' : '',
  ]
    .filter((name) => name !== '')
    .join(' ');
}
