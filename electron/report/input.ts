import type { BatchRow, JobDetail, NodeRow } from '../../shared/ipc/contract';
import type { Attempt } from '../../shared/model/attempt';
import type { Batch } from '../../shared/model/batch';

/** What a report is made of. The attempts are read once, one after the other, and never all held. */
export interface ReportInput {
  readonly batch: BatchRow;
  readonly jobs: readonly JobDetail[];
  readonly spec: Batch;
  readonly attempts: AsyncIterable<Attempt> | Iterable<Attempt>;
  readonly nodes: readonly NodeRow[];
  readonly version: string;
  /** Where the report goes, and where its pictures are. */
  readonly folder: string;
}
