import { IconAdjustments, IconServer2, IconStack2 } from '@tabler/icons-react';
import { memo, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { nodeOfAbout } from '../../shared/model/history';
import type { HistoryEntry } from '../../shared/model/history';
import { hashOf, routeOf } from '../app/route';
import { StateIcon } from '../ui/StateMark';
import { useToday } from '../ui/useNow';
import { virtualRange } from '../ui/virtualRange';
import { momentInFull, secondInWords } from '../ui/words';
import { kindOf, personOf, piecesOf, stateAfter, wordsOf } from './rows';
import type { ActivityRow, Kind } from './rows';

const rowHeight = 38;
/** So many rows before the end, older ones are asked for. */
const ahead = 40;

interface Props {
  readonly rows: readonly ActivityRow[];
  readonly names: (id: string) => string | null;
  /** The end comes into sight. */
  onEnd(this: void): void;
}

/** Only the rows in sight exist. What comes at the head does not move what is being read. */
export function ActivityList({ rows, names, onEnd }: Props): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 0 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setView((old) => ({ ...old, height: element.clientHeight })));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const { first, end } = virtualRange(view.top, view.height, rowHeight, rows.length);
  const read = useRef<ActivityRow | null>(null);
  useLayoutEffect(() => {
    const element = scroller.current;
    const before = read.current;
    if (element === null || before === null || element.scrollTop < rowHeight) return;
    const at = rows.findIndex(({ key }) => key === before.key);
    const was = Math.floor(element.scrollTop / rowHeight);
    if (at > was) element.scrollTop += (at - was) * rowHeight;
  }, [rows]);
  useEffect(() => {
    read.current = rows[Math.floor(view.top / rowHeight)] ?? null;
  }, [rows, view.top]);
  const isNearEnd = view.height > 0 && end + ahead >= rows.length;
  useEffect(() => {
    if (isNearEnd) onEnd();
  }, [isNearEnd, onEnd]);
  return (
    <div
      ref={scroller}
      className="activity"
      role="feed"
      aria-label="Activity"
      // A feed is read with the keyboard too.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onScroll={(event) => {
        const { scrollTop } = event.currentTarget;
        setView((old) => ({ ...old, top: scrollTop }));
      }}
    >
      <div className="activity-body" style={{ height: rows.length * rowHeight }}>
        {rows.slice(first, end).map((row, offset) => {
          const top = (first + offset) * rowHeight;
          return row.kind === 'day' ? (
            <Day key={row.key} at={row.at} top={top} />
          ) : (
            <Entry key={row.key} entry={row.entry} name={nameOf(row.entry, names)} top={top} />
          );
        })}
      </div>
    </div>
  );
}

/** What the batch is called, where the entry does not say it itself. */
function nameOf({ about, what }: HistoryEntry, names: (id: string) => string | null): string | null {
  const [first] = about;
  const name = first === undefined ? null : names(first);
  return name === null || what.includes(name) ? null : name;
}

const dayInWords = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });
const dayAndYear = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full' });
const day = 24 * 60 * 60 * 1000;

function Day({ at, top }: { readonly at: number; readonly top: number }): ReactNode {
  const today = useToday();
  const isOfThisYear = new Date(at).getFullYear() === new Date(today).getFullYear();
  const words =
    at === today
      ? 'Today'
      : Math.abs(today - at - day) < day / 4
        ? 'Yesterday'
        : (isOfThisYear ? dayInWords : dayAndYear).format(at);
  return (
    // A feed has articles and nothing else.
    <article className="activity-day" style={{ transform: `translateY(${top}px)` }}>
      <h2>{words}</h2>
    </article>
  );
}

const kindIcons: Readonly<Record<Kind, typeof IconStack2>> = {
  work: IconStack2,
  nodes: IconServer2,
  farm: IconAdjustments,
};

function PlainEntry(props: {
  readonly entry: HistoryEntry;
  readonly name: string | null;
  readonly top: number;
}): ReactNode {
  const { entry } = props;
  const KindIcon = kindIcons[kindOf(entry)];
  const state = stateAfter(entry);
  const what = wordsOf(entry);
  return (
    <article className="activity-entry" style={{ transform: `translateY(${props.top}px)` }}>
      <time
        className="activity-time"
        dateTime={new Date(entry.at).toISOString()}
        title={momentInFull(entry.at)}
      >
        {secondInWords(entry.at)}
      </time>
      <span className="activity-icon">
        {state === null ? <KindIcon size={16} stroke={1.6} aria-hidden /> : <StateIcon state={state} />}
      </span>
      <span className={entry.by === null ? 'activity-by faint' : 'activity-by'}>{personOf(entry)}</span>
      <span className="activity-what" title={entry.why === null ? what : `${what} (${entry.why})`}>
        {piecesOf(what, entry.about).map(({ text, about }, index) => {
          const href = about === null ? null : hrefOf(about);
          return href === null ? (
            text
          ) : (
            <a key={index} className="activity-link" href={href}>
              {text}
            </a>
          );
        })}
        {props.name !== null && <span className="activity-name">{props.name}</span>}
        {entry.why !== null && <span className="faint"> – {entry.why}</span>}
      </span>
    </article>
  );
}

const Entry = memo(PlainEntry);

/** Null: it has no page. */
function hrefOf(about: string): string | null {
  const node = nodeOfAbout(about);
  if (node !== null) return hashOf({ page: 'node', node });
  const route = routeOf(`#/${about.includes('.') ? 'job' : 'batch'}/${encodeURIComponent(about)}`);
  return route.page === 'unknown' ? null : hashOf(route);
}
