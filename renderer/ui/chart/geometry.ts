/** Where things of a chart of the last time stand: lines with gaps, scales and the marks of the axes. */

export interface ChartPoint {
  readonly at: number;
  /** Null: nothing is known of this time. */
  readonly value: number | null;
}
export interface KnownPoint extends ChartPoint {
  readonly value: number;
}

/** Points that belong together: nothing unknown lies between them, and never more time than `longestGap`. */
export function runsOf(
  points: readonly ChartPoint[],
  longestGap: number,
): readonly (readonly KnownPoint[])[] {
  const runs: KnownPoint[][] = [];
  let run: KnownPoint[] = [];
  for (const { at, value } of points) {
    const last = run.at(-1);
    if (last !== undefined && (value === null || at - last.at > longestGap)) {
      runs.push(run);
      run = [];
    }
    if (value !== null) run.push({ at, value });
  }
  return run.length === 0 ? runs : [...runs, run];
}

/** 1, 2 or 5 times a power of ten, at least so large as the value: a scale that people read easily. */
export function niceTop(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power).find((top) => top >= value) ?? 10 * power;
}

/** The round times between two, so far from each other. */
export function timeMarks(from: number, to: number, distance: number): readonly number[] {
  const first = Math.ceil(from / distance) * distance;
  const count = Math.max(0, Math.floor((to - first) / distance) + 1);
  return Array.from({ length: count }, (_, index) => first + index * distance);
}

/** Of times in their order, the place of the one next to this; -1 where there are none. */
export function nearest(times: readonly number[], at: number): number {
  let low = 0;
  let high = times.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  if (high < 0) return -1;
  return Math.abs((times[low] ?? 0) - at) <= Math.abs((times[high] ?? 0) - at) ? low : high;
}

export interface Frame {
  readonly from: number;
  readonly to: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export function placeIn({ from, to, top, width, height }: Frame, { at, value }: KnownPoint): Place {
  const part = Math.min(1, Math.max(0, value / top));
  return { x: ((at - from) / (to - from)) * width, y: height - part * height };
}
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** A lone point becomes a dot: a line without a length, with round ends. */
export function linePath(frame: Frame, runs: readonly (readonly KnownPoint[])[]): string {
  return runs
    .map((run) => {
      const words = run.map((point, index) => `${index === 0 ? 'M' : 'L'}${wordOf(placeIn(frame, point))}`);
      return run.length === 1 ? `${words.join('')}h0` : words.join('');
    })
    .join('');
}

/** What lies beneath the line. */
export function areaPath(frame: Frame, runs: readonly (readonly KnownPoint[])[]): string {
  return runs
    .map((run) => {
      const places = run.map((point) => placeIn(frame, point));
      const [first, last] = [places[0], places.at(-1)];
      if (first === undefined || last === undefined || run.length === 1) return '';
      const bottom = frame.height;
      return `M${wordOf({ x: first.x, y: bottom })}L${places.map(wordOf).join('L')}L${wordOf({ x: last.x, y: bottom })}Z`;
    })
    .join('');
}

const wordOf = ({ x, y }: Place): string => `${x.toFixed(1)} ${y.toFixed(1)}`;
