/** The graph of a batch, and how its edges are changed. */
import type { NewEdge } from '../model/edge';
import type { EdgeId } from '../model/ids';
import type { DependencyState, JobState, TaskCounts } from '../model/states';
import type { JobRow } from './queue';

export interface EdgeRow extends NewEdge {
  readonly id: EdgeId;
  readonly state: DependencyState;
  readonly reason: string | null;
}

export interface EdgeWish {
  readonly add: readonly NewEdge[];
  readonly remove: readonly EdgeId[];
  readonly apply: boolean;
  readonly why: string | null;
}

export interface GraphPicture {
  readonly jobs: readonly GraphJob[];
  readonly edges: readonly EdgeRow[];
}

export interface GraphDelta {
  /** Those that are new or have changed. */
  readonly jobs: readonly GraphJob[];
  readonly edges: readonly EdgeRow[];
  readonly states: readonly EdgeStanding[];
  readonly removed: readonly EdgeId[];
}

/** Of an edge that is known already. */
export type EdgeStanding = Pick<EdgeRow, 'id' | 'state' | 'reason'>;

export interface GraphJob extends JobRow {
  readonly batchName: string;
  /** It belongs to another batch. */
  readonly isOutside: boolean;
  readonly steps: readonly GraphStep[];
}

export interface GraphStep {
  readonly name: string;
  readonly state: JobState;
  readonly tasks: TaskCounts;
}
