/** Where jobs stand among those that are as urgent: at first as they came. */
import type { JobId } from '../../shared/model/ids';
import type { FarmState, JobRecord } from './state';

export interface Rank {
  /** As old as this it counts: it ages with those beside which it was put. */
  readonly at: number;
  /** No other job has the same; smaller comes first. */
  readonly place: number;
}

export interface Ranked {
  readonly job: JobId;
  readonly rank: Rank;
}

export type Side = 'before' | 'after';

/** The jobs of a batch have the places from its number up to the next. */
export function ownRank({ batch, index }: Pick<JobRecord, 'batch' | 'index'>): Rank {
  return { at: batch.submittedAt, place: batch.sequence + index / batch.batch.jobs.length };
}

/** Where doubles of this size are still far apart. */
const narrowest = 1e-7;

/** The ranks by which jobs stand right beside another one, in the order that they had. */
export function ranksBeside(
  state: FarmState,
  jobs: ReadonlySet<JobRecord>,
  side: Side,
  beside: JobRecord,
): readonly Ranked[] {
  const { at, place } = beside.rank;
  let [low, high] = side === 'before' ? [place - 1, place] : [place, state.nextBatch];
  for (const job of state.jobs.values()) {
    const other = job.rank.place;
    if (jobs.has(job)) continue;
    if (side === 'before' && other < place) low = Math.max(low, other);
    if (side === 'after' && other > place) high = Math.min(high, other);
  }
  const moved = [...jobs].toSorted(byPlace);
  const apart = (high - low) / (moved.length + 1);
  const ranked = moved.map(({ id }, index) => ({
    job: id,
    rank: { at, place: low + apart * (index + 1) },
  }));
  return apart >= narrowest ? ranked : withRoom(state, moved, side, beside);
}

/** After very many moves to one place, all jobs get places that are far apart again. */
function withRoom(
  state: FarmState,
  moved: readonly JobRecord[],
  side: Side,
  beside: JobRecord,
): readonly Ranked[] {
  const others = [...state.jobs.values()].filter((job) => !moved.includes(job)).toSorted(byPlace);
  const order = others.toSpliced(others.indexOf(beside) + (side === 'after' ? 1 : 0), 0, ...moved);
  const apart = state.nextBatch / (order.length + 1);
  return order.map((job, index) => ({
    job: job.id,
    rank: { at: moved.includes(job) ? beside.rank.at : job.rank.at, place: apart * (index + 1) },
  }));
}

const byPlace = (a: JobRecord, b: JobRecord): number => a.rank.place - b.rank.place;
