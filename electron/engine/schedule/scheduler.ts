import { codes } from '../counts';
import type { Fact, FactOf } from '../facts';
import type { Changes } from '../reduce/changes';
import { place } from '../resources/placement';
import type { Vector } from '../resources/vector';
import type { RequestClass } from '../resources/classes';
import type { FarmState, NodeRecord, StepRecord } from '../state';
import { Candidates } from './candidates';
import { NodeChooser } from './choose';
import { Heap } from './heap';
import { sharedLimit, tenantLimit, userLimit } from './limits';
import { toMakeWay } from '../saving';
import { victimsFor } from './preempt';
import { compareEntries, nextTask, Queues, type Entry, type Group, type Line } from './queues';
import {
  isHolder,
  keep,
  keptRoom,
  leavesRoom,
  reservationAfter,
  reservationFor,
  type KeptRoom,
} from './reservations';
import { farmTotal, shareOf } from './shares';

/** In one pass, so that it does not hold up its thread; the rest follows in the next. */
const usualMostAssignments = 250;
/** After so many entries of a line for which all room is kept for others, only those that it is kept for are looked at. */
const mostDenied = 16;

/** What becomes of decisions: they are facts, and are in the state at once. */
export interface Decisions {
  readonly emit: (fact: Fact) => void;
  assign(step: StepRecord, task: number, node: NodeRecord, special: FactOf<'taskAssigned'>['special']): void;
}

/** A line of entries that ask for the same, and how far this pass has come in it. */
interface Head {
  line: Line;
  at: number;
  /** Entries for which all room was kept for others. */
  denied: number;
}

interface Turn {
  readonly group: Group;
  readonly heads: Heap<Head>;
}

const headEntry = ({ line, at }: Head): Entry | undefined => line.entries[at];
const compareHeads = (a: Head, b: Head): number => {
  const first = headEntry(a);
  const second = headEntry(b);
  return first === undefined || second === undefined ? 0 : compareEntries(first, second);
};

/**
 * Gives ready tasks to nodes with room, in order. Its decisions are facts; what it keeps follows
 * from the state, so that it can be made anew at any time.
 */
export class Scheduler {
  readonly queues: Queues;
  readonly candidates: Candidates;
  private readonly chooser: NodeChooser;
  /** Steps that others have overtaken because they are wide, and since when. */
  private readonly overtaken = new Map<StepRecord, number>();
  private kept = new Map<number, KeptRoom[]>();
  private built = false;

  constructor(
    readonly state: FarmState,
    private readonly mostAssignments = usualMostAssignments,
  ) {
    this.queues = new Queues(state);
    this.candidates = new Candidates(state);
    this.chooser = new NodeChooser(state, this.candidates);
  }

  /** Takes note of what facts touched. */
  note(changes: Changes, at: number): void {
    if (!this.built || changes.settings) {
      this.built = true;
      this.queues.rebuild(at);
      this.chooser.forget();
      for (const node of this.state.nodeList) {
        this.candidates.forget(node);
        this.candidates.gain(node);
      }
    } else {
      for (const step of changes.ready) this.queues.update(step, at);
      for (const index of changes.traits) {
        const node = this.state.nodeList[index];
        if (node !== undefined) this.candidates.forget(node);
      }
      for (const index of changes.room) {
        const node = this.state.nodeList[index];
        if (node !== undefined) this.candidates.gain(node);
      }
    }
    changes.ready.clear();
    changes.room = [];
    changes.traits.clear();
    changes.settings = false;
  }

  /** True: there is more to assign than one pass may. */
  run(at: number, decisions: Decisions): boolean {
    this.queues.refresh(at);
    this.kept = keptRoom(this.state);
    if (this.queues.groups.size === 0) return false;
    const pass = new SchedulerPass(
      this.state,
      this,
      this.chooser,
      this.kept,
      at,
      decisions,
      this.mostAssignments,
    );
    const more = pass.run();
    this.mindTheBlocked(pass, at, decisions.emit);
    return more;
  }

