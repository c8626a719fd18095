/** What could be changed so that a task of a step starts, the cheapest first. Whether it helps is for trying. */
import type { FarmChange } from '../../../shared/model/farm-change';
import { choicesIn, unmetRequirement } from '../../../shared/model/requirements';
import { nodeSettings } from '../../../shared/model/settings';
import { priorities } from '../../../shared/model/states';
import { isJob, nameOf } from '../dependencies/edges';
import { edgesBefore, edgeState } from '../dependencies/readiness';
import type { RequestClass } from '../resources/classes';
import { dimensions } from '../resources/vector';
import { sharedLimit, tenantLimit, userLimit } from '../schedule/limits';
import { isAvoided } from '../resources/avoids';
import { scoreOf } from '../schedule/order';
import type { Edge, FarmState, JobRecord, NodeRecord, StepRecord } from '../state';

/** Of one kind no more are tried than this. */
const mostOfAKind = 3;
/** What is needed may not be enough, when others in the same line come first. */
const raises = [1, 4, 16];

export interface Waiting {
  readonly state: FarmState;
  readonly step: StepRecord;
  readonly requestClass: RequestClass;
  /** No node could ever run it as it is. */
  readonly isTooLarge: boolean;
  readonly at: number;
}

export function candidates(waiting: Waiting): readonly FarmChange[] {
  return [
    release,
    nodesBack,
    bypasses,
    higherLimits,
    freedRoom,
    priority,
    smaller,
    labels,
    cancelled,
    oneMoreNode,
  ].flatMap((find) => find(waiting));
}

/** The class of the tasks that wait: those that need more after they ran out of memory only where there are no others. */
export function waitingClass(step: StepRecord): RequestClass {
  const [larger] = step.queuedLarger.keys();
  return step.queued.size > 0 ? step.requestClass : (larger ?? step.requestClass);
}

function release({ step: { job } }: Waiting): readonly FarmChange[] {
  return job.held === null ? [] : [{ kind: 'release', ...ofJob(job) }];
}

function nodesBack(waiting: Waiting): readonly FarmChange[] {
  const able = [...waiting.state.nodes.values()].filter(
    (node) => mayUse(waiting, node) && couldFit(waiting, node),
  );
  const aside = able.filter(({ state }) => state === 'MAINTENANCE').slice(0, mostOfAKind);
  const away = able.filter(({ state }) => state === 'OFFLINE' || state === 'ERROR').slice(0, mostOfAKind);
  return [
    ...aside.map((node): FarmChange => ({ kind: 'takeBack', ...ofNode(node) })),
    ...away.map((node): FarmChange => ({ kind: 'nodeBack', ...ofNode(node) })),
  ];
}

function bypasses({ step }: Waiting): readonly FarmChange[] {
  return edgesBefore(step)
    .filter((edge) => ['PENDING', 'FAILED'].includes(edgeState(edge)))
    .slice(0, mostOfAKind)
    .map((edge) => ({ kind: 'bypass', edge: edge.id, what: whatOf(edge) }));
}

function whatOf({ from, spec: { relation } }: Edge): string {
  if (from !== null) return isJob(from) ? from.job.name : nameOf(from);
  if (relation.type !== 'TEMPORAL') return relation.type;
  return relation.rule.kind === 'window'
    ? `its window, ${relation.rule.window.opens} to ${relation.rule.window.closes}`
    : 'its time';
}

function higherLimits({ state, step, requestClass }: Waiting): readonly FarmChange[] {
  const limit =
    userLimit(state, step) ??
    tenantLimit(state, step.job.batch.tenant, requestClass) ??
    sharedLimit(state, requestClass);
  if (limit === null) return [];
  // A name that nobody has given an amount is a lock, and two at once would defeat it; but who needs more than one of it holds no lock.
  const isLock = limit.of === 'farm' && !(limit.name in state.settings.shared) && limit.needed <= limit.most;
  if (isLock) return [];
  return raises.map((times) => ({ kind: 'raise', limit, to: limit.used + times * limit.needed }));
}

function freedRoom(waiting: Waiting): readonly FarmChange[] {
  const found: FarmChange[] = [];
  for (const { id, node } of waiting.state.reservations.values()) {
    const record = waiting.state.nodes.get(node);
    if (record !== undefined && mayUse(waiting, record) && couldFit(waiting, record))
      found.push({ kind: 'unreserve', reservation: id, ...ofNode(record) });
  }
  return found.slice(0, mostOfAKind);
}

function priority({ step: { job } }: Waiting): readonly FarmChange[] {
  return priorities
    .slice(priorities.indexOf(job.priority) + 1)
    .map((to) => ({ kind: 'priority', ...ofJob(job), to }));
}

