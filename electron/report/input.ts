import type { JobDetail } from '../../shared/ipc/job';
import type { Capacity } from '../../shared/model/amounts';
import type { Attempt } from '../../shared/model/attempt';
import type { Batch } from '../../shared/model/batch';
import type { Relation, UpstreamFailure } from '../../shared/model/dependency';
import type { HistoryEntry } from '../../shared/model/history';
import type { BatchId, JobId, NodeId } from '../../shared/model/ids';
import type { BatchState, DependencyState, NodeKind, TaskCounts } from '../../shared/model/states';

/** What a report is made of. The attempts are read once, one after the other, and never all held. */
export interface ReportInput {
  readonly drover: { readonly version: string; readonly runtime: string };
  readonly writtenAt: number;
  readonly batch: ReportedBatch;
  readonly jobs: readonly ReportedJob[];
  readonly dependencies: readonly ReportedDependency[];
  readonly spec: Batch;
  /** Those at the same task in a row, the oldest first. */
  readonly attempts: AsyncIterable<Attempt> | Iterable<Attempt>;
  readonly nodes: readonly ReportedNode[];
  readonly history: readonly Omit<HistoryEntry, 'about'>[];
  /** The end of what an attempt has printed. Throws, in words, when it cannot be had. */
  readonly logEnd: (attempt: Attempt, bytes: number) => Promise<LogBytes>;
  /** The SHA-256 of a file of the output folder; null: not within the time that there is. */
  readonly hash: (path: string) => Promise<string | null>;
  readonly place: ReportPlace;
}

export interface ReportPlace {
  readonly html: string;
  readonly json: string;
  /** The page lies in the output folder, so that what it shows is found beside it. */
  readonly isBesideOutput: boolean;
  /** It is written again while the batch runs, so a browser is to look again. */
  readonly isRenewed: boolean;
}

export type ReportedJob = Omit<
  JobDetail,
  'verdicts' | 'held' | 'place' | 'stepCount' | 'end' | 'nodes' | 'request' | 'savesWork' | 'branch'
>;

export interface ReportedBatch {
  readonly id: BatchId;
  readonly name: string;
  readonly owner: string;
  readonly tenant: string;
  readonly schedule: string | null;
  readonly state: BatchState;
  readonly tasks: TaskCounts;
  readonly progress: number;
  readonly submittedAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly output: string;
}

/** A dependency that ends at a job of the batch, as it stands. */
export interface ReportedDependency {
  readonly from: ReportedEnd | null;
  readonly to: ReportedEnd;
  readonly relation: Relation;
  readonly onFailure: UpstreamFailure;
  readonly state: DependencyState;
  readonly reason: string | null;
}

export interface ReportedEnd {
  readonly job: JobId;
  readonly jobName: string;
  /** Its index and its name; null: all steps of the job. */
  readonly step: { readonly index: number; readonly name: string } | null;
  /** Of the job. */
  readonly endedAt: number | null;
}

export interface ReportedNode {
  readonly id: NodeId;
  readonly name: string;
  readonly kind: NodeKind;
  readonly system: string;
  readonly capacity: Capacity;
  readonly programs: readonly { readonly name: string; readonly version: string | null }[];
  readonly costPerHour: number | null;
  readonly watts: number | null;
}

export interface LogBytes {
  readonly text: string;
  /** More stands before it. */
  readonly isCut: boolean;
}
