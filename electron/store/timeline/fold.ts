/** Attempts on a node as bars: as many as can be seen, however many attempts there were. */
import type { RanBar, RanRow, Tally, TimelineWindow } from '../../../shared/ipc/timeline';
import type { AttemptEnd } from '../../../shared/model/attempt';
import type { JobId } from '../../../shared/model/ids';

export type Ended = keyof Tally;

/** An attempt, as much of it as is drawn. */
export interface Ran {
  readonly from: number;
  /** Null: it runs. */
  readonly to: number | null;
  readonly job: JobId;
  readonly step: number;
  readonly task: number;
  readonly end: Ended;
}

type Window = Pick<TimelineWindow, 'from' | 'to' | 'grain' | 'lanes' | 'focus'>;

interface OpenBar {
  lane: number;
  from: number;
  to: number | null;
  job: JobId;
  step: number;
  task: number | null;
  isMixed: boolean;
  attempts: number;
  ends: Record<Ended, number>;
  load: number;
  /** Of attempts that are too short to be seen alone. */
  isShort: boolean;
}

/** Of density, so many grains wide. */
const columnGrains = 4;

export function endOf(end: AttemptEnd | null): Ended {
  if (end === null) return 'running';
  if (end.kind === 'stopped') return 'stopped';
  return end.kind === 'exited' && end.code === 0 ? 'completed' : 'failed';
}

/** `at`: now, until when what runs is drawn. */
export function fold(attempts: readonly Ran[], window: Window, at: number): Omit<RanRow, 'node'> {
  const sorted = attempts.toSorted((a, b) => a.from - b.from);
  return inLanes(sorted, window) ?? dense(sorted, window, at);
}

/** Null: more ran at once than there are lanes. */
function inLanes(sorted: readonly Ran[], window: Window): Omit<RanRow, 'node'> | null {
  const freeFrom: number[] = [];
  const last: OpenBar[] = [];
  const bars: OpenBar[] = [];
  for (const ran of sorted) {
    const free = freeFrom.findIndex((from) => from <= ran.from);
    const lane = free < 0 ? freeFrom.length : free;
    if (lane >= window.lanes) return null;
    freeFrom[lane] = ran.to ?? Infinity;
    const bar = last[lane];
    if (bar !== undefined && belongsTo(bar, ran, window)) {
      join(bar, ran, window);
      continue;
    }
    const made = barOf(ran, lane, window);
    last[lane] = made;
    bars.push(made);
  }
  return { lanes: freeFrom.length, isDense: false, bars: bars.map(closed) };
}

/** What is too short to be seen is joined to what was just before it; another job, only where neither could be seen. */
function belongsTo(bar: OpenBar, ran: Ran, { grain }: Window): boolean {
  if (!bar.isShort || bar.to === null || !isShort(ran, grain) || ran.from - bar.to > grain) return false;
  if ((ran.to ?? ran.from) - bar.from < grain) return true;
  return !bar.isMixed && bar.job === ran.job && bar.step === ran.step && bar.ends[ran.end] === bar.attempts;
}

const isShort = ({ from, to }: Ran, grain: number): boolean => to !== null && to - from < grain;

function join(bar: OpenBar, ran: Ran, { focus }: Window): void {
  bar.isMixed ||= bar.job !== ran.job;
  if (ran.job === focus) ({ job: bar.job, step: bar.step } = ran);
  bar.to = Math.max(bar.to ?? 0, ran.to ?? 0);
  bar.task = null;
  bar.attempts++;
  bar.ends[ran.end]++;
}

function barOf(ran: Ran, lane: number, { grain }: Window): OpenBar {
  const { from, to, job, step, task, end } = ran;
  const ends = { running: 0, completed: 0, failed: 0, stopped: 0 };
  ends[end] = 1;
  const isAlone = { isMixed: false, attempts: 1, ends, load: 1, isShort: isShort(ran, grain) };
  return { lane, from, to, job, step, task, ...isAlone };
}

const closed = ({ lane, from, to, job, step, task, isMixed, attempts, ends, load }: OpenBar): RanBar => ({
  lane,
  from,
  to,
  job,
  step,
  task,
  isMixed,
  attempts,
  ends,
  load,
});

interface Column {
  busy: number;
  attempts: number;
  readonly jobs: Map<JobId, { busy: number; readonly step: number }>;
  readonly ends: Record<Ended, number>;
}

/** How much ran, in columns of a few points. */
function dense(sorted: readonly Ran[], window: Window, at: number): Omit<RanRow, 'node'> {
  const width = window.grain * columnGrains;
  const columns = new Map<number, Column>();
  for (const ran of sorted) {
    const from = Math.max(ran.from, window.from);
    const to = Math.min(ran.to ?? at, window.to);
    for (let index = Math.floor(from / width); index * width <= to; index++) {
      const column = columnAt(columns, index);
      const busy = Math.max(0, Math.min(to, (index + 1) * width) - Math.max(from, index * width));
      column.busy += busy;
      column.attempts++;
      const share = column.jobs.get(ran.job) ?? { busy: 0, step: ran.step };
      share.busy += busy;
      column.jobs.set(ran.job, share);
      const endsHere = (ran.to ?? Infinity) < (index + 1) * width;
      if (endsHere || ran.to === null) column.ends[ran.end]++;
    }
  }
  const bars = [...columns]
    .toSorted(([a], [b]) => a - b)
    .map(([index, column]) => columnBar(index * width, endOfColumn(index, width, at), column, window));
  return { lanes: Math.ceil(Math.max(1, ...bars.map(({ load }) => load))), isDense: true, bars };
}

/** What is still to come of the present one does not count. */
function endOfColumn(index: number, width: number, at: number): number {
  const isNow = at > index * width && at < (index + 1) * width;
  return isNow ? at : (index + 1) * width;
}

function columnAt(columns: Map<number, Column>, index: number): Column {
  const known = columns.get(index);
  if (known !== undefined) return known;
  const ends = { running: 0, completed: 0, failed: 0, stopped: 0 };
  const made = { busy: 0, attempts: 0, jobs: new Map<never, never>(), ends };
  columns.set(index, made);
  return made;
}

function columnBar(from: number, to: number, column: Column, { focus }: Window): RanBar {
  const { busy, attempts, jobs, ends } = column;
  const most = [...jobs].reduce((a, b) => (weight(b, focus) > weight(a, focus) ? b : a));
  const [job, { step }] = most;
  const isMixed = jobs.size > 1;
  return {
    lane: 0,
    from,
    to,
    job,
    step,
    task: null,
    isMixed,
    attempts,
    ends,
    load: busy / (to - from),
  };
}

const weight = ([job, { busy }]: readonly [JobId, { readonly busy: number }], focus: JobId | null): number =>
  job === focus ? Infinity : busy;
