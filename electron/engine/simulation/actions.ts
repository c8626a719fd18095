/** What people do and what goes wrong: made before a run, so that a run can be repeated without some of it. */
import type { Amounts, Capacity } from '../../../shared/model/amounts';
import type { Batch } from '../../../shared/model/batch';
import type { Relation, UpstreamFailure } from '../../../shared/model/dependency';
import type { NodeId } from '../../../shared/model/ids';
import type { ScheduleRule } from '../../../shared/model/schedule';
import type { FarmSettings } from '../../../shared/model/settings';
import type { Priority } from '../../../shared/model/states';

/** Picks one of those that there are then: 0 the first, close to 1 the last. */
export type Pick = number;

export interface NewEdge {
  readonly from: Pick | null;
  readonly to: Pick;
  /** Null: the whole job. */
  readonly fromStep: Pick | null;
  readonly toStep: Pick | null;
  readonly relation: Relation;
  readonly onFailure: UpstreamFailure;
}

export type Wish =
  | { readonly kind: 'submit'; readonly batch: Batch }
  | { readonly kind: 'cancel' | 'retry' | 'hold' | 'release'; readonly jobs: readonly Pick[] }
  | {
      readonly kind: 'cancelTasks' | 'retryTasks' | 'skipTasks';
      readonly step: Pick;
      /** From and to, of the tasks of that step. */
      readonly between: readonly [Pick, Pick];
      readonly elsewhere?: boolean;
    }
  | {
      readonly kind: 'order';
      readonly jobs: readonly Pick[];
      readonly priority: Priority;
      readonly due: number | null;
    }
  | {
      readonly kind: 'move';
      readonly jobs: readonly Pick[];
      readonly side: 'before' | 'after';
      readonly beside: Pick;
    }
  | { readonly kind: 'link'; readonly add: readonly NewEdge[]; readonly remove: readonly Pick[] }
  | { readonly kind: 'bypass'; readonly edge: Pick }
  | { readonly kind: 'configure'; readonly settings: FarmSettings }
  /** Null: until somebody takes it back. */
  | { readonly kind: 'setAside'; readonly node: Pick; readonly lasts: number | null }
  | { readonly kind: 'takeBack' | 'removeNode'; readonly node: Pick }
  | { readonly kind: 'addNode'; readonly machine: NodeId }
  | {
      readonly kind: 'reserve';
      readonly node: Pick;
      readonly amounts: Amounts;
      readonly tenant: string;
      readonly startsIn: number;
      readonly lasts: number;
    }
  | { readonly kind: 'unreserve' | 'unschedule'; readonly which: Pick }
  | { readonly kind: 'schedule'; readonly rule: ScheduleRule; readonly batch: Batch }
  | { readonly kind: 'undo' };

export type Fault =
  /** The Host dies now, before it hears that facts are durable, or after so many effects. */
  | { readonly kind: 'die'; readonly when: 'now' | 'beforeHearing' | number; readonly lasts: number }
  | { readonly kind: 'stop'; readonly lasts: number }
  | { readonly kind: 'reboot' | 'hang' | 'cut' | 'flaky'; readonly node: Pick; readonly lasts: number }
  | { readonly kind: 'drop'; readonly node: Pick }
  | { readonly kind: 'kill'; readonly which: Pick }
  | { readonly kind: 'echo'; readonly which: Pick }
  | { readonly kind: 'fullDisk' | 'slowDisk'; readonly lasts: number }
  | { readonly kind: 'damage' }
  | { readonly kind: 'clock'; readonly jump: number }
  | {
      readonly kind: 'change';
      readonly node: Pick;
      readonly capacity: Capacity;
      readonly labels: readonly string[];
    };

export type Action = { readonly at: number; readonly by: string } & (Wish | Fault);
