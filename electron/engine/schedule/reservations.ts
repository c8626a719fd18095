/** Room that is kept: for tenants by people, and for wide work by the scheduler, so that narrow work does not starve it. */
import type { AttemptId } from '../../../shared/model/ids';
import type { Reservation } from '../../../shared/model/reservation';
import { countOf } from '../counts';
import { isSettled } from '../dependencies/readiness';
import { needVector, newVector, vectorAmounts, width, type Vector } from '../resources/vector';
import type { FarmState, NodeRecord, StepRecord } from '../state';
import { vectorOn, wouldSuit } from '../resources/placement';
import type { RequestClass } from '../resources/classes';
import type { Candidates } from './candidates';

/** A reservation as a pass looks at it. */
export class KeptRoom {
  /** Null: it is kept for a tenant. */
  private readonly holder: StepRecord | null;
  private known: Vector | null = null;

  constructor(
    private readonly state: FarmState,
    private readonly node: NodeRecord,
    readonly reservation: Reservation,
  ) {
    const { holder } = reservation;
    this.holder = holder.kind === 'tenant' ? null : (state.jobs.get(holder.job)?.steps[holder.step] ?? null);
  }

  /** What its holder does not hold of it yet. */
  get left(): Vector {
    return (this.known ??= this.find());
  }

  isFor(step: StepRecord): boolean {
    return this.holder === null ? isHolder(this.reservation, step) : this.holder === step;
  }

  /** The node has got or lost attempts. */
  forget(): void {
    this.known = null;
  }

  private find(): Vector {
    const { state, node } = this;
    const left = Int32Array.from(needVector(this.reservation.amounts));
    for (const live of node.running === 0 ? [] : state.attempts.on(node)) {
      if (!this.isFor(live.step)) continue;
      for (let i = 0; i < width; i++) left[i] = (left[i] ?? 0) - (live.held[i] ?? 0);
    }
    return left;
  }
}

/** What is kept on the nodes, by their indexes. */
export function keptRoom(state: FarmState): Map<number, KeptRoom[]> {
  const found = new Map<number, KeptRoom[]>();
  for (const reservation of state.reservations.values()) keep(state, found, reservation);
  return found;
}

export function keep(state: FarmState, on: Map<number, KeptRoom[]>, reservation: Reservation): void {
  const node = state.nodes.get(reservation.node);
  if (node === undefined) return;
  const room = new KeptRoom(state, node, reservation);
  const list = on.get(node.index);
  if (list === undefined) on.set(node.index, [room]);
  else list.push(room);
}

/** Of the node that is looked at: a pass looks at many. */
const owed = newVector();

/** Whether what is kept on a node leaves it to a task of this step. */
export function leavesRoom(
  state: FarmState,
  kept: readonly KeptRoom[],
  node: NodeRecord,
  step: StepRecord,
  requestClass: RequestClass,
  at: number,
): boolean {
  if (!addOwed(state, kept, node, step, at, owed)) return false;
  const { free } = state.room;
  for (let i = 0; i < width; i++) {
    const need = requestClass.vector[i] ?? 0;
    if (need > 0 && (free[node.index * width + i] ?? 0) - (owed[i] ?? 0) < need) return false;
  }
  return true;
}

/** What a node still owes to those for whom room is kept on it, and who come before the step. Null: all that it has. */
export function owedToOthers(
  state: FarmState,
  kept: readonly KeptRoom[],
  node: NodeRecord,
  step: StepRecord,
  at: number,
): Vector | null {
  const found = newVector();
  return addOwed(state, kept, node, step, at, found) ? found : null;
}

/** As {@link owedToOthers}, into `owed`; false: all that the node has. */
function addOwed(
  state: FarmState,
  kept: readonly KeptRoom[],
  node: NodeRecord,
  step: StepRecord,
  at: number,
  owed: Vector,
): boolean {
  for (let i = 0; i < width; i++) owed[i] = 0;
  const whole = state.room.coresOf(node.index);
  const own = ownAmong(kept, step);
  for (const room of kept) {
    if (room.isFor(step)) continue;
    const { reservation } = room;
    // Of two that keep more than there is, the first would wait for the second, and the second for the first.
    if (own !== undefined && reservation.by === null && reservation.id > own.reservation.id) continue;
    // Done before it begins: the room may be used meanwhile.
    if (reservation.state === 'RESERVED' && isDoneBy(step, reservation.from, at)) continue;
    const { left } = room;
    // Who waits for the node as a whole waits for those, too, who ask for nothing.
    if (whole > 0 && (left[0] ?? 0) >= whole) return false;
    for (let i = 0; i < width; i++) owed[i] = (owed[i] ?? 0) + Math.max(0, left[i] ?? 0);
  }
  return true;
}

