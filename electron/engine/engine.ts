import type { Refusal } from '../../shared/ipc/errors';
import type { Command } from './commands';
import { countOf } from './counts';
import { decide, type Outcome } from './decide';
import type { Effect, Order } from './effects';
import type { Fact } from './facts';
import type { Clock, Effects, Ids, Store } from './ports';
import { react } from './react';
import { noChanges, reduce, type Changes } from './reduce';
import type { Report } from './reports';
import { schedule } from './schedule/schedule';
import { FarmState, finalState, type LiveAttempt } from './state';

export interface EnginePorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly effects: Effects;
  /** Told after each pass whose facts are durable. */
  readonly onPass: (facts: readonly Fact[], changes: Changes) => void;
  /** Told when the store cannot keep facts, and (null) when it can again. */
  readonly onTrouble: (message: string | null) => void;
}

export type CommandResult =
  | { readonly kind: 'done'; readonly outcome: Outcome }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

interface Waiting {
  readonly command: Command;
  readonly answer: (result: CommandResult) => void;
}

/** Least time between two passes while they follow each other; at once when idle. While the store writes, inputs gather. */
const passInterval = 2;
const storeRetryInterval = 1000;

/**
 * The loop around the pure core: gathers commands and reports, makes facts of them in passes, and
 * lets effects, answers and listeners wait until the facts are durable.
 */
export class Engine {
  readonly state = new FarmState();
  private commands: Waiting[] = [];
  private reports: Report[] = [];
  private busy = false;
  private scheduled = false;
  private lastPass = -Infinity;
  private stopped = false;
  private idle: (() => void)[] = [];

  constructor(private readonly ports: EnginePorts) {}

  /** Rebuilds the state from the store. */
  async load(): Promise<void> {
    await this.ports.store.load((fact) => reduce(this.state, fact, noChanges()));
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
    while (this.busy || this.scheduled) await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  private wake(): void {
    if (this.busy || this.scheduled) return;
    this.scheduled = true;
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
    const pass = new Pass(this.state, this.ports);
    const answers = this.commands
      .splice(0)
      .map(({ command, answer }) => ({ answer, result: pass.command(command) }));
    for (const report of this.reports.splice(0)) pass.report(report);
    pass.finish();

    if (pass.facts.length > 0) {
      const durable = await this.remember(pass.facts, (message) => {
        const refusal = refused(
          'failed',
          `Drover could not save this: ${message}. It goes on trying; look at the queue before you repeat it.`,
        );
        for (const { answer } of answers.splice(0)) answer(refusal);
      });
      if (!durable) return this.rest();
    }
    for (const { answer, result } of answers) answer(result);
    for (const effect of pass.effects) this.ports.effects.perform(effect);
    if (pass.facts.length > 0) this.ports.onPass(pass.facts, pass.changes);

    this.rest();
  }

  private rest(): void {
    this.busy = false;
    for (const resolve of this.idle.splice(0)) resolve();
    if (this.commands.length + this.reports.length > 0) this.wake();
  }

  /** Nothing may follow from facts that are not on disk, so this does not give up before a stop. */
  private async remember(facts: readonly Fact[], onFailure: (message: string) => void): Promise<boolean> {
    let failures = 0;
    for (;;) {
      try {
        await this.ports.store.append(facts);
        if (failures > 0) this.ports.onTrouble(null);
        return true;
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        if (failures++ === 0) this.ports.onTrouble(message);
        onFailure(message);
        if (this.stopped) return false;
        await new Promise<void>((resolve) => this.ports.clock.after(storeRetryInterval, resolve));
      }
    }
  }
}

/** One round: gathered commands and reports in, facts and effects out. */
class Pass {
  readonly facts: Fact[] = [];
  readonly effects: Effect[] = [];
  readonly changes: Changes = noChanges();
  private readonly at: number;

  constructor(
    private readonly state: FarmState,
    private readonly ports: EnginePorts,
  ) {
    this.at = ports.clock.now();
  }

  command(command: Command): CommandResult {
    const decision = decide(this.state, command, this.at);
    if (decision.kind === 'refused') return decision;
    for (const fact of decision.facts) this.add(fact);
    return { kind: 'done', outcome: decision.outcome };
  }

  report(report: Report): void {
    for (const fact of react(this.state, report, this.at)) this.add(fact);
    if (report.kind !== 'nodeUp') return;
    const node = this.state.nodes.get(report.node);
    if (node === undefined) return;
    this.effects.push({ kind: 'reconcile', node: node.id, orders: [...node.attempts].map(order) });
    for (const live of node.attempts) {
      if (live.step.job.cancelled)
        this.effects.push({ kind: 'stopAttempt', node: node.id, attempt: live.id });
    }
  }

  finish(): void {
    schedule(this.state, this.at, this.ports.ids, (fact) => this.add(fact));
    for (const id of this.changes.batches) {
      const batch = this.state.batches.get(id);
      if (batch === undefined || batch.ended !== null) continue;
      if (countOf(batch.counts, 'QUEUED') + countOf(batch.counts, 'RUNNING') > 0) continue;
      this.add({ kind: 'batchEnded', at: this.at, id, state: finalState(batch) });
    }
  }

  private add(fact: Fact): void {
    reduce(this.state, fact, this.changes);
    this.facts.push(fact);
    this.effects.push(...this.effectsOf(fact));
  }

  private effectsOf(fact: Fact): readonly Effect[] {
    switch (fact.kind) {
      case 'taskAssigned': {
        const live = this.state.attempts.get(fact.attempt);
        return live === undefined ? [] : [{ kind: 'startAttempt', order: order(live) }];
      }
      case 'jobCancelled':
        return [...this.state.attempts.values()]
          .filter((live) => live.step.job.id === fact.job)
          .map((live) => ({ kind: 'stopAttempt', node: live.node.id, attempt: live.id }));
      case 'batchEnded':
        return [{ kind: 'batchEnded', batch: fact.id }];
      case 'batchSubmitted':
      case 'jobRetried':
      case 'nodeSeen':
      case 'nodeStateChanged':
      case 'attemptFinished':
        return [];
    }
  }
}

function order(live: LiveAttempt): Order {
  const { step, task, id, node } = live;
  const { batch } = step.job;
  return {
    attempt: id,
    node: node.id,
    batch: batch.id,
    batchName: batch.batch.name,
    job: step.job.job.name,
    step: step.step,
    task,
    output: batch.output,
  };
}

function refused(code: Refusal['code'], message: string): CommandResult {
  return { kind: 'refused', refusal: { code, message } };
}
