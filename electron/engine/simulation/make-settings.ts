import { eachAmount, noAmounts, noCapacity, type Capacity } from '../../../shared/model/amounts';
import {
  defaultSettings,
  type FarmSettings,
  type NodeSettings,
  type TenantSettings,
} from '../../../shared/model/settings';
import type { Random } from './random';

/** Nothing holds work up but what it asks for: so that all can come to its end. */
export const calmSettings: FarmSettings = {
  ...defaultSettings,
  shared: { licence: 2 },
  rules: { nodeAfterJobs: null, jobAfterNodes: null, losses: 3 },
};

export function makeSettings(random: Random, nodes: readonly string[]): FarmSettings {
  const { order } = defaultSettings;
  const named = (names: readonly string[], part: number): string[] => names.filter(() => random.chance(part));
  return {
    order: {
      priority: random.pick(0, 1, order.priority),
      ageing: random.pick(0, order.ageing),
      deadline: random.pick(0, order.deadline),
      fairShare: random.chance(0.7),
      reserveAfterMs: random.pick(null, 0, order.reserveAfterMs),
      preempt: random.chance(0.7),
      choice: random.pick('packed', 'spread', 'rotating', 'cheap'),
    },
    tenants: Object.fromEntries(
      named(['red', 'green', 'blue'], 0.3).map((name) => [name, makeTenant(random)]),
    ),
    otherTenants: random.chance(0.2) ? makeTenant(random) : defaultSettings.otherTenants,
    perUser: random.chance(0.2) ? random.whole(1, 6) : null,
    shared: random.chance(0.7) ? { licence: random.whole(0, 3) } : {},
    rules: {
      nodeAfterJobs: random.pick(null, 2, 3),
      jobAfterNodes: random.pick(null, 2, 3),
      losses: random.whole(0, 3),
    },
    nodes: Object.fromEntries(named(nodes, 0.4).map((name) => [name, makeNode(random)])),
    otherNodes: random.chance(0.2) ? makeNode(random) : defaultSettings.otherNodes,
  };
}

function makeTenant(random: Random): TenantSettings {
  return {
    weight: random.pick(0.5, 1, 3),
    guaranteed: random.chance(0.4) ? { ...noAmounts, cpu: random.whole(1, 4) } : noAmounts,
    most: {
      running: random.chance(0.4) ? random.whole(1, 4) : null,
      queued: random.chance(0.2) ? random.whole(5, 30) : null,
      amounts: random.chance(0.4)
        ? { cpu: random.whole(2, 6), ...(random.chance(0.3) ? { gpu: 1 } : {}) }
        : {},
      submissions: random.chance(0.2) ? random.whole(1, 3) : null,
    },
  };
}

function makeNode(random: Random): NodeSettings {
  return {
    ...defaultSettings.otherNodes,
    labels: random.chance(0.4) ? [random.pick('fast', 'old')] : [],
    pools: random.chance(0.4) ? [random.pick('night', 'day')] : [],
    bestAt: random.chance(0.3) ? [random.pick('render', 'simulation')] : [],
    kept: random.chance(0.3) ? { ...noAmounts, cpu: 1, memoryMiB: 500, gpuMemoryMiB: 2000 } : noAmounts,
    overcommit: eachAmount((name) => (name === 'cpu' && random.chance(0.3) ? 2 : 1)),
    softLimit: random.pick(1, 0.5),
    most: random.chance(0.2)
      ? random.pick({ cpu: 2 }, { memoryMiB: 2000 }, { gpu: 1 }, { special: { scratch: 1 } })
      : null,
    costPerHour: random.chance(0.3) ? random.whole(0, 5) : null,
  };
}

export function makeCapacity(random: Random): Capacity {
  return {
    ...noCapacity,
    cpu: random.pick(1, 2, 4, 4, 8),
    memoryMiB: random.pick(2000, 4000, 8000),
    gpu: random.pick(0, 0, 1, 2),
    gpuMemoryMiB: random.pick(4000, 8000),
    storageMiB: 1000,
    networkMbps: 100,
    special: random.chance(0.3) ? { scratch: random.whole(1, 3) } : {},
  };
}

export const makeLabels = (random: Random): readonly string[] =>
  ['linux', 'fast', 'old'].filter(() => random.chance(0.5));
