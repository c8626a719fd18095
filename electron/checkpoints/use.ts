/** What the checkpoints of jobs take, and what another rule would give up of them. */
import type { KeepWish } from '../../shared/ipc/checkpoints';
import { checkpointNumber, usualKeep, type Checkpoint } from '../../shared/model/checkpoint';
import type { JobId } from '../../shared/model/ids';
import { whatJobHas, type JobUse } from './prune';
import { neededByForks } from '../engine/forks';
import type { Store, WhichCheckpoints } from '../engine/ports';
import type { FarmState } from '../engine/state';

export interface UseOfJobs {
  /** The one with the most first. */
  readonly jobs: readonly JobUse[];
  /** Null: the store cannot tell now. */
  readonly frees: number | null;
}

export interface CheckpointUsePorts {
  readonly store: Pick<Store, 'checkpoints'>;
  readonly state: FarmState;
  readonly wouldFree: (checkpoints: readonly Checkpoint[]) => Promise<number>;
}

const pageSize = 1000;

export async function checkpointUse(
  { store, state, wouldFree }: CheckpointUsePorts,
  which: WhichCheckpoints,
  keep: KeepWish | null,
): Promise<UseOfJobs> {
  const ofJobs = new Map<JobId, Checkpoint[]>();
  for (let before = Infinity; ;) {
    const page = await store.checkpoints(which, before, pageSize);
    for (const one of page) {
      if (one.dropped) continue;
      const known = ofJobs.get(one.job);
      if (known === undefined) ofJobs.set(one.job, [one]);
      else known.push(one);
    }
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) break;
    before = checkpointNumber(last.id);
  }
  const rule = keep === null ? null : { ...usualKeep, ...keep };
  const forks = neededByForks(state);
  const isNeeded = ({ job, step, task, id }: Checkpoint): boolean =>
    forks.has(id) || state.jobs.get(job)?.steps[step]?.saved.get(task)?.checkpoint === id;
  const jobs = [...ofJobs].map(([job, all]) => whatJobHas(job, all, rule, isNeeded));
  const givenUp = jobs.flatMap((one) => one.givenUp);
  const frees = givenUp.length === 0 ? 0 : await wouldFree(givenUp).catch(() => null);
  return { jobs: jobs.toSorted((a, b) => b.bytes - a.bytes), frees };
}
