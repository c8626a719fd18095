/** Which node was busy when: every attempt as a bar, or, where they are too many, how many ran at once. */
import type { Attempt } from '../../shared/model/attempt';
import type { ReportInput } from './input';
import { placeInWords } from './places';
import type { AttemptPlace } from './places';

export interface Timeline {
  readonly from: number;
  readonly to: number;
  readonly lanes: readonly Lane[];
  /** Nodes that are not among the lanes. */
  readonly more: number;
}
export interface Lane {
  readonly node: string;
  readonly attempts: number;
  /** Null when there are too many for bars. */
  readonly bars: readonly Bar[] | null;
  /** The mean number of running attempts in each part of the time. */
  readonly load: readonly number[];
}
export interface Bar {
  readonly job: number;
  readonly what: string;
  readonly from: number;
  readonly to: number;
  readonly bad: boolean;
}

export const mostBars = 2000;
const mostLanes = 40;
/** More nodes than this are not even counted apart. */
const mostNodes = 1000;
const parts = 240;

interface OpenLane {
  readonly node: string;
  attempts: number;
  readonly bars: Bar[];
  readonly load: Float64Array;
}

export function createTimeline(batch: ReportInput['batch']): {
  add(attempt: Attempt, place: AttemptPlace, bad: boolean): void;
  result(): Timeline;
} {
  const from = batch.startedAt ?? batch.submittedAt;
  const to = Math.max(from + 1, batch.endedAt ?? from);
  const width = (to - from) / parts;
  const lanes = new Map<string, OpenLane>();
  let bars = 0;

  const laneOf = (node: string): OpenLane => {
    const name = lanes.has(node) || lanes.size < mostNodes ? node : 'all other nodes';
    let lane = lanes.get(name);
    if (lane === undefined) {
      lane = { node: name, attempts: 0, bars: [], load: new Float64Array(parts) };
      lanes.set(name, lane);
    }
    return lane;
  };

  return {
    add(attempt, place, bad) {
      const lane = laneOf(place.nodeName);
      // A batch that was tried again may have attempts before what it calls its start.
      const start = clamp(attempt.assignedAt, from, to);
      const end = clamp(attempt.endedAt ?? to, start, to);
      lane.attempts++;
      if (++bars <= mostBars)
        lane.bars.push({ job: place.job, what: placeInWords(place), from: start, to: end, bad });
      for (let part = Math.floor((start - from) / width); part < parts && from + part * width < end; part++) {
        const inside = Math.min(end, from + (part + 1) * width) - Math.max(start, from + part * width);
        lane.load[part] = (lane.load[part] ?? 0) + inside / width;
      }
    },
    result() {
      const busiest = [...lanes.values()].toSorted((a, b) => b.attempts - a.attempts);
      const shown = busiest.slice(0, mostLanes).toSorted((a, b) => byName.compare(a.node, b.node));
      return {
        from,
        to,
        lanes: shown.map((lane) => ({
          node: lane.node,
          attempts: lane.attempts,
          bars: bars > mostBars ? null : lane.bars,
          load: [...lane.load],
        })),
        more: busiest.length - shown.length,
      };
    },
  };
}

export const byName = new Intl.Collator('en', { numeric: true });

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
