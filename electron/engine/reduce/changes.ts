import type { BatchId, JobId } from '../../../shared/model/ids';
import type { Edge, StepRecord } from '../state';
import { TouchedTasks } from './touched-tasks';

/** What facts touched, so that those who show or use the state look only there. */
export interface Changes {
  readonly batches: Set<BatchId>;
  readonly jobs: Set<JobId>;
  /** Of which something is expected, maybe what was before. */
  readonly forecasts: Set<JobId>;
  readonly tasks: TouchedTasks;
  /** Steps of which nothing could go on at some time. */
  readonly halted: Set<StepRecord>;
  /** Steps for which the scheduler has to look again: tasks came or went, or their order did. */
  readonly ready: Set<StepRecord>;
  /** Nodes, by index, that may have room now where they had none; some more than once. */
  room: number[];
  /** Nodes, by index, with other labels, pools or settings. */
  readonly traits: Set<number>;
  /** Edges whose time has to be worked out: their earlier work ended, or they are new. */
  readonly edges: Set<Edge>;
  /** Something about nodes, or what they run. */
  nodes: boolean;
  /** What holds for the whole farm changed. */
  settings: boolean;
}

export function noChanges(): Changes {
  return {
    batches: new Set(),
    jobs: new Set(),
    forecasts: new Set(),
    tasks: new TouchedTasks(),
    halted: new Set(),
    ready: new Set(),
    room: [],
    traits: new Set(),
    edges: new Set(),
    nodes: false,
    settings: false,
  };
}
