/**
 * One interface for all kinds of resources of a node: whether a request can be given now, how much is
 * there and in use, and how that stands. The scheduler and the verdicts ask the same questions here.
 */
import { nodeSettings } from '../../../shared/model/settings';
import type { NodeReason } from '../../../shared/model/verdict';
import type { FarmState, NodeRecord } from '../state';
import type { RequestClass } from './classes';
import { freeSpecial, isTakenWhole, place } from './placement';
import { dimensions } from './vector';

export type ResourceKindName = 'CPU' | 'MEMORY' | 'GPU' | 'STORAGE' | 'NETWORK' | 'SPECIALIZED';

export interface ResourceUsage {
  readonly kind: ResourceKindName;
  /** Of a named resource; otherwise the amount's name. */
  readonly name: string;
  readonly capacity: number;
  /** What work may hold: without what is kept for the system, with the overcommit. */
  readonly limit: number;
  readonly softLimit: number;
  readonly held: number;
  readonly free: number;
  /** full: nothing is free. overdrawn: more is held than there is now. */
  readonly health: 'ok' | 'above soft limit' | 'full' | 'overdrawn';
}

interface ResourceKind {
  readonly kind: ResourceKindName;
  /** What stands against giving this now; null: nothing. */
  check(state: FarmState, node: NodeRecord, requestClass: RequestClass): NodeReason | null;
  usage(state: FarmState, node: NodeRecord): readonly ResourceUsage[];
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

function amountOf(
  kind: ResourceKindName,
  index: number,
  more: ResourceKind['check'] = () => null,
): ResourceKind {
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
    usage(state, node) {
      const limit = (state.room.limitOf(node.index)[index] ?? 0) / scale;
      const free = (state.room.freeOf(node.index)[index] ?? 0) / scale;
      return [
        usageFrom(state, node, { kind, name, capacity: node.capacity[name], limit, held: limit - free }),
      ];
    },
  };
}

function usageFrom(
  state: FarmState,
  node: NodeRecord,
  amounts: Pick<ResourceUsage, 'kind' | 'name' | 'capacity' | 'limit' | 'held'>,
): ResourceUsage {
  const { limit, held } = amounts;
  const softLimit = limit * nodeSettings(state.settings, node.id).softLimit;
  return { ...amounts, softLimit, free: limit - held, health: healthOf(held, softLimit, limit) };
}

function healthOf(held: number, softLimit: number, limit: number): ResourceUsage['health'] {
  if (held > limit) return 'overdrawn';
  if (limit > 0 && held === limit) return 'full';
  return held > softLimit ? 'above soft limit' : 'ok';
}

/** Cores of its own, the node for itself, or single devices: there may be enough in all, and none for it. */
const placeable =
  (
    concerns: (requestClass: RequestClass) => boolean,
    text: (requestClass: RequestClass) => string,
  ): ResourceKind['check'] =>
  (_state, node, requestClass) =>
    !concerns(requestClass) || place(node, requestClass) !== null
      ? null
      : { kind: 'noDevice', text: text(requestClass) };

const kinds: readonly ResourceKind[] = [
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
  return null;
}

/** The first kind that cannot give what is asked for, and why; null: all can. */
export function whatIsShort(
  state: FarmState,
  node: NodeRecord,
  requestClass: RequestClass,
): NodeReason | null {
  if (isTakenWhole(node)) return { kind: 'noDevice', text: 'is needed whole by what runs there' };
  for (const kind of kinds) {
    const reason = kind.check(state, node, requestClass);
    if (reason !== null) return reason;
  }
  return null;
}

export function usageOfNode(state: FarmState, node: NodeRecord): readonly ResourceUsage[] {
  return kinds.flatMap((kind) => kind.usage(state, node));
}

/** Of all nodes that are online, together. */
export function usageOfFarm(state: FarmState): readonly ResourceUsage[] {
  const sums = new Map<string, ResourceUsage>();
  for (const node of state.nodeList) {
    if (node.state !== 'ONLINE') continue;
    for (const usage of usageOfNode(state, node)) {
      const sum = sums.get(usage.name);
      sums.set(usage.name, sum === undefined ? usage : add(sum, usage));
    }
  }
  return [...sums.values()];
}

function add(a: ResourceUsage, b: ResourceUsage): ResourceUsage {
  const [limit, held, softLimit] = [a.limit + b.limit, a.held + b.held, a.softLimit + b.softLimit];
  const health = healthOf(held, softLimit, limit);
  return { ...a, capacity: a.capacity + b.capacity, limit, held, softLimit, free: limit - held, health };
}
