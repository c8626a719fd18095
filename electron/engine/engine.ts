import type { BatchId } from '../../shared/model/ids';
import type { Refusal } from '../../shared/ipc/errors';
import type { Command } from './commands';
import type { Fact } from './facts';
import { isToBeLookedAt, lookFor, Pass, type CommandResult, type Core } from './pass';
import type { Clock, Effects, Ids, Store } from './ports';
import { noChanges, type Changes } from './reduce/changes';
import { Reducer } from './reduce/reduce';
import type { Report } from './reports';
import { Scheduler } from './schedule/scheduler';
import { decodeState, encodePicture, encodeState, pictureOf } from './snapshot';
import { FarmState, type ScheduleRecord } from './state';
import { Timekeeper } from './timekeeper';

export type { CommandResult } from './pass';

export interface EnginePorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly effects: Effects;
  /** Where the results of a batch that a schedule submits go. */
  readonly outputFor: (id: BatchId, schedule: ScheduleRecord) => string;
  /** Told after each pass whose facts are durable. */
  readonly onPass: (facts: readonly Fact[], changes: Changes) => void;
  /** Told when the store cannot keep facts, and (null) when it can again. */
  readonly onTrouble: (message: string | null) => void;
}

interface Waiting {
  readonly command: Command;
  readonly answer: (result: CommandResult) => void;
}

/** Least time between two passes while they follow each other; at once when idle. While the store writes, inputs gather. */
const passInterval = 2;
/** So many reports in one pass, so that it does not hold up its thread. */
const mostReports = 250;
const storeRetryInterval = 1000;
/** However long nothing is due: a clock that was changed is noticed by then. */
const longestSleep = 30_000;
/** The state is kept whole after so many facts, so that the next start need not go through them. */
const factsBetweenSnapshots = 20_000;
const factsOfOneLook = 4096;
/** Best when nothing has happened for so long; but a restart must not take long either. */
const quietBeforeSnapshot = 5_000;
const mostTimesWithoutSnapshot = 10;

/**
 * The loop around the pure core: gathers commands and reports, makes facts of them in passes, and
 * lets effects, answers and listeners wait until the facts are durable.
 */
export class Engine {
  private core: Core;
  private commands: Waiting[] = [];
  private reports: Report[] = [];
  private busy = false;
  private scheduled = false;
  private more = false;
  private lastPass = -Infinity;
  private stopped = false;
  private idle: (() => void)[] = [];
  private callOffSleep: (() => void) | null = null;
  private callOffSnapshot: (() => void) | null = null;
  private factsSinceSnapshot = 0;
  /** How many facts were handed to the store and not refused. */
  private appended = 0;
  private snapshot: Promise<void> | null = null;

  constructor(
    private readonly ports: EnginePorts,
    /** Fewer where a short life is to see many of them. */
    private readonly snapshotEvery = factsBetweenSnapshots,
  ) {
    this.core = this.coreAround(new FarmState());
  }

  get state(): FarmState {
    return this.core.state;
  }

  get scheduler(): Scheduler {
    return this.core.scheduler;
  }

  /** Rebuilds the state from the store. What a person should know of it is returned. */
  async load(): Promise<readonly string[]> {
    // Nobody looks at what changed; it is thrown away now and then, as it grows.
    let changes = noChanges();
    const notices = await this.ports.store.load(
      (bytes) => {
        this.core = this.coreAround(decodeState(bytes));
        this.factsSinceSnapshot = 0;
      },
      (fact) => {
        if (++this.factsSinceSnapshot % factsOfOneLook === 0) changes = noChanges();
        this.core.reducer.apply(fact, changes);
      },
    );
    for (const edge of this.state.edges.values())
      if (isToBeLookedAt(edge)) this.ports.effects.perform(lookFor(edge));
    this.wake();
    return notices;
  }

  command(command: Command): Promise<CommandResult> {
    return new Promise((answer) => {
      if (this.stopped)
        return answer(refused('failed', 'Drover is closing. Start it again and repeat this.'));
      this.commands.push({ command, answer });
      this.wake();
    });
  }

  report(report: Report): void {
    if (this.stopped) return;
    this.reports.push(report);
    this.wake();
  }

