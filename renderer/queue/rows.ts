/** The rows of the queue: which batches and jobs are shown, in which order. */
import type { BatchRow, JobRow } from '../../shared/ipc/contract';
import type { BatchId } from '../../shared/model/ids';
import { jobStates } from '../../shared/model/states';
import type { JobState } from '../../shared/model/states';
import type { Queue } from '../live/values';

export type QueueRow =
  | { readonly kind: 'batch'; readonly batch: BatchRow; readonly jobs: number; readonly isExpanded: boolean }
  | { readonly kind: 'job'; readonly job: JobRow; readonly batch: BatchRow };

export interface QueueFilter {
  /** Words; a row has all of them somewhere in its names. */
  readonly text: string;
  /** Empty: every state. */
  readonly states: ReadonlySet<JobState>;
}

export const noFilter: QueueFilter = { text: '', states: new Set() };

export const isFiltering = (filter: QueueFilter): boolean =>
  filter.text.trim() !== '' || filter.states.size > 0;

/** What the person unfolded and folded by hand; what is not in it follows `unfoldsByItself`. */
export type Unfolded = ReadonlyMap<BatchId, boolean>;

const mostUnfolded = 20;

/** Newest first; the jobs of a batch in its own order. */
export function queueRows(queue: Queue, filter: QueueFilter, unfolded: Unfolded): readonly QueueRow[] {
  const batches = [...queue.batches.values()].toSorted(
    (a, b) => b.submittedAt - a.submittedAt || compareIds(b.id, a.id),
  );
  const words = filter.text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const filtering = isFiltering(filter);
  const rows: QueueRow[] = [];
  for (const batch of batches) {
    const all = queue.jobs.get(batch.id);
    const batchText = `${batch.name} ${batch.owner} ${batch.id}`.toLowerCase();
    const jobs: JobRow[] = [];
    for (const job of all?.values() ?? []) if (matches(job, batchText, words, filter.states)) jobs.push(job);
    if (filtering && jobs.length === 0) continue;
    const isExpanded = unfolded.get(batch.id) ?? (filtering || jobs.length <= mostUnfolded);
    rows.push({ kind: 'batch', batch, jobs: all?.size ?? 0, isExpanded });
    if (isExpanded) for (const job of jobs) rows.push(jobRow(job, batch));
  }
  return rows;
}

/** The rows of one batch, without the batch. */
export function batchRows(queue: Queue, batch: BatchRow): readonly QueueRow[] {
  return [...(queue.jobs.get(batch.id)?.values() ?? [])].map((job) => jobRow(job, batch));
}

function matches(
  job: JobRow,
  batchText: string,
  words: readonly string[],
  states: ReadonlySet<JobState>,
): boolean {
  if (states.size > 0 && !states.has(job.state)) return false;
  if (words.length === 0) return true;
  const text = textOf(job);
  return words.every((word) => text.includes(word) || batchText.includes(word));
}

const textsKnown = new WeakMap<JobRow, string>();

/** What of a job is searched; kept, for it is asked with every key for every job. */
function textOf(job: JobRow): string {
  let text = textsKnown.get(job);
  if (text === undefined) {
    text = `${job.name} ${job.kind} ${job.priority}`.toLowerCase();
    textsKnown.set(job, text);
  }
  return text;
}

/** The same object while job and batch are the same, so that the row is not drawn again. */
function jobRow(job: JobRow, batch: BatchRow): QueueRow {
  const known = jobRowsKnown.get(job);
  if (known !== undefined && known.batch === batch) return known;
  const row: QueueRow = { kind: 'job', job, batch };
  jobRowsKnown.set(job, row);
  return row;
}
const jobRowsKnown = new WeakMap<JobRow, QueueRow>();

const compareIds = (a: BatchId, b: BatchId): number => Number(a.slice(1)) - Number(b.slice(1));

export function rowKey(row: QueueRow): string {
  return row.kind === 'batch' ? row.batch.id : row.job.id;
}

/** How many jobs are in each state, for the filter. */
export function countStates(queue: Queue): ReadonlyMap<JobState, number> {
  const counts = new Map<JobState, number>(jobStates.map((state) => [state, 0]));
  for (const jobs of queue.jobs.values())
    for (const job of jobs.values()) counts.set(job.state, (counts.get(job.state) ?? 0) + 1);
  return counts;
}