  /** Wide work that others overtake gets a node kept; urgent work may stop what is less urgent. */
  private mindTheBlocked(pass: SchedulerPass, at: number, emit: (fact: Fact) => void): void {
    const { reserveAfterMs, preempt } = this.state.settings.order;
    for (const step of this.overtaken.keys())
      if (step.counts[codes.QUEUED] === 0) this.overtaken.delete(step);
    let stopped = false;
    for (const blocked of pass.blocked.values()) {
      const { step, requestClass } = blocked.entry;
      if (preempt && !stopped && !this.hasReservation(step)) {
        const victims = victimsFor(this.state, this.candidates, this.kept, step, requestClass, at);
        for (const live of victims) emit(toMakeWay(live, at));
        const [first] = victims;
        if (first !== undefined) {
          stopped = true;
          const reservation = reservationAfter(this.state, first.node, step, requestClass, at);
          emit({ kind: 'reservationMade', at, reservation });
          keep(this.state, this.kept, reservation);
          continue;
        }
      }
      if (!pass.wasOvertaken(blocked) || reserveAfterMs === null) continue;
      const since = this.overtaken.get(step) ?? at;
      this.overtaken.set(step, since);
      if (at - since < reserveAfterMs || this.hasReservation(step)) continue;
      const reservation = reservationFor(this.state, this.candidates, this.kept, step, requestClass, at);
      if (reservation === null) {
        // No node can be kept now: to look again at each pass would cost more than it brings.
        this.overtaken.set(step, at);
        continue;
      }
      emit({ kind: 'reservationMade', at, reservation });
      keep(this.state, this.kept, reservation);
    }
  }

  private hasReservation(step: StepRecord): boolean {
    for (const reservation of this.state.reservations.values())
      if (reservation.holder.kind === 'step' && isHolder(reservation, step)) return true;
    return false;
  }
}

function comesBefore(a: Turn, b: Turn): boolean {
  const [first, second] = [a.heads.first(), b.heads.first()];
  return first !== undefined && second !== undefined && compareHeads(first, second) < 0;
}

/** What it is taken to last when it is asked whether it will be done before a reservation begins. */
const lastingOf = ({ durations }: StepRecord): number => durations.quantile(0.9) ?? Infinity;

interface Blocked {
  readonly entry: Entry;
  /** So many tasks had been assigned in the pass when it was found that no node has room. */
  readonly assignedBefore: number;
}

class SchedulerPass {
  /** The first entry of each class for which no node had room. */
  readonly blocked = new Map<RequestClass, Blocked>();
  /** Classes for which all room is kept for others, and how long a task lasted that was too long for it: as long a one need not look. */
  private readonly denied = new Map<RequestClass, number>();
  private total: Vector | null = null;
  private assigned = 0;

  constructor(
    private readonly state: FarmState,
    private readonly scheduler: Scheduler,
    private readonly chooser: NodeChooser,
    private readonly kept: ReadonlyMap<number, readonly KeptRoom[]>,
    private readonly at: number,
    private readonly decisions: Decisions,
    private readonly mostAssignments: number,
  ) {}

  run(): boolean {
    const turns = [...this.scheduler.queues.groups.values()].map((group) => this.turnOf(group));
    while (turns.length > 0) {
      if (this.assigned >= this.mostAssignments) return true;
      const turn = this.nextTurn(turns);
      // One task and then the next tenant; alone, as many as there are.
      if (!this.take(turn, turns.length === 1)) turns.splice(turns.indexOf(turn), 1);
    }
    return false;
  }

  wasOvertaken({ assignedBefore }: Blocked): boolean {
    return this.assigned > assignedBefore;
  }

  private turnOf(group: Group): Turn {
    const heads = new Heap<Head>(compareHeads);
    for (const line of group.lines.values()) heads.push({ line, at: 0, denied: 0 });
    return { group, heads };
  }

  private nextTurn(turns: readonly Turn[]): Turn {
    const [first] = turns;
    if (first === undefined) throw new Error('there is nobody left');
    if (turns.length === 1) return first;
    let best = first;
    let least = Infinity;
    for (const turn of turns) {
      const tenant = this.state.tenants.get(turn.group.name);
      const share =
        tenant === undefined ? 0 : shareOf(this.state, tenant, (this.total ??= farmTotal(this.state)));
      // Of those who have as much, the one whose work comes first.
      if (share < least || (share === least && comesBefore(turn, best))) {
        best = turn;
        least = share;
      }
    }
    return best;
  }

  /** Assigns from the first of the group's heads that can; false: none can. */
  private take({ heads }: Turn, many: boolean): boolean {
    for (let head = heads.first(); head !== undefined; head = heads.first()) {
      const entry = headEntry(head);
      if (entry === undefined) {
        heads.pop();
        continue;
      }
      const result = this.assignFrom(entry, many);
      if (result === 'next' || result === 'denied') {
        head.at++;
        if (result === 'denied' && ++head.denied === mostDenied) this.leaveToHolders(head);
        if (headEntry(head) === undefined) heads.pop();
        else heads.sink();
        continue;
      }
      if (result === 'blocked') {
        heads.pop();
        continue;
      }
      return true;
    }
    return false;
  }

