import { Button } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { NodeRow } from '../../shared/ipc/nodes';
import type { PlannedBar, TimelineJob } from '../../shared/ipc/timeline';
import type { JobId, NodeId } from '../../shared/model/ids';
import type { LiveTimeline } from '../live/values';
import { Refused } from '../ui/Notice';
import { useNow } from '../ui/useNow';
import { virtualRange } from '../ui/virtualRange';
import { countInWords, momentInWords } from '../ui/words';
import { Chart } from './Chart';
import type { JobChoice } from './choices';
import { placed } from './lanes';
import { listedOf } from './listed';
import { ListView } from './ListView';
import { MomentPanel } from './MomentPanel';
import { nodeRows } from './nodeRows';
import type { TimelineNode } from './nodeRows';
import { Ruler } from './Ruler';
import { day, hour, minute, windowOf } from './scale';
import type { Form, Size } from './TimelinePage';
import { useBox } from './useBox';
import { useCamera } from './useCamera';
import type { Moves } from './useCamera';
import { useTimeline } from './useTimeline';
import { wishOf, isEmpty } from './whatIf/draft';
import type { Draft } from './whatIf/draft';
import { useWhatIf } from './whatIf/useWhatIf';
import type { Tried } from './whatIf/useWhatIf';
import { WhatIfPanel } from './whatIf/WhatIfPanel';

interface Props {
  readonly nodes: readonly NodeRow[];
  readonly typed: string;
  readonly focus: JobId | null;
  readonly size: Size;
  readonly form: Form;
  readonly choices: readonly JobChoice[];
  /** Null: nothing is tried out. */
  readonly draft: Draft | null;
  readonly nothing: ReactNode;
  onDraft(this: void, draft: Draft): void;
  onClosePanel(this: void): void;
}

const rowHeights: Readonly<Record<Size, number>> = { small: 24, medium: 44, large: 96 };
/** Lower lanes cannot be told from each other. */
const leastLane = 4;
/** Rows are asked for by so many at once. */
const rowsAtOnce = 16;
const mostNodes = 400;
const noRows: readonly never[] = [];

export function Body(props: Props): ReactNode {
  const { focus, size, draft } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [watch, box] = useBox();
  const [top, setTop] = useState(0);
  const [moment, setMoment] = useState<number | null>(null);
  const seconds = useNow();
  const camera = useCamera(seconds, box.width);
  const { span } = camera;
  const now = calm(seconds, (span.to - span.from) / Math.max(1, box.width));
  const rowHeight = rowHeights[size];

  const [tries, setTries] = useState<Tried>({ kind: 'nothing' });
  const found = foundIn(tries);
  const off = draft?.off ?? noRows;
  const added = found?.added ?? noRows;
  const nodes = useMemo(
    () => nodeRows(props.nodes, props.typed, { added, off }),
    [props.nodes, props.typed, added, off],
  );
  const range = virtualRange(top, box.height, rowHeight, nodes.length, 2);
  const asked = askedNodes(nodes, range);
  const { timeline, isOld } = useTimeline(
    box.width === 0 || asked.length === 0
      ? null
      : {
          ...windowOf(span, box.width),
          nodes: asked,
          lanes: Math.max(4, Math.floor(rowHeight / leastLane)),
          focus,
        },
  );
  const live = timeline.state === 'picture' ? timeline.value : null;
  const tried = useWhatIf(
    draft === null || isEmpty(draft) ? null : wishOf(draft, asked),
    live?.plannedAt ?? null,
  );
  if (tried !== tries) setTries(tried);

  const shown = nodes.slice(range.first, range.end);
  const plan = useMemo(() => planOf(live, found), [live, found]);
  const rows = useMemo(
    () =>
      shown.map(({ id }) => (live === null ? null : placed(live.rows.get(id), plan.get(id) ?? noRows, now))),
    // The nodes in sight are others only if these are.
    // oxlint-disable-next-line react/exhaustive-deps
    [live, plan, now, nodes, range.first, range.end],
  );
  const jobs = useMemo(() => jobsOf(live, found), [live, found]);
  const deadlines = useMemo(() => deadlinesOf(jobs, focus), [jobs, focus]);
  const inSight = deadlines.filter(
    ({ deadline }) => (deadline ?? 0) >= span.from && (deadline ?? 0) <= span.to,
  );
  const marks = useMemo(() => deadlines.flatMap(({ deadline }) => deadline ?? []), [deadlines]);
  const changed = useMemo(
    () => (found === null ? null : new Set(found.differences.map(({ job }) => job))),
    [found],
  );
  if (timeline.state === 'refused') return <Refused refusal={timeline.refusal} />;
  return (
    <div className="timeline">
      <div className="timeline-main">
        <div className="timeline-top">
          <Zooms camera={camera} isPast={moment !== null} onNow={() => setMoment(null)} />
          <Ruler
            span={span}
            width={box.width}
            now={now}
            moment={moment}
            deadlines={inSight}
            onMoment={setMoment}
            onZoom={camera.zoom}
          />
        </div>
        <div className="timeline-rows">
          <div ref={watch} className="timeline-measure" aria-hidden />
          {nodes.length === 0 ? (
            props.nothing
          ) : props.form === 'list' ? (
            <ListView
              jobs={jobs}
              listed={listedOf(
                shown.map((node, index) => ({ node, row: rows[index] ?? null })),
                span,
                focus,
              )}
            />
          ) : (
            <Chart
              scroller={scroller}
              summary={summaryOf(camera, nodes.length, now)}
              nodes={nodes}
              first={range.first}
              rows={rows}
              rowHeight={rowHeight}
              top={top}
              width={box.width}
              height={box.height}
              jobs={jobs}
              now={now}
              moment={moment}
              focus={focus}
              changed={changed}
              deadlines={marks}
              camera={camera}
              onTop={setTop}
            />
          )}
        </div>
        <Foot live={live} now={now} isTried={found !== null} isOld={isOld} />
      </div>
      {moment !== null ? (
        <MomentPanel moment={moment} onNow={() => setMoment(null)} />
      ) : (
        draft !== null && (
          <WhatIfPanel
            draft={draft}
            tried={tried}
            jobs={props.choices}
            nodes={nodes}
            now={now}
            onDraft={props.onDraft}
            onClose={props.onClosePanel}
          />
        )
      )}
    </div>
  );
}

