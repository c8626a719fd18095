import type { AttemptId, EdgeId, NodeId } from '../../../shared/model/ids';
import type { Command } from '../commands';
import { orderFor, type Effect } from '../effects';
import { Engine, type CommandResult } from '../engine';
import type { Fact } from '../facts';
import type { Clock, Store } from '../ports';
import type { Report, ReportOf } from '../reports';
import { filesAreThere } from './behaviour';
import { Link } from './link';
import type { Machine } from './machine';
import type { Random } from './random';
import type { Timeline } from './timeline';
import type { Wire } from './wire';

export interface HostPorts {
  readonly seed: number;
  readonly timeline: Timeline;
  readonly random: Random;
  readonly now: () => number;
  readonly store: Store;
  readonly machines: readonly (readonly [Machine, Wire])[];
  /** So many Hosts were there before. */
  readonly turn: number;
  readonly factsBetweenSnapshots: number;
  readonly onEffect: (effect: Effect) => void;
  readonly onDeath: () => void;
}

const mostKept = 40;

/** A Host: the engine with its links, all of which is gone when it dies. */
export class SimulatedHost {
  isAlive = true;
  readonly engine: Engine;
  readonly links = new Map<NodeId, Link>();
  /** Set: it dies after so many effects. */
  effectsLeft: number | null = null;
  /** What has been reported lately, for those who say things twice. */
  private readonly told: Report[] = [];
  private attempts = 0;

  constructor(private readonly ports: HostPorts) {
    const { timeline, store, turn, factsBetweenSnapshots } = ports;
    const clock: Clock = {
      now: ports.now,
      after: (milliseconds, call) =>
        timeline.after(Math.ceil(milliseconds), () => {
          if (this.isAlive) call();
        }),
    };
    const ids = { attempt: () => `a-${turn}-${++this.attempts}` as const };
    this.engine = new Engine(
      {
        store,
        clock,
        ids,
        effects: { perform: (effect) => this.perform(effect) },
        outputFor: (id) => `/output/${id}`,
        onPass: (facts) => this.followNodes(facts),
        onTrouble: () => {},
      },
      factsBetweenSnapshots,
    );
  }

  async open(): Promise<void> {
    await this.engine.load();
    for (const { id, name, kind } of this.engine.state.nodes.values())
      this.report({
        kind: 'nodeDown',
        node: id,
        name,
        nodeKind: kind,
        state: 'STARTING',
        reason: 'it is being connected',
      });
    const [own] = this.ports.machines;
    if (own !== undefined) this.connect(own[0].id);
    for (const { id, address } of this.engine.state.nodes.values()) if (address !== null) this.connect(id);
  }

  command(command: Command, answered: (result: CommandResult) => void): void {
    void this.engine.command(command).then((result) => {
      if (this.isAlive) answered(result);
    });
  }

  /** Says again what was said before; of nodes only that they are there. */
  echo(which: number): void {
    const report = this.told[Math.floor(which * this.told.length)];
    if (report !== undefined) this.report(report);
  }

  die(): void {
    this.isAlive = false;
  }

  private connect(node: NodeId): void {
    const { timeline, random, turn, machines } = this.ports;
    const [machine, wire] = machines.find(([{ id }]) => id === node) ?? [];
    if (machine === undefined || wire === undefined || this.links.has(node)) return;
    const link = new Link({
      machine,
      wire,
      timeline,
      random: random.fork(`link ${node} ${turn} ${timeline.happened}`),
      isAlive: () => this.isAlive,
      report: (report) => this.report(report),
      onSaved: (attempt) => this.saved(attempt, null),
    });
    this.links.set(node, link);
    link.open();
  }

  /** Connects nodes that were added, and lets go of those that were removed. */
  private followNodes(facts: readonly Fact[]): void {
    for (const fact of facts) {
      if (fact.kind === 'nodeAdded' && this.engine.state.nodes.has(fact.node)) this.connect(fact.node);
      if (fact.kind !== 'nodeRemoved') continue;
      this.links.get(fact.node)?.close();
      this.links.delete(fact.node);
    }
  }

  private report(report: Report): void {
    if (!this.isAlive) return;
    if (report.kind !== 'nodeDown' && report.kind !== 'nodeUp' && report.kind !== 'reconciled') {
      this.told.push(report);
      if (this.told.length > mostKept) this.told.shift();
    }
    this.engine.report(report);
    if (report.kind === 'valueReported') this.noticeSaved(report);
  }

  /** What tells a value has saved its work as well; a high one, that what it had saved before is of no use. */
  private noticeSaved({ attempt, value }: ReportOf<'valueReported'>): void {
    const live = this.engine.state.attempts.get(attempt);
    if (live === undefined) return;
    const { step, task } = live;
    const where = { job: step.job.id, step: step.index, task };
    const saved = step.saved.get(task);
    if (value > 7 && saved !== undefined) {
      const checkpoint = { id: saved.checkpoint, ...where };
      return this.report({ kind: 'checkpointBroken', checkpoint, reason: 'it is cut short', newest: null });
    }
    this.saved(attempt, value);
  }

  private saved(attempt: AttemptId, at: number | null): void {
    const live = this.engine.state.attempts.get(attempt);
    if (live === undefined) return;
    const { step, task, node } = live;
    const where = { job: step.job.id, step: step.index, task, attempt, node: node.id } as const;
    const made = { name: 'state', folder: '/out', files: [], madeAt: this.ports.now(), at, parent: null };
    this.report({ kind: 'checkpointFound', checkpoint: { ...where, type: 'FULL', ...made } });
  }

  private perform(effect: Effect): void {
    if (!this.isAlive) return;
    if (this.effectsLeft !== null && this.effectsLeft-- <= 0) {
      this.ports.onDeath();
      return;
    }
    this.ports.onEffect(effect);
    switch (effect.kind) {
      case 'startAttempt':
        return this.links.get(effect.live.node.id)?.start(orderFor(effect.live));
      case 'saveAttempt':
        return this.links.get(effect.node)?.save(effect.attempt);
      case 'stopAttempt':
        return this.links.get(effect.node)?.stop(effect.attempt);
      case 'reconcile':
        return this.links.get(effect.node)?.reconcile(effect.orders);
      case 'lookForFiles':
        return this.lookForFiles(effect.edge);
      case 'batchEnded':
    }
  }

  private lookForFiles(edge: EdgeId): void {
    const { timeline, seed, random } = this.ports;
    timeline.after(random.whole(1, 5000), () => {
      if (filesAreThere(seed, edge)) {
        const files = [{ path: `/output/${edge}`, bytes: 1, hash: '00' }];
        this.report({ kind: 'filesLookedFor', edge, files, problem: null });
      } else {
        this.report({ kind: 'filesLookedFor', edge, files: [], problem: 'a file is missing' });
      }
    });
  }
}
