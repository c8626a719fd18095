import { duration } from '../words';
import type { Bar, Lane, Timeline } from '../timeline';
import { escape } from './escape';
import { jobColours } from './style';

const width = 1000;
const left = 120;
const top = 22;
const gap = 8;
const loadHeight = 34;

/** A drawing of the lanes, one below the other, under a scale of the time since the start. */
export function* timelineDrawing(timeline: Timeline): Generator<string> {
  const drawn = timeline.lanes.map(measure);
  const height = drawn.reduce((sum, lane) => sum + lane.height + gap, top);
  yield `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Which node was busy when">`;
  yield* scale(timeline, height);
  let y = top;
  for (const lane of drawn) {
    yield `<text class="node" x="0" y="${y + 11}">${escape(shorten(lane.lane.node))}</text>`;
    if (lane.rows === null) yield loadArea(lane.lane, y);
    else for (const bar of lane.rows.bars) yield rectangle(bar, timeline, y, lane.rows.pitch);
    y += lane.height + gap;
    yield `<line class="grid" x1="0" x2="${width}" y1="${y - gap / 2}" y2="${y - gap / 2}"/>`;
  }
  yield '</svg>';
}

interface Measured {
  readonly lane: Lane;
  readonly height: number;
  readonly rows: { readonly bars: readonly PlacedBar[]; readonly pitch: number } | null;
}
type PlacedBar = Bar & { readonly row: number };

function measure(lane: Lane): Measured {
  if (lane.bars === null) return { lane, height: loadHeight, rows: null };
  const { bars, count } = intoRows(lane.bars);
  const pitch = count <= 4 ? 14 : count <= 16 ? 9 : 5;
  return { lane, height: Math.max(16, count * pitch), rows: { bars, pitch } };
}

/** Bars that overlap go below each other, as few rows as it takes. */
function intoRows(bars: readonly Bar[]): { readonly bars: readonly PlacedBar[]; readonly count: number } {
  const ends: number[] = [];
  const placed = [...bars]
    .toSorted((a, b) => a.from - b.from)
    .map((bar) => {
      const free = ends.findIndex((end) => end <= bar.from);
      const row = free === -1 ? ends.length : free;
      ends[row] = Math.max(bar.to, bar.from + 1);
      return { ...bar, row };
    });
  return { bars: placed, count: ends.length };
}

function rectangle(bar: PlacedBar, timeline: Timeline, y: number, pitch: number): string {
  const x = across(bar.from, timeline);
  const length = Math.max(1.5, across(bar.to, timeline) - x);
  const colour = bar.bad ? 'bad' : `j${Math.max(0, bar.job) % jobColours}`;
  const title = `${bar.what}: ${duration(bar.to - bar.from)}${bar.bad ? ', failed' : ''}`;
  return `<rect class="${colour}" x="${x.toFixed(1)}" y="${y + bar.row * pitch}" width="${length.toFixed(1)}" height="${pitch - 2}" rx="2"><title>${escape(title)}</title></rect>\n`;
}

function loadArea({ load }: Lane, y: number): string {
  const most = Math.max(...load, 0);
  const step = (width - left) / load.length;
  const base = y + loadHeight;
  const points = load.flatMap((value, index) => {
    const level = (base - (most === 0 ? 0 : (value / most) * loadHeight)).toFixed(1);
    return [
      `${(left + index * step).toFixed(1)},${level}`,
      `${(left + (index + 1) * step).toFixed(1)},${level}`,
    ];
  });
  const label = `up to ${Math.max(1, Math.round(most))} at once`;
  return `<polygon class="load" points="${left},${base} ${points.join(' ')} ${width},${base}"><title>${label}</title></polygon><text x="0" y="${y + 26}">${label}</text>\n`;
}

function* scale(timeline: Timeline, height: number): Generator<string> {
  const total = timeline.to - timeline.from;
  const step = niceSteps.find((each) => total / each <= 8) ?? Math.ceil(total / 8 / day) * day;
  for (let at = 0; at <= total; at += step) {
    const x = across(timeline.from + at, timeline).toFixed(1);
    // The last one would run over the edge.
    if (at + step * 0.6 <= total || at === 0)
      yield `<text x="${x}" y="11">${at === 0 ? '0' : duration(at).replace(/ 00 \w+$/, '')}</text>`;
    yield `<line class="grid" x1="${x}" x2="${x}" y1="${top - 6}" y2="${height}"/>`;
  }
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const times = (unit: number, counts: readonly number[]): number[] => counts.map((count) => count * unit);
const niceSteps = [
  times(1, [1, 2, 5, 10, 20, 50, 100, 200, 500]),
  times(second, [1, 2, 5, 10, 15, 30]),
  times(minute, [1, 2, 5, 10, 15, 30]),
  times(hour, [1, 2, 3, 6, 12]),
  times(day, [1, 2, 7]),
].flat();

function across(at: number, { from, to }: Timeline): number {
  return left + ((at - from) / (to - from)) * (width - left);
}

function shorten(name: string): string {
  return name.length > 17 ? `${name.slice(0, 16)}…` : name;
}
