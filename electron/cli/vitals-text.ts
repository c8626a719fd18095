/** How a machine felt, as a chart of characters. */
import type { VitalReading } from '../../shared/ipc/nodes';
import { amountInWords } from '../../shared/model/amounts';
import { table } from './text';

const columns = 60;
const minute = 60_000;
const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** The hour before `now`, a column a minute; a minute of which nothing is known stays blank. */
export function vitalsText(
  name: string,
  readings: readonly VitalReading[],
  memoryMiB: number,
  now: number,
): string {
  if (readings.length === 0) return `Nothing is known yet of how ${name} feels.`;
  const memory = (amount: number): string => amountInWords('memoryMiB', Math.round(amount));
  const rows = [
    row(
      'cpu',
      readings,
      now,
      ({ cpu }) => cpu,
      1,
      (part) => `${Math.round(part * 100)} %`,
    ),
    row('memory', readings, now, ({ memoryUsedMiB }) => memoryUsedMiB, memoryMiB, memory),
    row(
      'gpu',
      readings,
      now,
      ({ gpu }) => gpu,
      1,
      (part) => `${Math.round(part * 100)} %`,
    ),
  ];
  return `${name}, the last hour\n${table(rows.filter((cells) => cells.length > 0))}`;
}

/** Empty: nothing is known of it. */
function row(
  title: string,
  readings: readonly VitalReading[],
  now: number,
  valueOf: (reading: VitalReading) => number | null,
  whole: number,
  inWords: (value: number) => string,
): readonly string[] {
  const known = readings.flatMap((reading) => {
    const value = valueOf(reading);
    return value === null ? [] : [{ at: reading.at, value }];
  });
  const last = known.at(-1);
  if (last === undefined) return [];
  const most = Math.max(...known.map(({ value }) => value));
  const chart = Array.from({ length: columns }, (_, column) => {
    const end = now - (columns - 1 - column) * minute;
    const here = known.filter(({ at }) => at > end - minute && at <= end).map(({ value }) => value);
    return here.length === 0 ? ' ' : barOf(Math.max(...here) / (whole > 0 ? whole : most));
  });
  const of = title === 'memory' && whole > 0 ? ` of ${inWords(whole)}` : '';
  return [title, chart.join(''), `now ${inWords(last.value)}${of}, at most ${inWords(most)}`];
}

function barOf(part: number): string {
  const index = Math.floor(Math.min(1, Math.max(0, part)) * bars.length);
  return bars[Math.min(bars.length - 1, index)] ?? ' ';
}
