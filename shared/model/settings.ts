import { noAmounts, type Amounts, type Capacity } from './amounts';
import type { JobKind } from './states';

/** What holds for the whole farm; changed as a whole, by a command that can be undone. */
export interface FarmSettings {
  readonly order: OrderSettings;
  readonly tenants: Readonly<Record<string, TenantSettings>>;
  /** For tenants that are not named. */
  readonly otherTenants: TenantSettings;
  /** Tasks of one user that run at once, at most; null: no limit. */
  readonly perUser: number | null;
  /** Licences and the like: how much the farm has. A name that is not here is a lock: there is 1. */
  readonly shared: Readonly<Record<string, number>>;
  readonly rules: HealthRules;
  readonly nodes: Readonly<Record<string, NodeSettings>>;
  readonly otherNodes: NodeSettings;
}

/** Each raises what it finds urgent by its weight; 0 leaves it out. */
export interface OrderSettings {
  readonly priority: number;
  /** For each hour of waiting, of the distance between two priorities. */
  readonly ageing: number;
  readonly deadline: number;
  readonly fairShare: boolean;
  /** A wide task that has waited so long keeps a node for itself; null: never. */
  readonly reserveAfterMs: number | null;
  readonly preempt: boolean;
  readonly choice: NodeChoice;
}

export const nodeChoices = ['packed', 'spread', 'rotating', 'cheap'] as const;
export type NodeChoice = (typeof nodeChoices)[number];

export interface TenantSettings {
  readonly weight: number;
  /** It may always have so much, and gets it back when others use it. */
  readonly guaranteed: Amounts;
  readonly most: Quota;
}

/** Null: no limit. */
export interface Quota {
  readonly running: number | null;
  readonly queued: number | null;
  readonly amounts: Readonly<Partial<Amounts>>;
  /** Batches a minute. */
  readonly submissions: number | null;
}

export interface HealthRules {
  /** A node on which tasks of so many jobs failed in a row is set aside; null: never. */
  readonly nodeAfterJobs: number | null;
  /** A job whose tasks failed in a row on so many nodes, or so many times on the only one, is held; null: never. */
  readonly jobAfterNodes: number | null;
  /** A task whose attempts were lost more often has something that kills them. */
  readonly losses: number;
}

export interface NodeSettings {
  readonly labels: readonly string[];
  readonly pools: readonly string[];
  readonly bestAt: readonly JobKind[];
  /** For the system and the person who sits there. */
  readonly kept: Amounts;
  /** 1: what it has. Larger lets tasks share it. */
  readonly overcommit: Amounts;
  /** Up to this part it is used gladly, above only when no other node has room. */
  readonly softLimit: number;
  /** Never more than this; null: what it has. */
  readonly most: Partial<Capacity> | null;
  readonly costPerHour: number | null;
  readonly watts: number | null;
  /** How far its work stands back behind other programs: 0, not at all, to 19. Missing: see usualNice. */
  readonly nice?: number;
  /** What others may do with files that work makes there, as for the shell's umask: `002`. Missing: as its user has it. */
  readonly umask?: string;
  /** What folders that are shared are called there, if not as on this machine. */
  readonly paths?: readonly PathMapping[];
  /** When the person who sits there comes first; missing: its work never gives way. */
  readonly giveWay?: GiveWay;
}

/** Somebody sits at the machine that Drover runs on, and it is to stay usable. */
export const usualNice = { local: 10, ssh: 0 } as const;

export interface PathMapping {
  readonly from: string;
  readonly to: string;
}

/** New work starts only when all of this holds; what becomes of what runs when it does not hold any more. */
export interface GiveWay {
  /** Nobody has touched the machine for so long; null: whoever sits there. */
  readonly idleMinutes: number | null;
  /** Nothing else keeps more than this part of its processor busy; null: whatever runs there. */
  readonly mostLoad: number | null;
  /** Only between these hours of the Host's clock, `22:00` to `07:00`; null: at any time. */
  readonly hours: { readonly from: string; readonly to: string } | null;
  /** finish: it may go on to its end. stop: it ends and is run again elsewhere, without counting against it. */
  readonly running: 'finish' | 'stop';
}

const noQuota: Quota = { running: null, queued: null, amounts: {}, submissions: null };
const plainTenant: TenantSettings = { weight: 1, guaranteed: noAmounts, most: noQuota };
const plainNode: NodeSettings = {
  labels: [],
  pools: [],
  bestAt: [],
  kept: noAmounts,
  overcommit: { cpu: 1, memoryMiB: 1, gpu: 1, gpuMemoryMiB: 1, storageMiB: 1, networkMbps: 1 },
  softLimit: 1,
  most: null,
  costPerHour: null,
  watts: null,
};

export const defaultSettings: FarmSettings = {
  order: {
    priority: 1,
    ageing: 0.05,
    deadline: 1,
    fairShare: true,
    reserveAfterMs: 60_000,
    preempt: true,
    choice: 'packed',
  },
  tenants: {},
  otherTenants: plainTenant,
  perUser: null,
  shared: {},
  rules: { nodeAfterJobs: 3, jobAfterNodes: 3, losses: 3 },
  nodes: {},
  otherNodes: plainNode,
};

export const tenantSettings = (settings: FarmSettings, tenant: string): TenantSettings =>
  settings.tenants[tenant] ?? settings.otherTenants;
export const nodeSettings = (settings: FarmSettings, node: string): NodeSettings =>
  settings.nodes[node] ?? settings.otherNodes;
export const sharedAmount = (settings: FarmSettings, name: string): number => settings.shared[name] ?? 1;