  /** Takes nothing more, and waits until what it has is durable. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.callOffSleep?.();
    this.callOffSnapshot?.();
    while (this.busy || this.scheduled) await new Promise<void>((resolve) => this.idle.push(resolve));
    await this.snapshot;
    if (this.factsSinceSnapshot >= this.snapshotEvery) await this.save(encodeState(this.state), 0);
  }

  private coreAround(state: FarmState): Core {
    const { ids, outputFor } = this.ports;
    const reducer = new Reducer(state);
    return {
      state,
      reducer,
      scheduler: new Scheduler(state),
      timekeeper: new Timekeeper(state),
      ids,
      outputFor,
    };
  }

  private wake(): void {
    if (this.busy || this.scheduled) return;
    this.scheduled = true;
    this.callOffSleep?.();
    this.callOffSleep = null;
    const wait = Math.max(0, this.lastPass + passInterval - this.ports.clock.now());
    const run = (): void => {
      this.scheduled = false;
      void this.pass();
    };
    if (wait === 0) queueMicrotask(run);
    else this.ports.clock.after(Math.min(wait, passInterval), run);
  }

  private async pass(): Promise<void> {
    this.busy = true;
    this.lastPass = this.ports.clock.now();
    const pass = new Pass(this.core, this.lastPass);
    const answers = this.commands
      .splice(0)
      .map(({ command, answer }) => ({ answer, result: pass.command(command) }));
    for (const report of this.reports.splice(0, mostReports)) pass.report(report);
    pass.finish();
    this.more = pass.more;

    if (pass.facts.length > 0) {
      const durable = await this.remember(pass.facts, (message) => {
        const why = `Drover could not save this: ${message.replace(/\.$/, '')}.`;
        const tried = refused('failed', `${why} It goes on trying; look at the queue before you repeat it.`);
        for (const { answer } of answers.splice(0)) answer(tried);
        const left = refused('failed', `${why} Nothing of it was done; repeat it when saving works again.`);
        for (const { answer } of this.commands.splice(0)) answer(left);
      });
      if (!durable) return this.rest();
      this.factsSinceSnapshot += pass.facts.length;
    }
    for (const { answer, result } of answers) answer(result);
    for (const effect of pass.effects) this.ports.effects.perform(effect);
    if (pass.facts.length > 0) this.ports.onPass(pass.facts, pass.changes);
    if (this.factsSinceSnapshot >= mostTimesWithoutSnapshot * this.snapshotEvery) this.keepSnapshot();

    this.rest();
  }

  private rest(): void {
    this.busy = false;
    for (const resolve of this.idle.splice(0)) resolve();
    if (this.stopped && !this.more && this.commands.length + this.reports.length === 0) return;
    if (this.more || this.commands.length + this.reports.length > 0) return this.wake();
    this.sleep();
    this.planSnapshot();
  }

  /** Until something is due. */
  private sleep(): void {
    const now = this.ports.clock.now();
    const next = this.core.timekeeper.next(now);
    if (next === null) return;
    this.callOffSleep?.();
    this.callOffSleep = this.ports.clock.after(
      Math.max(passInterval, Math.min(next - now, longestSleep)),
      () => {
        this.callOffSleep = null;
        this.wake();
      },
    );
  }

  private planSnapshot(): void {
    this.callOffSnapshot?.();
    this.callOffSnapshot = null;
    if (this.factsSinceSnapshot < this.snapshotEvery) return;
    this.callOffSnapshot = this.ports.clock.after(quietBeforeSnapshot, () => {
      this.callOffSnapshot = null;
      if (!this.busy && !this.scheduled) this.keepSnapshot();
    });
  }

  /** Of the state as it is now, between two passes. That others have their turn, it is written down in parts. */
  private keepSnapshot(): void {
    if (this.snapshot !== null) return;
    this.factsSinceSnapshot = 0;
    const { appended } = this;
    this.snapshot = this.encode(encodePicture(pictureOf(this.state)))
      .then((bytes) => this.save(bytes, this.appended - appended))
      .finally(() => (this.snapshot = null));
  }

  private async encode(parts: Generator<undefined, Uint8Array>): Promise<Uint8Array> {
    for (;;) {
      const { done, value } = parts.next();
      if (done === true) return value;
      if (!this.stopped) await new Promise<void>((resolve) => this.ports.clock.after(0, resolve));
    }
  }

  /** Nothing is lost without it, so that a failure is no more than a slower start. */
  private save(bytes: Uint8Array, behind: number): Promise<void> {
    return this.ports.store.saveSnapshot(bytes, behind).catch(() => {});
  }

  /** Nothing may follow from facts that are not on disk, so this does not give up before a stop. */
  private async remember(facts: readonly Fact[], onFailure: (message: string) => void): Promise<boolean> {
    let failures = 0;
    for (;;) {
      this.appended += facts.length;
      try {
        await this.ports.store.append(facts);
        if (failures > 0) this.ports.onTrouble(null);
        return true;
      } catch (error) {
        this.appended -= facts.length;
        const message = error instanceof Error ? error.message : String(error);
        if (failures++ === 0) this.ports.onTrouble(message);
        onFailure(message);
        if (this.stopped) return false;
        await new Promise<void>((resolve) => this.ports.clock.after(storeRetryInterval, resolve));
      }
    }
  }
}

function refused(code: Refusal['code'], message: string): CommandResult {
  return { kind: 'refused', refusal: { code, message } };
}
