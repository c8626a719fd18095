import { unmetRequirement } from '../../../shared/model/requirements';
import { reasonKey, type NodeReason, type Verdict } from '../../../shared/model/verdict';
import { countOf, totalOf } from '../counts';
import { isJob, jobOf } from '../dependencies/edges';
import { edgesBefore, edgeState } from '../dependencies/readiness';
import { isAvoided } from '../resources/avoids';
import { whatIsShort, whatIsTooSmall } from '../resources/kinds';
import type { RequestClass } from '../resources/classes';
import type { Scheduler } from '../schedule/scheduler';
import { jobLimit, sharedLimit, tenantLimit, userLimit } from '../schedule/limits';
import { keptRoom, leavesRoom, type KeptRoom } from '../schedule/reservations';
import type { Edge, FarmState, JobRecord, NodeRecord, StepRecord } from '../state';

/** Why the waiting tasks of a job do not run now; empty when none waits. The same tests as the scheduler's. */
export function explain(scheduler: Scheduler, job: JobRecord, at: number): readonly Verdict[] {
  const verdicts = new Map<string, Verdict>();
  for (const step of job.steps) {
    for (const verdict of explainStep(scheduler, step, at)) verdicts.set(JSON.stringify(verdict), verdict);
  }
  return [...verdicts.values()];
}

export function explainStep(scheduler: Scheduler, step: StepRecord, at: number): readonly Verdict[] {
  const pending = countOf(step.counts, 'PENDING');
  const queued = countOf(step.counts, 'QUEUED');
  if (pending + queued === 0) return [];
  const { held } = step.job;
  if (held !== null) return [{ kind: 'held', by: held.by, why: held.why }];
  const found: Verdict[] = [];
  if (pending > 0) {
    for (const edge of edgesBefore(step)) found.push(...explainEdge(edge));
    if (step.waits.size > 0)
      found.push({ kind: 'triedAgain', tasks: step.waits.size, at: Math.min(...step.waits.values()) });
  }
  if (queued > 0) found.push(...explainQueued(scheduler, step, at));
  return found;
}

function explainEdge(edge: Edge): readonly Verdict[] {
  const state = edgeState(edge);
  if (state === 'SATISFIED' || state === 'BYPASSED') return [];
  const { relation } = edge.spec;
  if (relation.type === 'TEMPORAL') {
    const { rule } = relation;
    if (rule.kind === 'notBefore') return [{ kind: 'notYet', what: 'does not start before', at: rule.at }];
    if (rule.kind === 'window') {
      const what = `window opens ${rule.window.opens} ${rule.window.timeZone}`;
      return [{ kind: 'notYet', what, at: null }];
    }
    if (edge.endedAt !== null)
      return [
        {
          kind: 'notYet',
          what: 'waits after the work before it until',
          at: edge.endedAt + rule.milliseconds,
        },
      ];
  }
  const { from } = edge;
  if (from === null) return [];
  const jobName = jobOf(from).job.name;
  const named = { job: jobOf(from).id, jobName };
  if (relation.type === 'CONDITIONAL' && relation.condition.kind !== 'completed') {
    const { condition } = relation;
    const what =
      condition.kind === 'value'
        ? `${condition.name} ${condition.is} ${condition.than} has ${state === 'FAILED' ? 'not ' : ''}been reported`
        : condition.kind === 'exitCode'
          ? `its tasks ${state === 'FAILED' ? 'did not end' : 'have ended'} with ${condition.codes.join(' or ')}`
          : condition.kind === 'failed'
            ? `${state === 'FAILED' ? 'nothing' : 'something'} has failed`
            : 'everything has ended';
    return [{ kind: 'condition', what, jobName, failed: state === 'FAILED' }];
  }
  if (relation.type === 'DATA' && edge.resolved === 'FAILED')
    return [{ kind: 'condition', what: edge.reason ?? 'files are missing', jobName, failed: true }];
  const { counts } = from;
  const failed = countOf(counts, 'FAILED') + countOf(counts, 'CANCELLED');
  const open = totalOf(counts) - countOf(counts, 'COMPLETED') - failed;
  if (state === 'FAILED' || (open === 0 && edge.mapping !== null))
    return [{ kind: 'upstreamFailed', ...named, failed }];
  return [{ kind: 'waitsFor', ...named, step: isJob(from) ? null : from.step.name, open: open + failed }];
}

