import type { EdgeEnd } from '../../../shared/model/edge';
import { sameEnd } from './graph';
import type { Jobs } from './graph';

interface Way {
  readonly from: EdgeEnd;
  readonly to: EdgeEnd;
}

/**
 * What leads where. Each step is a point, and each job two: whatever waits for the job as a whole waits for all
 * of its steps, and these wait for whatever the job as a whole waits for.
 */
export class Ways {
  private readonly next = new Map<string, string[]>();
  private readonly ends = new Map<string, EdgeEnd>();

  constructor(
    private readonly jobs: Jobs,
    edges: Iterable<Way>,
  ) {
    for (const [job, { steps }] of jobs) {
      if (steps.length < 2) continue;
      for (const step of steps.keys()) {
        this.put(this.entry({ job, step: null }), this.entry({ job, step }));
        this.put(this.exit({ job, step }), this.exit({ job, step: null }));
      }
    }
    for (const { from, to } of edges) this.put(this.exit(from), this.entry(to));
  }

  /** The ends on the way around that an edge would close, from its beginning to its beginning; null: none. */
  loopThrough(from: EdgeEnd, to: EdgeEnd): readonly EdgeEnd[] | null {
    const goal = this.exit(from);
    const start = this.entry(to);
    const cameFrom = new Map<string, string | null>([[start, null]]);
    const open = [start];
    for (let index = 0; index < open.length; index++) {
      const at = open[index] ?? start;
      if (at === goal) return this.wayBack(goal, cameFrom);
      for (const next of this.nextOf(at)) {
        if (cameFrom.has(next)) continue;
        cameFrom.set(next, at);
        open.push(next);
      }
    }
    return null;
  }

  private wayBack(goal: string, cameFrom: ReadonlyMap<string, string | null>): readonly EdgeEnd[] {
    const way: EdgeEnd[] = [];
    for (let at: string | null = goal; at !== null; at = cameFrom.get(at) ?? null) {
      const end = this.ends.get(at);
      const last = way.at(-1);
      if (end !== undefined && (last?.job !== end.job || last.step !== end.step)) way.push(end);
    }
    const [last] = way;
    return last === undefined ? [] : withoutDetours([last, ...way.toReversed()]);
  }

  /** The entry of a step is its exit; only of a whole job of several steps they are apart. */
  private nextOf(point: string): readonly string[] {
    return this.next.get(point) ?? [];
  }

  private entry(end: EdgeEnd): string {
    return this.point(end, '<');
  }

  private exit(end: EdgeEnd): string {
    return this.point(end, '>');
  }

  private point(end: EdgeEnd, side: '<' | '>'): string {
    const { job, step } = sameEnd(this.jobs, end);
    const isWhole = step === null && (this.jobs.get(job)?.steps.length ?? 0) > 1;
    const point = `${job}/${step ?? '*'}${isWhole ? side : ''}`;
    if (!this.ends.has(point)) this.ends.set(point, { job, step });
    return point;
  }

  private put(from: string, to: string): void {
    const list = this.next.get(from);
    if (list === undefined) this.next.set(from, [to]);
    else list.push(to);
  }
}

/** Into a job as a whole, through a step of it and out of it again is just through the job. */
function withoutDetours(way: readonly EdgeEnd[]): readonly EdgeEnd[] {
  const kept: EdgeEnd[] = [];
  for (const [index, end] of way.entries()) {
    const [before, after] = [kept.at(-1), way[index + 1]];
    const isWhole = (other: EdgeEnd | undefined): boolean => other?.job === end.job && other.step === null;
    if (isWhole(before) && (end.step === null || isWhole(after)) && kept.length > 1) continue;
    kept.push(end);
  }
  return kept;
}
