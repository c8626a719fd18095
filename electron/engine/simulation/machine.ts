import type { Capacity } from '../../../shared/model/amounts';
import type { AttemptEnd } from '../../../shared/model/attempt';
import type { AttemptId, NodeId } from '../../../shared/model/ids';
import type { Order } from '../effects';
import { isRefused, runOf, type Run } from './behaviour';
import type { Timeline } from './timeline';

export type ToMachine =
  | { readonly kind: 'start'; readonly order: Order }
  | { readonly kind: 'save'; readonly attempt: AttemptId }
  | { readonly kind: 'stop'; readonly attempt: AttemptId }
  | { readonly kind: 'ask'; readonly attempt: AttemptId };

export type FromMachine =
  | { readonly kind: 'running' | 'never'; readonly attempt: AttemptId }
  | { readonly kind: 'ended'; readonly attempt: AttemptId; readonly end: AttemptEnd }
  /** Its files tell it. */
  | { readonly kind: 'saved'; readonly attempt: AttemptId }
  | { readonly kind: 'value'; readonly attempt: AttemptId; readonly value: number };

/** What really happens, for whoever checks it. */
export interface Witness {
  began(order: Order, node: NodeId): void;
  ended(attempt: AttemptId, end: AttemptEnd): void;
  /** How many times the task has been begun. */
  turn(order: Order): number;
}

interface Process {
  readonly order: Order;
  readonly run: Run;
  callOff: readonly (() => void)[];
  isAskedToEnd: boolean;
}

/** A node with its agent: what runs here outlives links and Hosts, and an id is never begun twice. */
export class Machine {
  isUp = true;
  /** It answers nothing, but its processes go on. */
  isHung = false;
  /** The link to which ends are told. */
  tell: (message: FromMachine) => void = () => {};
  readonly processes = new Map<AttemptId, Process>();
  private readonly ends = new Map<AttemptId, AttemptEnd>();
  private held: (() => void)[] = [];

  constructor(
    readonly id: NodeId,
    public capacity: Capacity,
    public labels: readonly string[],
    private readonly seed: number,
    private readonly timeline: Timeline,
    private readonly witness: Witness,
  ) {}

  receive(message: ToMachine, answer: (message: FromMachine) => void): void {
    if (!this.isUp) return;
    this.whenAwake(() => {
      switch (message.kind) {
        case 'start':
          this.start(message.order);
          return answer(this.stateOf(message.order.attempt));
        case 'save':
          this.save(message.attempt);
          return answer(this.stateOf(message.attempt));
        case 'stop':
          this.stop(message.attempt);
          return answer(this.stateOf(message.attempt));
        case 'ask':
          return answer(this.stateOf(message.attempt));
      }
    });
  }

  /** All that ran is gone, and the machine can prove it when it is back. */
  crash(): void {
    this.isUp = false;
    this.isHung = false;
    this.held = [];
    for (const attempt of [...this.processes.keys()])
      this.end(attempt, { kind: 'lost', proof: 'the machine was started again since' });
  }

  hang(): void {
    this.isHung = this.isUp;
  }

  awake(): void {
    this.isHung = false;
    for (const call of this.held.splice(0)) call();
  }

  /** Somebody else ends a process. */
  kill(attempt: AttemptId): void {
    this.end(attempt, { kind: 'signalled', signal: 9 });
  }

  private stateOf(attempt: AttemptId): FromMachine {
    const end = this.ends.get(attempt);
    if (end !== undefined) return { kind: 'ended', attempt, end };
    return { kind: this.processes.has(attempt) ? 'running' : 'never', attempt };
  }

  private start(order: Order): void {
    const { attempt } = order;
    if (this.processes.has(attempt) || this.ends.has(attempt)) return;
    const turn = this.witness.turn(order);
    if (isRefused(this.seed, order, turn)) {
      const end: AttemptEnd = { kind: 'notStarted', reason: 'no process can be started' };
      this.ends.set(attempt, end);
      return this.witness.ended(attempt, end);
    }
    const run = runOf(this.seed, order, turn);
    const process: Process = { order, run, callOff: [], isAskedToEnd: false };
    this.processes.set(attempt, process);
    this.witness.began(order, this.id);
    const { lasts, value, end } = run;
    if (lasts === null) return;
    process.callOff = [this.timeline.after(lasts, () => this.end(attempt, end))];
    if (value === null) return;
    const report = this.timeline.after(lasts / 2, () =>
      this.whenAwake(() => this.tell({ kind: 'value', attempt, value })),
    );
    process.callOff = [...process.callOff, report];
  }

  /** Asked twice, it saves its work twice. */
  private save(attempt: AttemptId): void {
    const process = this.processes.get(attempt);
    const savesIn = process?.run.savesIn ?? null;
    if (process === undefined || savesIn === null || process.isAskedToEnd) return;
    const saved = this.timeline.after(savesIn, () =>
      this.whenAwake(() => this.tell({ kind: 'saved', attempt })),
    );
    process.callOff = [...process.callOff, saved];
  }

  private stop(attempt: AttemptId): void {
    const process = this.processes.get(attempt);
    if (process === undefined) {
      if (this.ends.has(attempt)) return;
      // It may be that its start is still under way: it must not begin any more.
      this.ends.set(attempt, { kind: 'stopped' });
      return this.witness.ended(attempt, { kind: 'stopped' });
    }
    if (process.isAskedToEnd) return;
    process.isAskedToEnd = true;
    const end = this.timeline.after(process.run.endsIn, () => this.end(attempt, { kind: 'stopped' }));
    process.callOff = [...process.callOff, end];
  }

  private end(attempt: AttemptId, end: AttemptEnd): void {
    const process = this.processes.get(attempt);
    if (process === undefined) return;
    for (const callOff of process.callOff) callOff();
    this.processes.delete(attempt);
    this.ends.set(attempt, end);
    this.witness.ended(attempt, end);
    if (this.isUp) this.whenAwake(() => this.tell({ kind: 'ended', attempt, end }));
  }

  private whenAwake(call: () => void): void {
    if (this.isHung) this.held.push(call);
    else call();
  }
}
