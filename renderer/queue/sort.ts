/** In which order batches, and the jobs in them, stand by a column. What has nothing there comes last. */
import type { BatchRow, JobRow } from '../../shared/ipc/queue';
import type { JobId } from '../../shared/model/ids';
import { isEnded, priorities } from '../../shared/model/states';
import type { JobState, Priority } from '../../shared/model/states';
import type { Sort } from '../ui/table/columns';
import { sortedBy } from '../ui/table/sorted';
import type { SortValue as Value } from '../ui/table/sorted';
import { sumOf } from './sums';

interface Values {
  batch(this: void, batch: BatchRow, jobs: ReadonlyMap<JobId, JobRow>): Value;
  /** Null: the jobs of a batch all have the same. */
  readonly job: ((job: JobRow) => Value) | null;
  /** Among those with the same. */
  readonly tie?: {
    batch(this: void, jobs: ReadonlyMap<JobId, JobRow>): Value;
    job(this: void, job: JobRow): Value;
  };
}

/** What needs somebody first, then what is under way. */
const stateOrder: readonly JobState[] = [
  'FAILED',
  'RUNNING',
  'QUEUED',
  'PENDING',
  'PAUSED',
  'COMPLETED',
  'CANCELLED',
];
const turnOf = (place: number | null): Value => (place === null ? null : -place);
const levelOf = (priority: Priority | null): Value =>
  priority === null ? null : priorities.indexOf(priority);

const columns: Readonly<Record<string, Values>> = {
  name: { batch: ({ name }) => name, job: ({ name }) => name },
  kind: { batch: (_batch, jobs) => sumOf(jobs).kind, job: ({ kind }) => kind },
  state: { batch: ({ state }) => stateOrder.indexOf(state), job: ({ state }) => stateOrder.indexOf(state) },
  progress: { batch: ({ progress }) => progress, job: ({ progress }) => progress },
  priority: {
    batch: (_batch, jobs) => levelOf(sumOf(jobs).priority),
    job: ({ priority, state }) => (isEnded(state) ? null : levelOf(priority)),
    // The highest comes first in their turns, so what comes first of it counts as more.
    tie: {
      batch: (jobs) => turnOf(sumOf(jobs).place),
      job: ({ place }) => turnOf(place),
    },
  },
  owner: { batch: ({ owner }) => owner, job: null },
  tenant: { batch: ({ tenant }) => tenant, job: null },
  deadline: {
    batch: (_batch, jobs) => sumOf(jobs).pressing?.deadline ?? null,
    job: ({ deadline }) => deadline,
  },
  end: {
    batch: ({ endedAt }, jobs) => endedAt ?? sumOf(jobs).end?.p50 ?? null,
    job: ({ endedAt, end }) => endedAt ?? end?.p50 ?? null,
  },
  nodes: {
    batch: (_batch, jobs) => sumOf(jobs).nodes.length || null,
    job: ({ nodes }) => nodes.length || null,
  },
  submitted: { batch: ({ submittedAt }) => submittedAt, job: null },
  started: { batch: ({ startedAt }) => startedAt, job: ({ startedAt }) => startedAt },
  // What began later has taken less.
  elapsed: { batch: (batch) => elapsedOf(batch), job: (job) => elapsedOf(job) },
};

export const sortable: ReadonlySet<string> = new Set(Object.keys(columns));

function elapsedOf({ startedAt, endedAt }: Pick<JobRow, 'startedAt' | 'endedAt'>): Value {
  if (startedAt === null) return null;
  // Of what runs, now is later than all that is past, and the same for all.
  return endedAt === null ? Number.MAX_SAFE_INTEGER - startedAt : endedAt - startedAt;
}

/** Rows stand in the order of their turns: the highest priority first, and in it by their places. */
export const isByTurns = (sort: Sort | null): boolean =>
  sort?.column === 'priority' && sort.direction === 'descending';

export function sortBatches(
  batches: readonly BatchRow[],
  jobsOf: (batch: BatchRow) => ReadonlyMap<JobId, JobRow>,
  sort: Sort | null,
): readonly BatchRow[] {
  const values = sort === null ? undefined : columns[sort.column];
  if (sort === null || values === undefined) return batches;
  const { tie } = values;
  return sortedBy(
    batches,
    (batch) => values.batch(batch, jobsOf(batch)),
    sort,
    tie === undefined ? undefined : (batch) => tie.batch(jobsOf(batch)),
  );
}

export function sortJobs(jobs: readonly JobRow[], sort: Sort | null): readonly JobRow[] {
  const values = sort === null ? undefined : columns[sort.column];
  if (sort === null || jobs.length < 2 || values === undefined || values.job === null) return jobs;
  return sortedBy(jobs, values.job, sort, values.tie?.job);
}
