/**
 * When jobs end at the earliest: if the farm did nothing else, and every core were busy all the time.
 * Each step is looked at once, so it is known at once for any number of tasks.
 */
import { isJob, stepsOf } from '../dependencies/edges';
import { edgesBefore } from '../dependencies/readiness';
import { dimensions } from '../resources/vector';
import type { Edge, FarmState, JobRecord, StepRecord } from '../state';
import { isOpen, nextChange } from '../time/windows';
import { takesWork, type Fits } from './fits';
import { coresOf, mostAtOnce } from './slots';

export interface LeastEnd {
  readonly end: number;
  /** How long one of its own tasks takes, the longest on average. */
  readonly task: number;
}

interface StepTimes {
  readonly start: number;
  readonly end: number;
  readonly mean: number;
}

export class LeastEnds {
  private readonly times = new Map<StepRecord, StepTimes>();

  constructor(
    private readonly state: FarmState,
    private readonly fits: Fits,
    /** How long a task of it takes on average. */
    private readonly meanOf: (step: StepRecord) => number,
    private readonly at: number,
  ) {}

  /** Null: it does not end as things are. */
  *of(job: JobRecord): Generator<undefined, LeastEnd | null> {
    const all = [...withAllBefore(job)].toSorted((a, b) => a.depth - b.depth);
    let work = 0;
    for (const step of all) {
      const times = this.times.get(step) ?? (yield* this.timesOf(step));
      if (times === null) return null;
      this.times.set(step, times);
      work += times.mean * step.count * ((step.requestClass.vector[0] ?? 0) / dimensions[0].scale);
    }
    const own = job.steps.flatMap((step) => this.times.get(step) ?? []);
    const cores = coresOf(this.state, [...this.state.nodes.values()].filter(takesWork));
    const end = Math.max(this.at + work / cores, ...own.map((times) => times.end));
    return { end, task: Math.max(0, ...own.map(({ mean }) => mean)) };
  }

  private *timesOf(step: StepRecord): Generator<undefined, StepTimes | null> {
    const { slots } = yield* this.fits.of(step.requestClass);
    const most = mostAtOnce(this.state, step, slots);
    if (most === 0) return null;
    const mean = this.meanOf(step);
    let start = this.at;
    let end = 0;
    for (const edge of edgesBefore(step)) {
      start = Math.max(start, this.startAfter(edge));
      if (edge.mapping !== null) end = Math.max(end, this.endOf(edge) + mean);
    }
    for (const edge of edgesBefore(step)) start = opening(edge, start);
    end = Math.max(end, start + Math.max(mean, (step.count * mean) / most));
    return { start, end, mean };
  }

  private startAfter(edge: Edge): number {
    const { spec, from } = edge;
    const { relation } = spec;
    const rule = relation.type === 'TEMPORAL' ? relation.rule : null;
    if (from === null) return rule?.kind === 'notBefore' ? rule.at : this.at;
    const isEarly = relation.type === 'CONDITIONAL' && relation.condition.kind === 'value';
    if (isEarly || relation.type === 'RESOURCE') return this.at;
    const [first] = stepsOf(from);
    const known = first === undefined ? undefined : this.times.get(first);
    if (edge.mapping !== null && !isJob(from) && known !== undefined) return known.start + known.mean;
    return this.endOf(edge) + (rule?.kind === 'delay' ? rule.milliseconds : 0);
  }

  private endOf({ from }: Edge): number {
    const steps = from === null ? [] : stepsOf(from);
    return Math.max(this.at, ...steps.map((step) => this.times.get(step)?.end ?? this.at));
  }
}

function opening({ spec: { relation } }: Edge, start: number): number {
  if (relation.type !== 'TEMPORAL' || relation.rule.kind !== 'window') return start;
  const { window } = relation.rule;
  return isOpen(window, start) ? start : (nextChange(window, start) ?? start);
}

function withAllBefore(job: JobRecord): ReadonlySet<StepRecord> {
  const all = new Set(job.steps);
  for (const step of all)
    for (const { from } of edgesBefore(step))
      for (const each of from === null ? [] : stepsOf(from)) all.add(each);
  return all;
}