function explainQueued(scheduler: Scheduler, step: StepRecord, at: number): readonly Verdict[] {
  const { state } = scheduler;
  const classes = [...(step.queued.size > 0 ? [step.requestClass] : []), ...step.queuedLarger.keys()];
  const found: Verdict[] = [];
  for (const requestClass of classes) {
    const limit =
      jobLimit(step) ??
      userLimit(state, step) ??
      tenantLimit(state, step.job.batch.tenant, requestClass) ??
      sharedLimit(state, requestClass);
    if (limit !== null) found.push({ kind: 'limit', limit });
    else found.push(...explainNodes(scheduler, step, requestClass, at));
  }
  return found;
}

function explainNodes(
  scheduler: Scheduler,
  step: StepRecord,
  requestClass: RequestClass,
  at: number,
): readonly Verdict[] {
  const { state } = scheduler;
  if (state.nodes.size === 0) return [{ kind: 'noNodes' }];
  const reasons = reasonsOfNodes(state, step, requestClass, at);
  if (reasons.some(({ reason }) => reason === null))
    return [{ kind: 'othersFirst', steps: Math.max(0, scheduler.queues.placeOf(step)) }];
  const grouped = groupReasons(
    reasons.flatMap(({ node, reason }) => (reason === null ? [] : [{ node, reason }])),
  );
  const isForGood = reasons.every(({ reason }) => reason !== null && neverPasses.has(reason.kind));
  return isForGood ? [{ kind: 'tooLarge', request: requestClass.request, what: grouped }] : grouped;
}

/** For each node what stands against it; null: nothing. */
export function reasonsOfNodes(
  state: FarmState,
  step: StepRecord,
  requestClass: RequestClass,
  at: number,
): readonly { readonly node: NodeRecord; readonly reason: NodeReason | null }[] {
  const kept = keptRoom(state);
  return [...state.nodes.values()].map((node) => {
    return {
      node,
      reason:
        whyNot(state, node, requestClass) ??
        whyReserved(state, kept.get(node.index) ?? [], node, step, requestClass, at),
    };
  });
}

/** What stands against a node, as far as the node goes; null: nothing. */
export function whyNot(state: FarmState, node: NodeRecord, requestClass: RequestClass): NodeReason | null {
  // What is too small stays so when there is room, and when the node is back.
  return (
    whyNever(state, node, requestClass) ??
    whyAway(node) ??
    (isAvoided(state, requestClass, node) ? { kind: 'avoided' } : null) ??
    whatIsShort(state, node, requestClass)
  );
}

/** What stands against a node for good; null: nothing, or it has never told what it has. */
export function whyNever(state: FarmState, node: NodeRecord, requestClass: RequestClass): NodeReason | null {
  if (hasNeverTold(node)) return null;
  const unmet = unmetRequirement(requestClass.needs, node.labels, node.pools);
  if (unmet !== null) return { kind: 'requirement', text: unmet };
  return whatIsTooSmall(state, node, requestClass);
}

const neverPasses: ReadonlySet<NodeReason['kind']> = new Set(['requirement', 'tooSmall', 'tooFew']);

export const hasNeverTold = ({ state, capacity }: NodeRecord): boolean =>
  state !== 'ONLINE' && capacity.cpu === 0;

export function whyAway({ state, reason }: NodeRecord): NodeReason | null {
  return state === 'ONLINE' ? null : { kind: 'state', state, reason };
}

function whyReserved(
  state: FarmState,
  kept: readonly KeptRoom[],
  node: NodeRecord,
  step: StepRecord,
  requestClass: RequestClass,
  at: number,
): NodeReason | null {
  if (leavesRoom(state, kept, node, step, requestClass, at)) return null;
  const first = kept[0]?.reservation;
  const holder =
    first === undefined
      ? ''
      : first.holder.kind === 'tenant'
        ? `tenant ${first.holder.tenant}`
        : `job ${first.holder.job}`;
  return { kind: 'reserved', holder };
}

const mostNames = 3;

/** One verdict for all nodes with the same reason; of amounts, the largest counts. */
export function groupReasons(
  reasons: readonly { readonly node: NodeRecord; readonly reason: NodeReason }[],
): readonly Verdict[] {
  const groups = new Map<string, { reason: NodeReason; nodes: NodeRecord[] }>();
  for (const { node, reason } of reasons) {
    const key = reasonKey(reason);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { reason, nodes: [node] });
    else {
      group.nodes.push(node);
      if ('largest' in group.reason && 'largest' in reason && reason.largest > group.reason.largest)
        group.reason = reason;
    }
  }
  return [...groups.values()]
    .toSorted((a, b) => b.nodes.length - a.nodes.length)
    .map(({ reason, nodes }) => ({
      kind: 'nodes',
      reason,
      count: nodes.length,
      names: nodes.slice(0, mostNames).map(({ name }) => name),
    }));
}
