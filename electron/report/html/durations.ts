/** How long the tasks of each step took: from the shortest to the longest, on one scale for all. */
import { workInWords } from '../places';
import { duration, roundDuration as round } from '../words';
import { escape } from './escape';
import type { PageContent } from './page-content';
import { note, rest, section, share, soft } from './parts';

type Step = PageContent['steps'][number];

const mostShown = 40;
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const times = (unit: number, counts: readonly number[]): number[] => counts.map((count) => count * unit);
/** What people count in, on a scale of which each step is some times as long as the one before. */
const marks = [
  ...times(1, [1, 2, 5, 10, 20, 50, 100, 200, 500]),
  ...times(second, [1, 2, 5, 10, 20]),
  ...times(minute, [1, 2, 5, 10, 20]),
  ...times(hour, [1, 2, 5, 10, 20, 50, 100, 200, 500]),
];
const mostMarks = 8;

export function* durationSection({ steps }: PageContent): Generator<string> {
  const timed = steps.filter(({ completed, run }) => completed > 0 && run.medianMs !== null);
  // A single one has no spread.
  if (timed.some(({ completed }) => completed > 1))
    yield* section('How long tasks took', strips(timed), 'durations');
}

function* strips(steps: readonly Step[]): Generator<string> {
  const shown = steps.toSorted((a, b) => b.run.totalMs - a.run.totalMs).slice(0, mostShown);
  const least = Math.max(1, Math.min(...shown.map(({ run }) => run.shortestMs ?? 1)));
  const most = Math.max(...shown.map(({ run }) => run.longestMs ?? 1), least * 1.1);
  const low = Math.log(marks.findLast((mark) => mark <= least) ?? 1);
  const high = Math.log(most);
  const at = (milliseconds: number): number => (Math.log(Math.max(1, milliseconds)) - low) / (high - low);
  const inside = marks.filter((mark) => Math.log(mark) >= low && at(mark) < 0.95);
  const each = Math.ceil(inside.length / mostMarks);
  const shownMarks = inside.filter((_, index) => index % each === 0);
  yield '<div class="strips">\n';
  const ticks = shownMarks.map((mark) => `<span style="left:${share(at(mark))}">${round(mark)}</span>`);
  yield `<div class="strip axis"><span></span><div class="ticks">${ticks.join('')}</div><span></span></div>\n`;
  for (const step of shown) yield strip(step, at);
  yield '</div>\n';
  yield note(
    'Of the attempts that completed: from the shortest to the longest, half of them within the thick part, the median marked. Each step of the scale is some times as long as the one before.',
  );
  yield rest(steps.length, mostShown, 'steps');
}

function strip({ job, step, run, slowest, completed }: Step, at: (milliseconds: number) => number): string {
  const { shortestMs, lowerQuarterMs, medianMs, upperQuarterMs, longestMs } = run;
  const from = (value: number | null): string => share(at(value ?? 0));
  const span = (kind: string, low: number | null, high: number | null): string =>
    `<i class="${kind}" style="left:${from(low)};width:${share(at(high ?? 0) - at(low ?? 0))}"></i>`;
  const drawn = [
    span('range', shortestMs, longestMs),
    ...(completed < 4 ? [] : [span('box', lowerQuarterMs, upperQuarterMs)]),
    `<i class="mark" style="left:${from(medianMs)}"></i>`,
  ];
  const where =
    slowest === null
      ? ''
      : `The longest: ${slowest.label === '' ? '' : `${slowest.label} `}on ${slowest.node}`;
  const upTo = completed < 2 ? '' : ` ${soft(`up to ${duration(longestMs ?? 0)}`)}`;
  return `<div class="strip" title="${escape(where)}"><span class="what">${escape(workInWords(job, step))}</span><div class="track">${drawn.join('')}</div><span class="value">${duration(medianMs ?? 0)}${upTo}</span></div>\n`;
}