/** What the scheduler keeps for the step. */
function ownAmong(kept: readonly KeptRoom[], step: StepRecord): KeptRoom | undefined {
  for (const room of kept) if (room.reservation.by === null && room.isFor(step)) return room;
  return undefined;
}

function isDoneBy({ durations }: StepRecord, time: number, at: number): boolean {
  const lasts = durations.quantile(0.9);
  return lasts !== null && at + lasts <= time;
}

export function isHolder({ holder }: Reservation, step: StepRecord): boolean {
  return holder.kind === 'tenant'
    ? step.job.batch.tenant.name === holder.tenant
    : step.job.id === holder.job && step.index === holder.step;
}

/** Nothing is left for which it was kept. What the scheduler keeps, it keeps for work that could start. */
export function isNeedless(state: FarmState, { holder, by }: Reservation): boolean {
  if (holder.kind === 'tenant') return false;
  const step = state.jobs.get(holder.job)?.steps[holder.step];
  if (step === undefined || isSettled(step.counts)) return true;
  return by === null && (step.job.held !== null || countOf(step.counts, 'QUEUED') === 0);
}

const mostNodesWeighed = 32;
/** A reservation of the scheduler's is given up when the work has not begun by then. */
const longest = 24 * 3_600_000;
/** By then they have made way, or cannot be reached. */
const longestMakingWay = 10 * 60_000;

/** Keeps the node on which the step's work can begin soonest; null: there is none, or none is free to be kept. */
export function reservationFor(
  state: FarmState,
  candidates: Candidates,
  taken: ReadonlyMap<number, readonly KeptRoom[]>,
  step: StepRecord,
  requestClass: RequestClass,
  at: number,
): Reservation | null {
  let best: { readonly node: NodeRecord; readonly from: number } | null = null;
  let weighed = 0;
  for (const node of state.nodeList) {
    if (node.state !== 'ONLINE' || taken.has(node.index)) continue;
    if (!state.room.couldEverFit(node.index, requestClass.vector) || !candidates.mayUse(requestClass, node))
      continue;
    if (!requestClass.isPlain && !wouldSuit(state, node, requestClass, idsOn(state, node))) continue;
    const from = freeAt(state, node, requestClass, at, best?.from ?? Infinity);
    if (best === null || from < best.from) best = { node, from };
    if (from <= at || ++weighed >= mostNodesWeighed) break;
  }
  return best === null ? null : keepOn(state, best.node, step, requestClass, best.from, at + longest);
}

const idsOn = (state: FarmState, node: NodeRecord): ReadonlySet<AttemptId> =>
  new Set(state.attempts.on(node).map(({ id }) => id));

/** Others have to make way for the step's work; until they have, nobody else may take their room. */
export function reservationAfter(
  state: FarmState,
  node: NodeRecord,
  step: StepRecord,
  requestClass: RequestClass,
  at: number,
): Reservation {
  return keepOn(state, node, step, requestClass, at, at + longestMakingWay);
}

function keepOn(
  state: FarmState,
  node: NodeRecord,
  step: StepRecord,
  requestClass: RequestClass,
  from: number,
  until: number,
): Reservation {
  return {
    id: state.nextReservation,
    node: node.id,
    amounts: vectorAmounts(vectorOn(state, node, requestClass)),
    holder: { kind: 'step', job: step.job.id, step: step.index },
    from,
    until,
    state: 'RESERVED',
    by: null,
  };
}

/**
 * When enough of what runs on the node has ended, as far as can be told from what ended before. Infinity: not
 * before what is known of another one.
 */
function freeAt(
  state: FarmState,
  node: NodeRecord,
  requestClass: RequestClass,
  at: number,
  other: number,
): number {
  const vector = vectorOn(state, node, requestClass);
  const free = Int32Array.from(state.room.freeOf(node.index));
  const running = state.attempts.on(node);
  const ends = running.map(({ assignedAt, step }) => expectedEnd(assignedAt, step, at));
  for (let left = running.length; left > 0; left--) {
    let next = 0;
    for (let index = 1; index < ends.length; index++)
      if ((ends[index] ?? Infinity) < (ends[next] ?? Infinity)) next = index;
    const end = ends[next] ?? at;
    if (end >= other) return Infinity;
    const held = running[next]?.held;
    ends[next] = Infinity;
    let isEnough = true;
    for (let i = 0; i < width; i++) {
      free[i] = (free[i] ?? 0) + (held?.[i] ?? 0);
      if ((vector[i] ?? 0) > (free[i] ?? 0)) isEnough = false;
    }
    if (isEnough) return end;
  }
  return at;
}

/** Nothing is known of a step whose tasks have not ended: it may go on for as long as it has run. */
export function expectedEnd(assignedAt: number, step: StepRecord, at: number): number {
  const lasts = step.durations.quantile(0.5);
  return Math.max(at, lasts === null ? at + (at - assignedAt) : assignedAt + lasts);
}
