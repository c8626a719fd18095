import type { EdgeSpec } from '../facts';
import type { FarmState, StepRecord } from '../state';
import { findEnd, nameOf, stepsOf } from './edges';
import { edgesAfter, edgesBefore } from './readiness';

/**
 * The way, in names, by which work would come to wait for itself if these edges were added and those
 * removed; null: there is none. Most edges go from a smaller to a larger depth, which cannot make one.
 * For others it looks from both ends of the edge at once, and goes no further than the nearer end of the graph.
 */
export function findCycle(
  state: FarmState,
  added: readonly EdgeSpec[],
  removed: ReadonlySet<number>,
): readonly string[] | null {
  const extra: Extra = { after: new Map(), before: new Map() };
  const starts: (readonly [from: StepRecord, to: StepRecord])[] = [];
  for (const { from, to } of added) {
    const before = from === null ? null : findEnd(state, from);
    const after = findEnd(state, to);
    if (before === null || after === null) continue;
    for (const first of stepsOf(before)) {
      for (const second of stepsOf(after)) {
        put(extra.after, first, second);
        put(extra.before, second, first);
        starts.push([first, second]);
      }
    }
  }
  if (starts.every(([from, to]) => from.depth < to.depth)) return null;
  for (const [from, to] of starts) {
    const way = findWay(to, from, removed, extra);
    if (way !== null) return [nameOf(from), ...way.map(nameOf)];
  }
  return null;
}

type Steps = Map<StepRecord, StepRecord[]>;

/** The edges that are to be added, both ways. */
interface Extra {
  readonly after: Steps;
  readonly before: Steps;
}

function put(steps: Steps, key: StepRecord, value: StepRecord): void {
  const list = steps.get(key);
  if (list === undefined) steps.set(key, [value]);
  else list.push(value);
}

/** What has been reached from one end. Without recursion: a chain may be long. */
class Reach {
  /** From which step each was reached. */
  readonly seen: Map<StepRecord, StepRecord | null>;
  private readonly open: StepRecord[];

  constructor(
    end: StepRecord,
    private readonly next: (step: StepRecord, visit: (step: StepRecord) => void) => void,
  ) {
    this.seen = new Map([[end, null]]);
    this.open = [end];
  }

  /** The step from which it went on; undefined: there is nothing more to reach. */
  advance(): StepRecord | undefined {
    const step = this.open.pop();
    if (step === undefined) return undefined;
    this.next(step, (next) => {
      if (this.seen.has(next)) return;
      this.seen.set(next, step);
      this.open.push(next);
    });
    return step;
  }

  wayTo(step: StepRecord): StepRecord[] {
    const way: StepRecord[] = [];
    for (let at: StepRecord | null = step; at !== null; at = this.seen.get(at) ?? null) way.push(at);
    return way;
  }
}

function findWay(
  start: StepRecord,
  goal: StepRecord,
  removed: ReadonlySet<number>,
  extra: Extra,
): readonly StepRecord[] | null {
  const after = new Reach(start, (step, visit) => {
    for (const edge of edgesAfter(step)) if (!removed.has(edge.id)) stepsOf(edge.to).forEach(visit);
    extra.after.get(step)?.forEach(visit);
  });
  const before = new Reach(goal, (step, visit) => {
    for (const { id, from } of edgesBefore(step))
      if (from !== null && !removed.has(id)) stepsOf(from).forEach(visit);
    extra.before.get(step)?.forEach(visit);
  });
  for (;;) {
    const [one, other] = after.seen.size <= before.seen.size ? [after, before] : [before, after];
    const step = one.advance();
    if (step === undefined) return null;
    if (other.seen.has(step)) return [...after.wayTo(step).toReversed(), ...before.wayTo(step).slice(1)];
  }
}
