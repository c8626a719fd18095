/** Which node was busy when: a lane for each, under a scale of the time since the start. */
import type { Bar, Lane, Load, Timeline } from '../gather/timeline';
import { count, duration, roundDuration, thousands } from '../words';
import { escape } from './escape';
import { jobColours } from '../gather/timeline';
import type { PageContent } from './page-content';
import { note, section, share } from './parts';

/** Drawings are stretched to the width that there is: so many of their units lie across. */
const across = 1000;
const loadHeight = 36;
const mostRows = 24;

export function* timelineSection({ timeline, summary, jobs }: PageContent): Generator<string> {
  if (timeline.lanes.length === 0) return;
  yield* section('What ran where and when', timelineDrawing(timeline, summary.attempts, jobs), 'timeline');
}

function* timelineDrawing(
  timeline: Timeline,
  attempts: number,
  jobs: PageContent['jobs'],
): Generator<string> {
  const { lanes, more } = timeline;
  yield '<div class="lanes">\n';
  yield `<div class="lane axis"><span></span><div class="ticks">${ticks(timeline)}</div></div>\n`;
  if (lanes.length > 1) yield lane('All nodes', loadDrawing(timeline.all), peakOf(timeline.all));
  for (const one of lanes) yield laneOf(one, timeline);
  yield '</div>\n';
  yield jobLegend(jobs);
  const isLoad = lanes.some(({ bars }) => bars === null);
  const how = isLoad
    ? `How many of the ${thousands(attempts)} attempts each node ran at a time, in the colours of their jobs; red marks below: some failed then.`
    : 'A bar for each attempt, in the colour of its job; red ones failed, pale ones were stopped or still run.';
  yield note(`${how}${more === 0 ? '' : ` ${count(more, 'node')} with fewer attempts not shown.`}`);
}

function laneOf(one: Lane, timeline: Timeline): string {
  const rows = one.bars === null ? null : intoRows(one.bars);
  if (rows === null || rows.count > mostRows) return lane(one.node, loadDrawing(one.load), peakOf(one.load));
  const pitch = rows.count <= 4 ? 14 : rows.count <= 12 ? 9 : 6;
  const bars = rows.bars.map((bar) => rectangle(bar, timeline, pitch));
  const height = Math.max(14, rows.count * pitch);
  return lane(one.node, drawing(height, bars.join('')), count(one.attempts, 'attempt'));
}

function lane(name: string, picture: string, about: string): string {
  return `<div class="lane"><span class="node" title="${escape(name)}">${escape(name)}<small>${about}</small></span>${picture}</div>\n`;
}

const drawing = (height: number, marks: string): string =>
  `<svg viewBox="0 0 ${across} ${height}" height="${height}" preserveAspectRatio="none" role="img">${marks}</svg>`;

type PlacedBar = Bar & { readonly row: number };

/** Bars that overlap go below each other, as few rows as it takes. */
function intoRows(bars: readonly Bar[]): { readonly bars: readonly PlacedBar[]; readonly count: number } {
  const ends: number[] = [];
  const placed = bars
    .toSorted((a, b) => a.from - b.from)
    .map((bar) => {
      const free = ends.findIndex((end) => end <= bar.from);
      const row = free === -1 ? ends.length : free;
      ends[row] = Math.max(bar.to, bar.from + 1);
      return { ...bar, row };
    });
  return { bars: placed, count: ends.length };
}

const outcomeWords: Readonly<Record<Bar['outcome'], string>> = {
  completed: '',
  failed: ', failed',
  lost: ', lost',
  stopped: ', stopped',
  running: ', still runs',
};

function rectangle(bar: PlacedBar, { from, to }: Timeline, pitch: number): string {
  const at = (time: number): number => ((time - from) / (to - from)) * across;
  const isBad = bar.outcome === 'failed' || bar.outcome === 'lost';
  const isPale = bar.outcome === 'stopped' || bar.outcome === 'running';
  const colour = isBad ? 'bad' : `j${colourOf(bar.job)}${isPale ? ' pale' : ''}`;
  const title = `${bar.what}: ${duration(bar.to - bar.from)}${outcomeWords[bar.outcome]}`;
  return `<rect class="${colour}" x="${at(bar.from).toFixed(1)}" y="${bar.row * pitch}" width="${Math.max(1.5, at(bar.to) - at(bar.from)).toFixed(1)}" height="${pitch - 2}"><title>${escape(title)}</title></rect>`;
}

export const colourOf = (job: number): number => Math.max(0, job) % jobColours;

function totalsOf({ layers, failures }: Load): readonly number[] {
  return failures.map((_, part) => layers.reduce((sum, layer) => sum + (layer[part] ?? 0), 0));
}

const peakOf = (load: Load): string =>
  `up to ${thousands(Math.max(1, Math.round(Math.max(...totalsOf(load)))))} at once`;

/** Layers upon each other, and under them marks where something failed. */
function loadDrawing(load: Load): string {
  const { layers, failures } = load;
  const most = Math.max(...totalsOf(load), 1e-9);
  const width = across / failures.length;
  const base = failures.map(() => 0);
  const areas = layers.map((layer, colour) => {
    if (layer.length === 0) return '';
    const below = [...base];
    layer.forEach((value, part) => (base[part] = (base[part] ?? 0) + value));
    return `<path class="j${colour}" d="${area(base, below, most, width)}"/>`;
  });
  const marks = failures.map((count, part) =>
    count === 0
      ? ''
      : `<rect class="bad" x="${(part * width).toFixed(1)}" y="${loadHeight + 1}" width="${width.toFixed(1)}" height="3"><title>${thousands(count)} failed</title></rect>`,
  );
  return drawing(loadHeight + 4, areas.toReversed().join('') + marks.join(''));
}

/** Between two lines of steps. */
function area(top: readonly number[], below: readonly number[], most: number, width: number): string {
  const y = (value: number): string =>
    Number((loadHeight - (value / most) * loadHeight).toFixed(1)).toString();
  const steps = (line: readonly number[], order: readonly number[], from: 'left' | 'right'): string =>
    order
      .map((part) => {
        const [first, second] = from === 'left' ? [part, part + 1] : [part + 1, part];
        return `L${x(first, width)} ${y(line[part] ?? 0)}H${x(second, width)}`;
      })
      .join('');
  const parts = top.map((_, part) => part);
  return `M0 ${y(0)}${steps(top, parts, 'left')}${steps(below, parts.toReversed(), 'right')}Z`;
}

const x = (part: number, width: number): string => Number((part * width).toFixed(1)).toString();

function jobLegend(jobs: PageContent['jobs']): string {
  if (jobs.length < 2) return '';
  const shown = jobs.slice(0, jobColours);
  const names = shown.map(({ name }, index) => `<span><i class="j${index}"></i>${escape(name)}</span>`);
  const others = jobs.length - shown.length;
  if (others > 0) names.push(`<span>and ${count(others, 'job')} more in the same colours</span>`);
  return `<p class="legend">${names.join('')}</p>\n`;
}

function ticks({ from, to }: Timeline): string {
  const total = to - from;
  const step = niceSteps.find((each) => total / each <= 8) ?? Math.ceil(total / 8 / day) * day;
  const marks: string[] = [];
  for (let at = 0; at <= total; at += step) {
    // The last one would run over the edge.
    const words = at === 0 ? '0' : roundDuration(at);
    const label = at + step * 0.5 <= total ? words : '';
    marks.push(`<span style="left:${share(at / total)}">${label}</span>`);
  }
  return marks.join('');
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
