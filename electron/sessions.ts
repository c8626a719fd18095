/** Ends the sessions that nodes keep for steps, when nobody needs them any more. */
import type { NodeId } from '../shared/model/ids';
import { countOf } from './engine/counts';
import type { Order } from './engine/effects';
import type { Fact } from './engine/facts';
import type { Changes } from './engine/reduce/changes';
import type { FarmState, StepRecord } from './engine/state';
import { sessionKey } from './nodes/session';

export interface SessionsOptions {
  readonly host: string;
  readonly state: () => FarmState;
  readonly leave: (node: NodeId, session: string) => void;
}

/** A session ends on its node when it stands empty for a while; this only makes that quicker. */
export class Sessions {
  private readonly nodes = new Map<StepRecord, Set<NodeId>>();

  constructor(private readonly options: SessionsOptions) {}

  started({ attempt, node, step }: Order): void {
    if (step.environments.length === 0) return;
    const live = this.options.state().attempts.get(attempt);
    if (live !== undefined) this.add(live.step, node);
  }

  /** A node has told that it has this session: perhaps it is of a step that has ended meanwhile. */
  found(node: NodeId, session: string): void {
    const step = this.stepOf(session);
    if (step === null || isOver(step) || this.isAside(node)) this.options.leave(node, session);
    else this.add(step, node);
  }

  note(facts: readonly Fact[], changes: Changes): void {
    for (const step of changes.tasks.stepsTouched()) {
      const nodes = this.nodes.get(step);
      if (nodes === undefined || !isOver(step)) continue;
      for (const node of nodes) this.leave(step, node);
    }
    for (const fact of facts) {
      if (fact.kind !== 'nodeRemoved' && fact.kind !== 'nodeStateChanged') continue;
      if (fact.kind === 'nodeStateChanged' && fact.state !== 'MAINTENANCE') continue;
      for (const [step, nodes] of this.nodes) if (nodes.has(fact.node)) this.leave(step, fact.node);
    }
  }

  private add(step: StepRecord, node: NodeId): void {
    const nodes = this.nodes.get(step);
    if (nodes === undefined) this.nodes.set(step, new Set([node]));
    else nodes.add(node);
  }

  private leave(step: StepRecord, node: NodeId): void {
    const nodes = this.nodes.get(step);
    nodes?.delete(node);
    if (nodes?.size === 0) this.nodes.delete(step);
    this.options.leave(node, this.keyOf(step));
  }

  private isAside(node: NodeId): boolean {
    return (this.options.state().nodes.get(node)?.setAside ?? null) !== null;
  }

  private stepOf(session: string): StepRecord | null {
    for (const { steps } of this.options.state().jobs.values()) {
      const step = steps.find((one) => one.step.environments.length > 0 && this.keyOf(one) === session);
      if (step !== undefined) return step;
    }
    return null;
  }

  private keyOf({ job, step }: StepRecord): string {
    return sessionKey(this.options.host, { batch: job.batch.id, job: job.job.name, step });
  }
}

/** Nothing of it runs, and nothing will unless a person wishes it. */
function isOver({ counts, job }: StepRecord): boolean {
  if (countOf(counts, 'RUNNING') > 0) return false;
  return job.cancelled || countOf(counts, 'QUEUED') + countOf(counts, 'PENDING') === 0;
}
