import type { CommandResult } from '../engine';
import type { Command } from '../commands';
import type { Action, Fault, Wish } from './actions';
import { Checks } from './checks/checks';
import type { Complaint } from './checks/complaint';
import { Overdue } from './checks/nodes';
import { isAtRest } from './checks/rest';
import { Disk } from './disk';
import { SimulatedHost } from './host';
import { Machine } from './machine';
import { epoch } from './make-batch';
import { calmSettings, makeCapacity, makeLabels } from './make-settings';
import { Random } from './random';
import { settle, Timeline } from './timeline';
import { calmingCommands, commandFor } from './wishes';
import { Wire } from './wire';

const minute = 60_000;
const longestAnswer = minute;
/** After the faults have stopped, whatever has not ended by then never will. */
const longestCalm = 5 * 24 * 60 * minute;
const factsBetweenComparisons = 400;
/** A farm that needs more goes round in circles. */
const mostEvents = 200_000;

export interface WorldStatistics {
  readonly events: number;
  readonly facts: number;
  readonly attempts: number;
  readonly hosts: number;
  readonly happened: ReadonlyMap<string, number>;
  readonly digest: string;
}

export function nodeNames(seed: number): readonly string[] {
  const count = new Random(seed).fork('nodes').whole(1, 4);
  return Array.from({ length: count }, (_, index) => `node-${index}`);
}

/** One farm with all that it has to do with, on a clock of its own. */
export class World {
  complaint: Complaint | null = null;
  private readonly random: Random;
  private readonly timeline = new Timeline();
  private readonly checks: Checks;
  private readonly disk: Disk;
  private readonly machines: readonly (readonly [Machine, Wire])[];
  private host: SimulatedHost | null = null;
  private hosts = 0;
  private clockOffset = 0;
  private diesBeforeHearing: number | null = null;
  private compared = 0;
  private isCalm = false;
  /** Whether all was at rest after so many facts. */
  private rest: { readonly facts: number; readonly is: boolean } | null = null;
  private readonly overdue = new Overdue();
  private asked: { readonly at: number; readonly kind: string }[] = [];
  private readonly happened = new Map<string, number>();

  constructor(private readonly seed: number) {
    this.random = new Random(seed).fork('world');
    this.checks = new Checks(seed, (check, what) => {
      this.complaint ??= { check, what, at: this.timeline.now };
    });
    this.disk = new Disk(this.timeline, this.random.fork('disk'), {
      onDurable: (facts) => this.checks.durable(facts),
      onSnapshot: (state, facts) => {
        this.count('snapshot');
        this.checks.snapshot(state, facts);
      },
      diesBeforeHearing: () => this.dieBeforeHearing(),
    });
    this.machines = nodeNames(seed).map((id) => {
      const random = this.random.fork(id);
      const machine = new Machine(
        id,
        makeCapacity(random),
        makeLabels(random),
        seed,
        this.timeline,
        this.checks.truth,
      );
      return [machine, new Wire(this.timeline, random)];
    });
  }

  get statistics(): WorldStatistics {
    return {
      events: this.timeline.happened,
      facts: this.disk.facts.length,
      attempts: this.checks.truth.begun,
      hosts: this.hosts,
      happened: this.happened,
      digest: this.disk.digest.toString(),
    };
  }

  /** Everything from the first event to the last, or to the first thing that is found broken. */
  async run(actions: readonly Action[]): Promise<Complaint | null> {
    for (const action of actions) this.timeline.after(action.at, () => this.act(action));
    const lasts = (actions.at(-1)?.at ?? 0) + 20 * minute;
    this.timeline.after(lasts, () => this.calm());
    this.openHost();
    const end = lasts + longestCalm;
    while (this.complaint === null && this.timeline.now <= end) {
      await settle();
      this.check();
      if (this.isCalm && (await this.hasCome())) break;
      if (this.complaint !== null || !this.timeline.step()) break;
    }
    if (this.complaint === null && this.host !== null) this.checks.end(this.host.engine.state);
    this.host?.die();
    return this.complaint;
  }

