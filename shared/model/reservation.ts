import type { Amounts } from './amounts';
import type { JobId, NodeId } from './ids';
import type { ReservationState } from './states';

/** Room on a node that is kept for somebody: RESERVED until `from`, ACTIVE until `until`. */
export interface Reservation {
  readonly id: number;
  readonly node: NodeId;
  readonly amounts: Amounts;
  readonly holder: Holder;
  readonly from: number;
  readonly until: number;
  readonly state: ReservationState;
  /** A person's name, or null: the scheduler made it for a task that is wide. */
  readonly by: string | null;
}

export type Holder =
  | { readonly kind: 'tenant'; readonly tenant: string }
  | { readonly kind: 'step'; readonly job: JobId; readonly step: number };
