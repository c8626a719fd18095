/** Stopping less urgent work that allows it, for work that must not wait. */
import type { AttemptId } from '../../../shared/model/ids';
import { priorities } from '../../../shared/model/states';
import { width, type Vector } from '../resources/vector';
import type { FarmState, LiveAttempt, NodeRecord, StepRecord, TenantRecord } from '../state';
import type { RequestClass } from '../resources/classes';
import { lossOf } from '../saving';
import type { Candidates } from './candidates';
import { vectorOn, wouldSuit } from '../resources/placement';
import { owedToOthers, type KeptRoom } from './reservations';
import { isBelowGuarantee } from './shares';

/** Which attempts to stop so that a task of the step can start; empty: none, or it is being done already. */
export function victimsFor(
  state: FarmState,
  candidates: Candidates,
  taken: ReadonlyMap<number, readonly KeptRoom[]>,
  step: StepRecord,
  requestClass: RequestClass,
  at: number,
): readonly LiveAttempt[] {
  const claim = claimOf(state, step);
  if (claim === null) return [];
  let best: { readonly victims: readonly LiveAttempt[]; readonly lost: number } | null = null;
  for (const node of state.nodeList) {
    if (node.state !== 'ONLINE' || !candidates.mayUse(requestClass, node)) continue;
    const owed = owedToOthers(state, taken.get(node.index) ?? [], node, step, at);
    if (owed === null) continue;
    const found = onNode(state, node, owed, step, requestClass, claim, at);
    if (found === 'underWay') return [];
    if (found !== null && (best === null || found.lost < best.lost)) best = found;
  }
  return best?.victims ?? [];
}

/** Why it may push others aside; null: it may not. */
type Claim = 'urgent' | 'guaranteed';
function claimOf(state: FarmState, { job }: StepRecord): Claim | null {
  if (isBelowGuarantee(state, job.batch.tenant)) return 'guaranteed';
  return job.priority === 'CRITICAL' ? 'urgent' : null;
}

function mayBeStopped(live: LiveAttempt, step: StepRecord, claim: Claim): boolean {
  if (!live.step.step.preemptible || live.step.job === step.job) return false;
  if (claim === 'guaranteed') return live.step.job.batch.tenant !== step.job.batch.tenant;
  return priorities.indexOf(live.step.job.priority) < priorities.indexOf(step.job.priority);
}

function onNode(
  state: FarmState,
  node: NodeRecord,
  owed: Int32Array,
  step: StepRecord,
  requestClass: RequestClass,
  claim: Claim,
  at: number,
): { readonly victims: readonly LiveAttempt[]; readonly lost: number } | 'underWay' | null {
  const vector = vectorOn(state, node, requestClass);
  const missing = Int32Array.from(vector);
  const gone = new Set<AttemptId>();
  const free = state.room.freeOf(node.index);
  for (let i = 0; i < width; i++)
    missing[i] = (vector[i] ?? 0) === 0 ? 0 : (vector[i] ?? 0) + (owed[i] ?? 0) - (free[i] ?? 0);
  const isEnough = (): boolean =>
    missing.every((amount) => amount <= 0) && wouldSuit(state, node, requestClass, gone);
  const lost = new Map<TenantRecord, Vector>();
  const lostWith = ({ step: { job }, held }: LiveAttempt): Vector =>
    held.map((amount, i) => amount + (lost.get(job.batch.tenant)?.[i] ?? 0));
  const give = (live: LiveAttempt): void => {
    gone.add(live.id);
    lost.set(live.step.job.batch.tenant, lostWith(live));
    for (let i = 0; i < width; i++) missing[i] = (missing[i] ?? 0) - (live.held[i] ?? 0);
  };
  const running = state.attempts.on(node);
  for (const live of running) if (live.stopping !== null) give(live);
  if (isEnough()) return 'underWay';
  const victims: LiveAttempt[] = [];
  let time = 0;
  const possible = running
    .filter((live) => live.stopping === null && mayBeStopped(live, step, claim))
    .toSorted((a, b) => lossOf(a, at) - lossOf(b, at));
  for (const live of possible) {
    const { tenant } = live.step.job.batch;
    // Who is left with less than was promised would take it back at once.
    if (tenant !== step.job.batch.tenant && isBelowGuarantee(state, tenant, lostWith(live))) continue;
    victims.push(live);
    time += lossOf(live, at);
    give(live);
    if (isEnough()) return { victims, lost: time };
  }
  return null;
}