  private act(action: Action): void {
    if (isWish(action)) {
      const command = this.host === null ? null : commandFor(action, this.checks.ledger, this.now());
      if (command !== null) this.command(command);
    } else {
      this.count(action.kind);
      this.fail(action);
    }
  }

  private fail(fault: Fault): void {
    const after = (milliseconds: number, call: () => void): void =>
      void this.timeline.after(milliseconds, call);
    switch (fault.kind) {
      case 'die':
        if (fault.when === 'now') return this.killHost(fault.lasts);
        if (fault.when === 'beforeHearing') this.diesBeforeHearing = fault.lasts;
        else if (this.host !== null) this.host.effectsLeft = fault.when;
        return;
      case 'stop':
        return this.stopHost(fault.lasts);
      case 'reboot': {
        const [machine] = this.machineOf(fault.node);
        machine.crash();
        return after(fault.lasts, () => (machine.isUp = true));
      }
      case 'hang': {
        const [machine] = this.machineOf(fault.node);
        machine.hang();
        return after(fault.lasts, () => machine.awake());
      }
      case 'cut':
      case 'flaky': {
        const [, wire] = this.machineOf(fault.node);
        const set = (is: boolean): void =>
          void Object.assign(wire, fault.kind === 'cut' ? { isCut: is } : { isFlaky: is });
        set(true);
        return after(fault.lasts, () => set(false));
      }
      case 'drop':
        return this.host?.links.get(this.machineOf(fault.node)[0].id)?.drop(true);
      case 'kill': {
        const running = this.machines.flatMap(([machine]) =>
          [...machine.processes.keys()].map((id) => [machine, id] as const),
        );
        const [machine, attempt] = running[Math.floor(fault.which * running.length)] ?? [];
        return attempt === undefined ? undefined : machine?.kill(attempt);
      }
      case 'echo':
        return this.host?.echo(fault.which);
      case 'fullDisk':
        this.disk.full = true;
        return after(fault.lasts, () => (this.disk.full = false));
      case 'slowDisk':
        this.disk.slow = true;
        return after(fault.lasts, () => (this.disk.slow = false));
      case 'damage':
        return this.disk.damage();
      case 'clock':
        this.clockOffset += fault.jump;
        return;
      case 'change':
        Object.assign(this.machineOf(fault.node)[0], { capacity: fault.capacity, labels: fault.labels });
    }
  }

  /** Faults stop, nodes come back, and people take out of the way what they have put there. */
  private calm(): void {
    if (!this.isCalm) {
      this.isCalm = true;
      this.diesBeforeHearing = null;
      Object.assign(this.disk, { full: false, slow: false });
      for (const [machine, wire] of this.machines) {
        machine.isUp = true;
        machine.awake();
        Object.assign(wire, { isCut: false, isFlaky: false });
      }
    }
    if (this.host === null) this.openHost();
    else {
      this.host.effectsLeft = null;
      const configure = { kind: 'configure', by: 'dee', settings: calmSettings } as const;
      const machines = this.machines.slice(1).map(([{ id }]) => id);
      for (const command of calmingCommands(this.checks.ledger, machines, configure)) this.command(command);
    }
    this.timeline.after(10 * minute, () => this.calm());
  }

  /** All is at rest, and stays so for a while. */
  private async hasCome(): Promise<boolean> {
    if (this.host === null || !this.isAtRest()) return false;
    const end = this.timeline.now + 15 * minute;
    while (this.complaint === null && this.timeline.now < end) {
      if (!this.timeline.step()) return true;
      await settle();
      this.check();
      if (!this.isAtRest()) return false;
    }
    return true;
  }

  private isAtRest(): boolean {
    const { facts } = this.disk;
    if (this.rest?.facts !== facts.length)
      this.rest = { facts: facts.length, is: isAtRest(this.checks.ledger) };
    return this.rest.is;
  }

