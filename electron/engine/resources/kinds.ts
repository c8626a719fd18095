/**
 * One interface for all kinds of resources of a node: whether a request can be given now, how much is
 * there and in use, and how that stands. The scheduler and the verdicts ask the same questions here.
 */
import type { AmountName } from '../../../shared/model/amounts';
import { nodeSettings } from '../../../shared/model/settings';
import type { ResourceHealth, ResourceKind, ResourceUsage } from '../../../shared/model/resource-usage';
import type { NodeReason } from '../../../shared/model/verdict';
import type { FarmState, NodeRecord } from '../state';
import type { RequestClass } from './classes';
import { freeSpecial, isTakenWhole, place } from './placement';
import { dimensions } from './vector';

/** In use on a node as measured; null: not known. */
export interface Measured {
  readonly cpu: number | null;
  readonly memoryMiB: number | null;
}
const notMeasured: Measured = { cpu: null, memoryMiB: null };

interface Manager {
  readonly kind: ResourceKind;
  /** What stands against giving this now; null: nothing. */
  check(state: FarmState, node: NodeRecord, requestClass: RequestClass): NodeReason | null;
  usage(state: FarmState, node: NodeRecord, measured: Measured): readonly ResourceUsage[];
}

function tooSmall(
  state: FarmState,
  node: NodeRecord,
  { vector }: RequestClass,
  index: number,
): NodeReason | null {
  const { name, scale } = dimensions[index] ?? dimensions[0];
  const need = vector[index] ?? 0;
  const limit = state.room.limitOf(node.index)[index] ?? 0;
  return need > limit ? { kind: 'tooSmall', amount: name, need: need / scale, largest: limit / scale } : null;
}

function amountOf(kind: ResourceKind, index: number, more: Manager['check'] = () => null): Manager {
  const { name, scale } = dimensions[index] ?? dimensions[0];
  return {
    kind,
    check(state, node, requestClass) {
      const need = requestClass.vector[index] ?? 0;
      if (need === 0) return more(state, node, requestClass);
      const small = tooSmall(state, node, requestClass, index);
      if (small !== null) return small;
      const free = Math.max(0, state.room.freeOf(node.index)[index] ?? 0);
      if (need > free) return { kind: 'noRoom', amount: name, need: need / scale, largest: free / scale };
      return more(state, node, requestClass);
    },
    usage(state, node, measured) {
      const limit = (state.room.limitOf(node.index)[index] ?? 0) / scale;
      const free = (state.room.freeOf(node.index)[index] ?? 0) / scale;
      const used = name === 'cpu' || name === 'memoryMiB' ? measured[name] : null;
      const capacity = node.capacity[name];
      return [usageFrom(state, node, { kind, name, capacity, limit, held: limit - free, used })];
    },
  };
}

type Sums = Omit<ResourceUsage, 'free' | 'efficiency' | 'health'>;

function usageFrom(state: FarmState, node: NodeRecord, amounts: Omit<Sums, 'softLimit'>): ResourceUsage {
  const softLimit = amounts.limit * nodeSettings(state.settings, node.id).softLimit;
  return usageOf({ ...amounts, softLimit });
}

function usageOf(sums: Sums): ResourceUsage {
  const { limit, held, softLimit, used } = sums;
  return {
    ...sums,
    free: limit - held,
    efficiency: used === null || held <= 0 ? null : used / held,
    health: healthOf(held, softLimit, limit),
  };
}

function healthOf(held: number, softLimit: number, limit: number): ResourceHealth {
  if (held > limit) return 'overdrawn';
  if (limit > 0 && held === limit) return 'full';
  return held > softLimit ? 'above soft limit' : 'ok';
}

/** Cores of its own, the node for itself, or single devices: there may be enough in all, and none for it. */
const placeable =
  (
    concerns: (requestClass: RequestClass) => boolean,
    text: (requestClass: RequestClass) => string,
  ): Manager['check'] =>
  (_state, node, requestClass) =>
    !concerns(requestClass) || place(node, requestClass) !== null
      ? null
      : { kind: 'noDevice', text: text(requestClass) };

