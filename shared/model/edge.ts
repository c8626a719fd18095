import type { Relation, UpstreamFailure } from './dependency';
import type { JobId } from './ids';

/** An end of an edge of the farm's graph. Without a step: all steps of the job. */
export interface EdgeEnd {
  readonly job: JobId;
  readonly step: number | null;
}

/** A dependency between jobs of any batches. */
export interface NewEdge {
  readonly from: EdgeEnd | null;
  readonly to: EdgeEnd;
  readonly relation: Relation;
  readonly onFailure: UpstreamFailure;
}

/** What follows right after a change of edges: tasks that could start and can no more, and those that can. */
export interface LinkPreview {
  readonly blocked: readonly StepTasks[];
  readonly freed: readonly StepTasks[];
}

export interface StepTasks {
  readonly job: JobId;
  readonly step: number;
  readonly tasks: number;
}
