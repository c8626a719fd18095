/** Answers about what could be: why work waits, what would follow from a change, what is planned. */
import type { Cheapest } from '../model/farm-change';
import type { BatchId, JobId } from '../model/ids';
import type { JobState } from '../model/states';
import type { Verdict } from '../model/verdict';

/** Of a job or a batch. */
export interface Why {
  readonly batch: BatchId;
  /** Null: it was asked about the whole batch. */
  readonly job: JobId | null;
  readonly name: string;
  readonly state: JobState;
  /** Those that wait, as they stand in the batch. */
  readonly steps: readonly StepWhy[];
  /** So many more wait. */
  readonly left: number;
}

export interface StepWhy {
  readonly job: JobId;
  readonly jobName: string;
  readonly batchName: string;
  readonly step: number;
  /** Null: the job has no other. */
  readonly stepName: string | null;
  readonly waiting: number;
  readonly verdicts: readonly Verdict[];
  /** What would let one of its tasks start; null: no single change would. */
  readonly cheapest: Cheapest | null;
}