const managers: readonly Manager[] = [
  amountOf(
    'CPU',
    0,
    placeable(
      ({ request }) => request.cores !== 'shared' && request.gpu === 0,
      ({ request }) =>
        request.cores === 'exclusive'
          ? 'needs a node of its own, and others run here'
          : 'has not enough cores that nobody is bound to',
    ),
  ),
  amountOf('MEMORY', 1),
  amountOf(
    'GPU',
    2,
    placeable(
      ({ request }) => request.gpu > 0,
      ({ request }) =>
        request.cores === 'shared'
          ? 'has no single GPU with enough left'
          : 'has no such cores and GPU together',
    ),
  ),
  amountOf('STORAGE', 3),
  amountOf('NETWORK', 4),
  {
    kind: 'SPECIALIZED',
    check(state, node, { special }) {
      const missing = special.find(
        ([name, need]) => state.ownNames.has(name) && freeSpecial(node, name) < need,
      );
      return missing === undefined ? null : { kind: 'named', name: missing[0], need: missing[1] };
    },
    usage(state, node) {
      return Object.entries(node.capacity.special).map(([name, capacity]) =>
        usageFrom(state, node, {
          kind: 'SPECIALIZED',
          name,
          capacity,
          limit: capacity,
          held: node.special.get(name) ?? 0,
          used: null,
        }),
      );
    },
  },
];

/** The first amount of which the node will never have enough; null: of all it will. */
export function whatIsTooSmall(
  state: FarmState,
  node: NodeRecord,
  requestClass: RequestClass,
): NodeReason | null {
  for (const index of dimensions.keys()) {
    const reason = tooSmall(state, node, requestClass, index);
    if (reason !== null) return reason;
  }
  return requestClass.isPlain
    ? null
    : (hasNoPlace(node, requestClass) ?? hasTooFew(state, node, requestClass));
}

/** Overcommit makes more of a node's sum, but neither more cores to be bound to nor more devices. */
function hasNoPlace({ capacity, usable }: NodeRecord, { request }: RequestClass): NodeReason | null {
  const { cpu, gpu, gpuMemoryMiB, cores } = request;
  const lacks = (amount: AmountName, need: number, largest: number): NodeReason | null =>
    need > largest ? { kind: 'tooSmall', amount, need, largest } : null;
  const pinned = cores === 'pinned' ? lacks('cpu', Math.ceil(cpu), Math.floor(capacity.cpu)) : null;
  if (gpu === 0) return pinned;
  return (
    pinned ??
    lacks('gpu', Math.ceil(gpu), Math.floor(capacity.gpu)) ??
    lacks('gpuMemoryMiB', gpuMemoryMiB, usable.gpuMemoryMiB)
  );
}

function hasTooFew(
  { ownNames }: FarmState,
  { usable }: NodeRecord,
  { special }: RequestClass,
): NodeReason | null {
  for (const [name, need] of special) {
    const has = usable.special[name] ?? 0;
    if (ownNames.has(name) && has < need) return { kind: 'tooFew', name, need, has };
  }
  return null;
}

/** The first kind that cannot give what is asked for, and why; null: all can. */
export function whatIsShort(
  state: FarmState,
  node: NodeRecord,
  requestClass: RequestClass,
): NodeReason | null {
  if (isTakenWhole(node)) return { kind: 'noDevice', text: 'is needed whole by what runs there' };
  for (const manager of managers) {
    const reason = manager.check(state, node, requestClass);
    if (reason !== null) return reason;
  }
  return null;
}

export function usageOfNode(
  state: FarmState,
  node: NodeRecord,
  measured: Measured = notMeasured,
): readonly ResourceUsage[] {
  return managers.flatMap((manager) => manager.usage(state, node, measured));
}

/** Of all nodes together. */
export function usageOfFarm(nodes: readonly (readonly ResourceUsage[])[]): readonly ResourceUsage[] {
  const sums = new Map<string, ResourceUsage>();
  for (const usage of nodes.flat()) {
    const sum = sums.get(usage.name);
    sums.set(usage.name, sum === undefined ? usage : add(sum, usage));
  }
  return [...sums.values()];
}

const add = (a: ResourceUsage, b: ResourceUsage): ResourceUsage =>
  usageOf({
    kind: a.kind,
    name: a.name,
    capacity: a.capacity + b.capacity,
    limit: a.limit + b.limit,
    softLimit: a.softLimit + b.softLimit,
    held: a.held + b.held,
    used: a.used === null || b.used === null ? null : a.used + b.used,
  });