/** What was found before stays while the next is worked out. */
function foundIn(tried: Tried): Extract<Tried, { kind: 'found' }>['found'] | null {
  return tried.kind === 'found' ? tried.found : tried.kind === 'working' ? tried.before : null;
}

/** In steps that can be seen. */
const calm = (now: number, point: number): number => (point <= 1000 ? now : Math.floor(now / point) * point);

function askedNodes(
  nodes: readonly TimelineNode[],
  { first, end }: { readonly first: number; readonly end: number },
): readonly NodeId[] {
  const from = Math.floor(first / rowsAtOnce) * rowsAtOnce;
  const to = Math.min(from + mostNodes, Math.ceil(end / rowsAtOnce) * rowsAtOnce);
  return nodes.slice(from, to).flatMap(({ id, isAdded }) => (isAdded ? [] : [id]));
}

type Found = ReturnType<typeof foundIn>;
type Plan = ReadonlyMap<NodeId, readonly PlannedBar[]>;

function planOf(live: LiveTimeline | null, found: Found): Plan {
  const rows = found === null ? [...(live?.plan.values() ?? [])] : [...found.plan, ...found.added];
  return new Map(rows.map(({ node, bars }) => [node, bars]));
}

/** Where something is tried out, they end when they would. */
function jobsOf(live: LiveTimeline | null, found: Found): ReadonlyMap<JobId, TimelineJob> {
  const jobs = new Map(live?.jobs);
  if (found === null) return jobs;
  for (const job of found.jobs) if (!jobs.has(job.id)) jobs.set(job.id, job);
  for (const { job: id, after } of found.differences) {
    const job = jobs.get(id);
    if (job !== undefined)
      jobs.set(id, { ...job, p50: after?.end?.p50 ?? null, p90: after?.end?.p90 ?? null });
  }
  return jobs;
}

const mostDeadlines = 40;

function deadlinesOf(jobs: ReadonlyMap<JobId, TimelineJob>, focus: JobId | null): readonly TimelineJob[] {
  return [...jobs.values()]
    .filter(({ id, deadline }) => deadline !== null && (focus === null || id === focus))
    .toSorted((a, b) => (a.deadline ?? 0) - (b.deadline ?? 0))
    .slice(0, mostDeadlines);
}

function summaryOf({ span }: Moves, count: number, now: number): string {
  return `${countInWords(count, 'node')}, from ${momentInWords(span.from, now)} to ${momentInWords(span.to, now)}. Arrows move, plus and minus zoom, Home shows the present. The same is there as a list.`;
}

const lengths = [
  { words: '15 min', length: 15 * minute },
  { words: '1 h', length: hour },
  { words: '8 h', length: 8 * hour },
  { words: '1 d', length: day },
  { words: '1 w', length: 7 * day },
] as const;

function Zooms(props: {
  readonly camera: Moves;
  readonly isPast: boolean;
  onNow(this: void): void;
}): ReactNode {
  const { span, show, home, isFollowing } = props.camera;
  const length = span.to - span.from;
  return (
    <div className="timeline-zooms" role="group" aria-label="Time shown">
      <Button
        size="compact-xs"
        variant={isFollowing && !props.isPast ? 'light' : 'default'}
        title="Show the present, and go on with it (Home)"
        onClick={() => {
          home();
          props.onNow();
        }}
      >
        Now
      </Button>
      {lengths.map((one) => (
        <button
          key={one.words}
          type="button"
          className="timeline-zoom"
          aria-pressed={Math.abs(one.length - length) < one.length / 100}
          onClick={() => show(one.length)}
        >
          {one.words}
        </button>
      ))}
    </div>
  );
}

function Foot(props: {
  readonly live: LiveTimeline | null;
  readonly now: number;
  readonly isTried: boolean;
  readonly isOld: boolean;
}): ReactNode {
  const { live, now, isTried } = props;
  const planned = live === null ? null : live.plannedAt;
  return (
    <div className="timeline-foot">
      <span className="timeline-key timeline-key-ran">ran</span>
      <span className="timeline-key timeline-key-failed">failed</span>
      <span className="timeline-key timeline-key-planned">{isTried ? 'would run' : 'expected'}</span>
      <span className="timeline-key timeline-key-late">end, nearly always by</span>
      <span className="timeline-foot-end">
        {live === null || props.isOld
          ? 'Looking it up …'
          : planned === null
            ? 'Nothing is expected yet'
            : `Expected as of ${momentInWords(planned, now)}`}
      </span>
    </div>
  );
}