/** Down to the most that is free where all else fits; of what no node has, to the most that one has. */
function smaller(waiting: Waiting): readonly FarmChange[] {
  const { state, step, requestClass, isTooLarge } = waiting;
  if (requestClass !== step.requestClass) return [];
  const found: FarmChange[] = [];
  for (const [at, { name, scale }] of dimensions.entries()) {
    const need = requestClass.vector[at] ?? 0;
    if (need === 0 || (name !== 'cpu' && name !== 'memoryMiB')) continue;
    let most = 0;
    for (const node of state.nodes.values()) {
      if (node.state !== 'ONLINE' || !mayUse(waiting, node)) continue;
      const has = isTooLarge ? state.room.limitOf(node.index) : state.room.freeOf(node.index);
      const restFits = requestClass.vector.every((amount, i) => i === at || amount <= (has[i] ?? 0));
      if (restFits) most = Math.max(most, has[at] ?? 0);
    }
    if (most > 0 && most < need)
      found.push({ kind: 'smaller', amount: name, from: need / scale, to: most / scale });
  }
  return found;
}

/** Where the least is missing first. */
function labels(waiting: Waiting): readonly FarmChange[] {
  const { state, requestClass } = waiting;
  return [...state.nodes.values()]
    .filter((node) => node.state === 'ONLINE' && !mayUse(waiting, node) && couldFit(waiting, node))
    .flatMap((node) => {
      const change = missing(state, node, requestClass);
      const hasRoom = state.room.fits(node.index, requestClass.vector);
      return change === null
        ? []
        : [{ change, cost: change.add.length + change.remove.length + (hasRoom ? 0 : 100) }];
    })
    .toSorted((a, b) => a.cost - b.cost)
    .slice(0, mostOfAKind)
    .map(({ change }) => change);
}

function missing(
  state: FarmState,
  node: NodeRecord,
  { needs }: RequestClass,
): Extract<FarmChange, { kind: 'label' }> | null {
  const given = nodeSettings(state.settings, node.id).labels;
  const remove = needs.noneOf.filter((label) => node.labels.has(label));
  // What was found out about a node cannot be taken from it.
  if (remove.some((label) => !given.includes(label) || node.probedLabels.includes(label))) return null;
  const chosen = choicesIn(needs).flatMap((choice) =>
    choice.some((label) => node.labels.has(label)) ? [] : choice.slice(0, 1),
  );
  const add = [...new Set([...needs.allOf.filter((label) => !node.labels.has(label)), ...chosen])];
  const isInPool = needs.pools.length === 0 || needs.pools.some((pool) => node.pools.has(pool));
  return { kind: 'label', ...ofNode(node), add, remove, pool: isInPool ? null : (needs.pools[0] ?? null) };
}

/** The least urgent first, then what loses least. */
function cancelled(waiting: Waiting): readonly FarmChange[] {
  const { state, step, at } = waiting;
  const own = scoreOf(step, state.settings.order, at);
  const found = new Map<JobRecord, { score: number; running: number; lost: number }>();
  for (const live of state.attempts.values()) {
    const { job } = live.step;
    if (job === step.job || live.stopping !== null || !mayUse(waiting, live.node)) continue;
    const known = found.get(job) ?? {
      score: scoreOf(live.step, state.settings.order, at),
      running: 0,
      lost: 0,
    };
    known.running++;
    known.lost += at - live.assignedAt;
    found.set(job, known);
  }
  return [...found]
    .filter(([, { score }]) => score > own)
    .toSorted(([, a], [, b]) => b.score - a.score || a.lost - b.lost)
    .slice(0, mostOfAKind)
    .map(([job, { running }]) => ({
      kind: 'cancel',
      ...ofJob(job),
      batchName: job.batch.batch.name,
      running,
    }));
}

function oneMoreNode(waiting: Waiting): readonly FarmChange[] {
  const coresOf = ({ index }: NodeRecord): number => waiting.state.room.limitOf(index)[0] ?? 0;
  const [largest] = [...waiting.state.nodes.values()]
    .filter((node) => mayUse(waiting, node) && couldFit(waiting, node))
    .toSorted((a, b) => coresOf(b) - coresOf(a));
  return largest === undefined ? [] : [{ kind: 'addNode', ...ofNode(largest) }];
}

function mayUse({ state, requestClass }: Waiting, node: NodeRecord): boolean {
  return (
    unmetRequirement(requestClass.needs, node.labels, node.pools) === null &&
    !isAvoided(state, requestClass, node)
  );
}

function couldFit({ state, requestClass }: Waiting, node: NodeRecord): boolean {
  return state.room.couldEverFit(node.index, requestClass.vector);
}

const ofJob = ({ id, job }: JobRecord) => ({ job: id, jobName: job.name });
const ofNode = ({ id, name }: NodeRecord) => ({ node: id, nodeName: name });