  private leaveToHolders(head: Head): void {
    const { requestClass, entries } = head.line;
    const rest = entries.slice(head.at).filter(({ step }) => this.isHolder(step));
    head.line = { requestClass, entries: rest };
    head.at = 0;
  }

  /**
   * assigned: and there may be more. next: this entry has nothing (more). denied: what room there is, is
   * kept for others. blocked: there is none for its class.
   */
  private assignFrom(entry: Entry, many: boolean): 'assigned' | 'next' | 'denied' | 'blocked' {
    const { step, requestClass } = entry;
    const { state } = this;
    for (let count = 0; ; count++) {
      const task = nextTask(entry);
      if (task < 0 || this.isFull(step)) return 'next';
      if (count > 0 && (!many || this.assigned >= this.mostAssignments)) return 'assigned';
      if (tenantLimit(state, step.job.batch.tenant, requestClass) !== null) {
        // Where tenants stand in one line, another one's entry may still go.
        return state.settings.order.fairShare ? 'blocked' : 'next';
      }
      if (count === 0 && this.blocked.has(requestClass)) return 'blocked';
      if (requestClass.special.length > 0 && sharedLimit(state, requestClass) !== null) return 'blocked';
      const node = this.nodeFor(step, task, requestClass);
      if (node === 'kept') return 'denied';
      if (node === null) {
        this.blocked.set(requestClass, { entry, assignedBefore: this.assigned });
        return 'blocked';
      }
      this.assign(step, task, requestClass, node);
    }
  }

  private isFull(step: StepRecord): boolean {
    const { most } = step.job.job;
    if (most !== null && (step.job.counts[codes.RUNNING] ?? 0) >= most) return true;
    return this.state.settings.perUser !== null && userLimit(this.state, step) !== null;
  }

  /** kept: there is room, but for others, which says nothing of those who ask for the same. */
  private nodeFor(step: StepRecord, task: number, requestClass: RequestClass): NodeRecord | 'kept' | null {
    if (this.scheduler.candidates.open === 0 && (requestClass.vector[0] ?? 0) > 0) return null;
    if (this.isDenied(step, requestClass)) return 'kept';
    let kept = false;
    const node = this.chooser.choose(step, task, requestClass, (candidate) => {
      const rooms = this.kept.size === 0 ? undefined : this.kept.get(candidate.index);
      if (rooms === undefined) return true;
      const may = leavesRoom(this.state, rooms, candidate, step, requestClass, this.at);
      kept ||= !may;
      return may;
    });
    if (node !== null || !kept) return node;
    this.denied.set(requestClass, lastingOf(step));
    return 'kept';
  }

  private isDenied(step: StepRecord, requestClass: RequestClass): boolean {
    const shortest = this.denied.get(requestClass);
    return shortest !== undefined && lastingOf(step) >= shortest && !this.isHolder(step);
  }

  private isHolder(step: StepRecord): boolean {
    for (const reservation of this.state.reservations.values()) if (isHolder(reservation, step)) return true;
    return false;
  }

  private assign(step: StepRecord, task: number, requestClass: RequestClass, node: NodeRecord): void {
    const placement = requestClass.isPlain ? null : place(node, requestClass);
    const isLarger = step.larger.size > 0 && step.larger.has(task);
    const special =
      placement === null && !isLarger
        ? null
        : {
            request: requestClass.request,
            placement:
              placement !== null && placement.cores.length + placement.gpus.length > 0 ? placement : null,
          };
    this.decisions.assign(step, task, node, special);
    this.assigned++;
    this.scheduler.candidates.noteOpen(node);
    const rooms = this.kept.get(node.index);
    if (rooms !== undefined) this.assignedOnKept(rooms, step);
  }

  private assignedOnKept(rooms: readonly KeptRoom[], step: StepRecord): void {
    this.denied.clear();
    for (const room of rooms) {
      room.forget();
      const { reservation } = room;
      if (
        reservation.by === null &&
        reservation.state !== 'RELEASED' &&
        room.isFor(step) &&
        this.state.reservations.has(reservation.id)
      )
        this.decisions.emit({
          kind: 'reservationChanged',
          at: this.at,
          id: reservation.id,
          state: 'RELEASED',
        });
    }
  }
}