  private check(): void {
    const { host, disk } = this;
    if (this.timeline.happened > mostEvents)
      this.complaint ??= {
        check: 'no end of events',
        what: `${disk.facts.length} facts`,
        at: this.timeline.now,
      };
    const [first] = this.asked;
    if (first !== undefined && this.timeline.now - Math.max(first.at, disk.lastTrouble) > longestAnswer)
      this.complaint ??= { check: 'no answer', what: `to ${first.kind}`, at: this.timeline.now };
    if (host !== null) this.checkAside();
    if (host === null || !disk.isSettled || disk.facts.length - this.compared < factsBetweenComparisons)
      return;
    this.compared = disk.facts.length;
    this.checks.compareWith(host.engine.state);
  }

  private checkAside(): void {
    const { now } = this.timeline;
    const due = this.overdue.look(this.checks.ledger, this.now(), now);
    if (due === null || now - Math.max(due, this.disk.lastTrouble) <= longestAnswer) return;
    this.complaint ??= { check: 'set aside for too long', what: 'a node does not come back', at: now };
  }

  private command(command: Command): void {
    const { host } = this;
    if (host === null) return;
    this.count(command.kind);
    const asked = { at: this.timeline.now, kind: command.kind };
    this.asked.push(asked);
    host.command(command, (result) => {
      this.asked.splice(this.asked.indexOf(asked), 1);
      this.answered(result);
    });
  }

  private answered(result: CommandResult): void {
    if (result.kind === 'refused') return this.count(`refused: ${result.refusal.code}`);
    const { batch } = result.outcome;
    if (batch !== null && !this.checks.ledger.batches.has(batch))
      this.complaint ??= {
        check: 'an answer before its fact',
        what: `${batch} is on no disk`,
        at: this.timeline.now,
      };
  }

  private openHost(): void {
    const host: SimulatedHost = new SimulatedHost({
      seed: this.seed,
      timeline: this.timeline,
      random: this.random.fork(`host ${this.hosts}`),
      now: () => this.now(),
      store: this.disk.open(),
      machines: this.machines,
      turn: this.hosts++,
      factsBetweenSnapshots: 60,
      onEffect: (effect) => {
        if (this.host === host) this.checks.effect(effect);
      },
      onDeath: () => this.killHost(5000),
    });
    this.host = host;
    this.compared = 0;
    void host.open();
  }

  private killHost(lasts: number): void {
    if (this.host === null) return;
    this.host.die();
    this.host = null;
    this.overdue.forget();
    this.asked = [];
    this.disk.lose();
    this.timeline.after(lasts, () => {
      if (this.host === null) this.openHost();
    });
  }

  private dieBeforeHearing(): boolean {
    const lasts = this.diesBeforeHearing;
    if (lasts === null) return false;
    this.diesBeforeHearing = null;
    this.killHost(lasts);
    return true;
  }

  /** Closed as it should be: what has not been answered is answered or refused. */
  private stopHost(lasts: number): void {
    const { host } = this;
    if (host === null) return;
    void host.engine.stop().then(() => {
      if (this.host === host) this.killHost(lasts);
    });
  }

  private machineOf(which: number): readonly [Machine, Wire] {
    const found = this.machines[Math.floor(which * this.machines.length)];
    if (found === undefined) throw new Error('there are no machines');
    return found;
  }

  private now(): number {
    return epoch + this.timeline.now + this.clockOffset;
  }

  private count(what: string): void {
    this.happened.set(what, (this.happened.get(what) ?? 0) + 1);
  }
}

const faults: ReadonlySet<string> = new Set<Fault['kind']>([
  ...(['die', 'stop', 'reboot', 'hang', 'cut', 'flaky', 'drop'] as const),
  ...(['kill', 'echo', 'fullDisk', 'slowDisk', 'damage', 'clock', 'change'] as const),
]);

const isWish = (action: Action): action is Action & Wish => !faults.has(action.kind);
