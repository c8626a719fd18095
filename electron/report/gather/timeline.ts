/** Which node was busy when: every attempt as a bar, or, where they are too many, how many ran at once. */
import { placeInWords } from '../places';
import type { Outcome, Seen } from './seen';

export interface Timeline {
  readonly from: number;
  readonly to: number;
  /** Of all nodes together, also of those without a lane. */
  readonly all: Load;
  readonly lanes: readonly Lane[];
  /** Nodes that are not among the lanes. */
  readonly more: number;
}
export interface Lane {
  readonly node: string;
  readonly attempts: number;
  /** Null when there are too many for bars. */
  readonly bars: readonly Bar[] | null;
  readonly load: Load;
}
export interface Bar {
  readonly job: number;
  readonly what: string;
  readonly from: number;
  readonly to: number;
  readonly outcome: Outcome;
}
export interface Load {
  /** The mean number of running attempts in each part of the time, for each colour of jobs. */
  readonly layers: readonly (readonly number[])[];
  /** In which parts something failed, and how often. */
  readonly failures: readonly number[];
}

export const mostBars = 1500;
const mostLanes = 40;
/** More nodes than this are not even counted apart. */
const mostNodes = 500;
const parts = 180;
/** Jobs come in so many colours; then they come again. */
export const jobColours = 8;

class OpenLoad implements Load {
  private readonly open = new Map<number, Float32Array>();
  private readonly failed = new Uint32Array(parts);

  add(job: number, from: number, to: number, isBad: boolean): void {
    const colour = Math.max(0, job) % jobColours;
    let layer = this.open.get(colour);
    if (layer === undefined) this.open.set(colour, (layer = new Float32Array(parts)));
    for (let part = Math.floor(from); part < parts && part < to; part++)
      layer[part] = (layer[part] ?? 0) + Math.min(to, part + 1) - Math.max(from, part);
    const last = Math.min(parts - 1, Math.floor(to));
    if (isBad) this.failed[last] = (this.failed[last] ?? 0) + 1;
  }

  get layers(): readonly (readonly number[])[] {
    return Array.from({ length: jobColours }, (_, colour) => [...(this.open.get(colour) ?? [])]);
  }

  get failures(): readonly number[] {
    return [...this.failed];
  }
}

interface OpenLane {
  readonly node: string;
  attempts: number;
  readonly bars: Bar[];
  readonly load: OpenLoad;
}

export class GrowingTimeline {
  private readonly from: number;
  private readonly to: number;
  private readonly lanes = new Map<string, OpenLane>();
  private readonly all = new OpenLoad();
  private bars = 0;

  constructor(from: number, to: number) {
    this.from = from;
    this.to = Math.max(from + 1, to);
  }

  add({ attempt, place, outcome, ranMs }: Seen): void {
    if (ranMs === null) return;
    const { from, to } = this;
    const lane = this.laneOf(place.nodeName);
    const start = clamp(attempt.assignedAt, from, to);
    const end = clamp(attempt.assignedAt + ranMs, start, to);
    const inParts = (at: number): number => ((at - from) / (to - from)) * parts;
    const isBad = outcome === 'failed' || outcome === 'lost';
    lane.attempts++;
    if (++this.bars <= mostBars)
      lane.bars.push({ job: place.job, what: placeInWords(place), from: start, to: end, outcome });
    for (const load of [lane.load, this.all]) load.add(place.job, inParts(start), inParts(end), isBad);
  }

  result(): Timeline {
    const busiest = [...this.lanes.values()].toSorted((a, b) => b.attempts - a.attempts);
    const shown = busiest.slice(0, mostLanes).toSorted((a, b) => byName.compare(a.node, b.node));
    return {
      from: this.from,
      to: this.to,
      all: this.all,
      lanes: shown.map(({ node, attempts, bars, load }) => ({
        node,
        attempts,
        bars: this.bars > mostBars ? null : bars,
        load,
      })),
      more: busiest.length - shown.length,
    };
  }

  private laneOf(node: string): OpenLane {
    const name = this.lanes.has(node) || this.lanes.size < mostNodes ? node : 'all other nodes';
    let lane = this.lanes.get(name);
    if (lane === undefined) {
      lane = { node: name, attempts: 0, bars: [], load: new OpenLoad() };
      this.lanes.set(name, lane);
    }
    return lane;
  }
}

export const byName = new Intl.Collator('en', { numeric: true });

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
