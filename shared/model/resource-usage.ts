/** How a resource of a node, or of the whole farm, stands. */
import type { AmountName } from './amounts';

export const resourceKinds = ['CPU', 'MEMORY', 'GPU', 'STORAGE', 'NETWORK', 'SPECIALIZED'] as const;
export type ResourceKind = (typeof resourceKinds)[number];

/** full: nothing is free. overdrawn: more is held than there is now. */
export type ResourceHealth = 'ok' | 'above soft limit' | 'full' | 'overdrawn';

export interface ResourceUsage {
  readonly kind: ResourceKind;
  /** The amount's name, or that of a named resource. */
  readonly name: AmountName | (string & {});
  readonly capacity: number;
  /** What work may hold: without what is kept for the system, with the overcommit. */
  readonly limit: number;
  readonly softLimit: number;
  /** Promised to what runs now. */
  readonly held: number;
  readonly free: number;
  /** In use as measured, by whatever runs there; null: not known. */
  readonly used: number | null;
  /** What is in use of what is held; null: nothing is held, or its use is not known. */
  readonly efficiency: number | null;
  readonly health: ResourceHealth;
}
