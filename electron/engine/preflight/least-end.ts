/**
 * When jobs end at the earliest: if the farm did nothing else, and every core were busy all the time.
 * Each step is looked at once, so it is known at once for any number of tasks.
 */
import { isJob, stepsOf } from '../dependencies/edges';
import { edgesBefore } from '../dependencies/readiness';
import { usualOf, type Expectation } from '../forecast/expectations';
import { dimensions } from '../resources/vector';
import type { Edge, FarmState, JobRecord, StepRecord } from '../state';
import { isOpen, nextChange } from '../time/windows';
import { takesWork, type Fits } from './fits';
import { coresOf, mostAtOnce } from './slots';

export interface LeastEnd {
  readonly end: number;
  /** How long one of its tasks takes at least, of the step where they take longest. */
  readonly task: number;
}

/** Of a step's tasks, in milliseconds. */
export interface Lengths {
  /** What a single one takes at least. */
  readonly one: number;
  /** What all of them take at least, one after the other. */
  readonly all: number;
}

interface StepTimes extends Lengths {
  readonly start: number;
  readonly end: number;
}

/** Nine in ten tasks take longer than what one is taken to take; of many, luck spares hardly more than so many spreads. */
export function lengthsOf({ count }: StepRecord, expectation: Expectation): Lengths {
  const { p10, mean, spread } = usualOf(expectation);
  return { one: p10, all: Math.max(count * p10, count * mean - luck * spread * Math.sqrt(count)) };
}
const luck = 2;

export class LeastEnds {
  private readonly times = new Map<StepRecord, StepTimes>();

  constructor(
    private readonly state: FarmState,
    private readonly fits: Fits,
    private readonly lengthsOf: (step: StepRecord) => Lengths,
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
      work += times.all * ((step.requestClass.vector[0] ?? 0) / dimensions[0].scale);
    }
    const own = job.steps.flatMap((step) => this.times.get(step) ?? []);
    const cores = coresOf(this.state, [...this.state.nodes.values()].filter(takesWork));
    const end = Math.max(this.at + work / cores, ...own.map((times) => times.end));
    return { end, task: Math.max(0, ...own.map(({ one }) => one)) };
  }

  private *timesOf(step: StepRecord): Generator<undefined, StepTimes | null> {
    const { slots } = yield* this.fits.of(step.requestClass);
    const most = mostAtOnce(this.state, step, slots);
    if (most === 0) return null;
    const { one, all } = this.lengthsOf(step);
    let start = this.at;
    let end = 0;
    for (const edge of edgesBefore(step)) {
      start = Math.max(start, this.startAfter(edge));
      if (edge.mapping !== null && needsAll(edge)) end = Math.max(end, this.endOf(edge) + one);
    }
    for (const edge of edgesBefore(step)) start = opening(edge, start);
    end = Math.max(end, start + Math.max(one, all / most));
    return { start, end, one, all };
  }

  private startAfter(edge: Edge): number {
    const { spec, from } = edge;
    const { relation } = spec;
    const rule = relation.type === 'TEMPORAL' ? relation.rule : null;
    if (from === null) return rule?.kind === 'notBefore' ? rule.at : this.at;
    if (edge.mapping === null && !needsAll(edge)) return this.at;
    if (edge.mapping === null) return this.endOf(edge) + (rule?.kind === 'delay' ? rule.milliseconds : 0);
    const first = isJob(from) ? undefined : this.times.get(from);
    // Where some of the later tasks wait for none, they may begin at once.
    return first === undefined || !isNeededByAll(edge) ? this.at : first.start + first.one;
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

/** With all that has to be done before. */
function withAllBefore(job: JobRecord): ReadonlySet<StepRecord> {
  const all = new Set(job.steps);
  for (const step of all)
    for (const edge of edgesBefore(step))
      if (needsAll(edge) && edge.from !== null) for (const each of stepsOf(edge.from)) all.add(each);
  return all;
}

/** The later work is not done before all of the earlier is. */
function needsAll(edge: Edge): boolean {
  const { relation } = edge.spec;
  if (relation.type === 'RESOURCE') return false;
  if (edge.mapping === null) return relation.type !== 'CONDITIONAL' || relation.condition.kind !== 'value';
  const groups = groupsOf(edge);
  return groups !== null && groups.earlier <= groups.later;
}

function isNeededByAll(edge: Edge): boolean {
  const groups = groupsOf(edge);
  return groups !== null && groups.later <= groups.earlier;
}

function groupsOf({ mapping, from, to }: Edge): { readonly earlier: number; readonly later: number } | null {
  if (mapping?.kind !== 'groups' || from === null || isJob(from) || isJob(to)) return null;
  return { earlier: Math.ceil(from.count / mapping.from), later: Math.ceil(to.count / mapping.to) };
}
