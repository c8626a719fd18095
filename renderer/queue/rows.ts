/** The rows of the queue: which batches and jobs are shown, in which order. */
import type { BatchRow, JobRow, StepRow } from '../../shared/ipc/queue';
import type { BatchId, JobId } from '../../shared/model/ids';
import { jobStates } from '../../shared/model/states';
import type { JobState } from '../../shared/model/states';
import type { Queue } from '../live/values';
import type { Sort } from '../ui/table/columns';
import type { Matcher } from './filter/match';
import { sortBatches, sortJobs } from './sort';

/** A batch or a job. */
export type RunRow = BatchOfQueue | JobOfQueue;
export type QueueRow = RunRow | StepOfQueue;

export interface JobOfQueue {
  readonly kind: 'job';
  readonly job: JobRow;
  readonly batch: BatchRow;
  /** Null: it has one step, which is as the job is. */
  readonly isExpanded: boolean | null;
}

export interface StepOfQueue {
  readonly kind: 'step';
  readonly step: StepRow;
  readonly index: number;
  readonly job: JobRow;
}

export interface BatchOfQueue {
  readonly kind: 'batch';
  readonly batch: BatchRow;
  readonly all: ReadonlyMap<JobId, JobRow>;
  /** Those that the filter keeps. */
  readonly jobs: readonly JobRow[];
  readonly isExpanded: boolean;
}

/** What the person unfolded and folded by hand; what is not in it follows `mostUnfolded`. */
export type Unfolded = ReadonlyMap<BatchId, boolean>;

/** The steps of the jobs that are unfolded, as far as they are known yet. */
export type StepsOf = ReadonlyMap<JobId, readonly StepRow[]>;

/** Which jobs are unfolded, and their steps. */
export interface Opened {
  readonly jobs: ReadonlySet<JobId>;
  readonly steps: StepsOf;
}
export const nothingOpened: Opened = { jobs: new Set(), steps: new Map() };

const mostUnfolded = 20;
const noJobs: ReadonlyMap<JobId, JobRow> = new Map();

/** All batches in their order: the newest first, or by a column. */
export function orderOf(queue: Queue, sort: Sort | null): readonly BatchRow[] {
  const newest = [...queue.batches.values()].toSorted(
    (a, b) => b.submittedAt - a.submittedAt || compareIds(b.id, a.id),
  );
  return sortBatches(newest, ({ id }) => queue.jobs.get(id) ?? noJobs, sort);
}

/** `keeps` null: everything. The jobs of a batch stand in its own order, or by a column. */
export function queueRows(
  queue: Queue,
  order: readonly BatchRow[],
  keeps: Matcher | null,
  unfolded: Unfolded,
  sort: Sort | null,
  opened: Opened = nothingOpened,
): readonly QueueRow[] {
  const rows: QueueRow[] = [];
  for (const batch of order) {
    const all = queue.jobs.get(batch.id) ?? noJobs;
    const jobs: JobRow[] = [];
    for (const job of all.values()) if (keeps === null || keeps(job, batch)) jobs.push(job);
    if (keeps !== null && jobs.length === 0) continue;
    const isExpanded = unfolded.get(batch.id) ?? (keeps !== null || jobs.length <= mostUnfolded);
    rows.push(batchRow({ kind: 'batch', batch, all, jobs, isExpanded }));
    if (isExpanded) for (const job of sortJobs(jobs, sort)) pushJob(rows, job, batch, opened);
  }
  return rows;
}

/** The rows of one batch, without the batch. */
export function batchRows(
  queue: Queue,
  batch: BatchRow,
  sort: Sort | null,
  opened: Opened = nothingOpened,
): readonly QueueRow[] {
  const jobs = [...(queue.jobs.get(batch.id)?.values() ?? [])];
  const rows: QueueRow[] = [];
  for (const job of sortJobs(jobs, sort)) pushJob(rows, job, batch, opened);
  return rows;
}

function pushJob(rows: QueueRow[], job: JobRow, batch: BatchRow, opened: Opened): void {
  const isExpanded = job.stepCount > 1 ? opened.jobs.has(job.id) : null;
  rows.push(jobRow(job, batch, isExpanded));
  if (isExpanded !== true) return;
  const steps = opened.steps.get(job.id) ?? [];
  steps.forEach((step, index) => rows.push(stepRow(step, index, job)));
}

/** The same object while what it shows is the same, so that the row is not drawn again. */
function batchRow(row: BatchOfQueue): BatchOfQueue {
  const known = batchRowsKnown.get(row.batch);
  const isSame =
    known !== undefined &&
    known.all === row.all &&
    known.isExpanded === row.isExpanded &&
    known.jobs.length === row.jobs.length &&
    known.jobs.every((job, index) => job === row.jobs[index]);
  if (isSame) return known;
  batchRowsKnown.set(row.batch, row);
  return row;
}
const batchRowsKnown = new WeakMap<BatchRow, BatchOfQueue>();

/** As batchRow. */
function jobRow(job: JobRow, batch: BatchRow, isExpanded: boolean | null): JobOfQueue {
  const known = jobRowsKnown.get(job);
  if (known !== undefined && known.batch === batch && known.isExpanded === isExpanded) return known;
  const row: JobOfQueue = { kind: 'job', job, batch, isExpanded };
  jobRowsKnown.set(job, row);
  return row;
}
const jobRowsKnown = new WeakMap<JobRow, JobOfQueue>();

/** As batchRow. */
function stepRow(step: StepRow, index: number, job: JobRow): StepOfQueue {
  const known = stepRowsKnown.get(step);
  if (known !== undefined && known.job === job) return known;
  const row: StepOfQueue = { kind: 'step', step, index, job };
  stepRowsKnown.set(step, row);
  return row;
}
const stepRowsKnown = new WeakMap<StepRow, StepOfQueue>();

const compareIds = (a: BatchId, b: BatchId): number => Number(a.slice(1)) - Number(b.slice(1));

export function rowKey(row: QueueRow): string {
  if (row.kind === 'step') return `${row.job.id}/${row.index}`;
  return row.kind === 'batch' ? row.batch.id : row.job.id;
}

export function hasDeadlines(jobs: Iterable<JobRow>): boolean {
  for (const { deadline } of jobs) if (deadline !== null) return true;
  return false;
}

/** How many jobs are in each state, for the filter. */
export function countStates(queue: Queue): ReadonlyMap<JobState, number> {
  const counts = new Map<JobState, number>(jobStates.map((state) => [state, 0]));
  for (const jobs of queue.jobs.values())
    for (const job of jobs.values()) counts.set(job.state, (counts.get(job.state) ?? 0) + 1);
  return counts;
}
