import type { Refusal } from '../../shared/ipc/errors';
import { isEnded } from '../../shared/model/states';
import type { CommandOf } from './commands';
import { jobState } from './derived';
import type { FactOf } from './facts';
import { ranksBeside } from './ranks';
import type { FarmState, JobRecord } from './state';

/** Whether jobs can be put beside another one, and which ranks that means. */
export function decideMove(
  state: FarmState,
  { jobs: ids, side, beside: besideId, by, why = null }: CommandOf<'move'>,
  at: number,
): FactOf<'jobsMoved'> | Refusal {
  const beside = state.jobs.get(besideId);
  if (beside === undefined) return unknown(besideId);
  const moved = new Set<JobRecord>();
  let refusal: Refusal | null = null;
  for (const id of ids) {
    const job = state.jobs.get(id);
    const problem = job === undefined ? unknown(id) : problemWith(job, beside);
    if (job !== undefined && problem === null) moved.add(job);
    else refusal ??= problem;
  }
  if (moved.size === 0)
    return refusal ?? { code: 'conflict', message: 'There is no job that could be moved.' };
  const ranks = ranksBeside(state, moved, side, beside);
  const jobs = [...moved].map(({ id }) => id);
  return { kind: 'jobsMoved', at, by, why, undoes: null, jobs, to: { side, beside: besideId }, ranks };
}

const unknown = (id: string): Refusal => ({
  code: 'notFound',
  message: `There is no job ${id}. The queue lists those there are.`,
});

function problemWith(job: JobRecord, beside: JobRecord): Refusal | null {
  if (job === beside)
    return { code: 'conflict', message: `Job ${job.id} cannot come before or after itself.` };
  if (isEnded(jobState(job)))
    return { code: 'conflict', message: `Job ${job.id} is ${jobState(job)}: it has no turn any more.` };
  if (job.priority !== beside.priority)
    return {
      code: 'conflict',
      message: `Job ${job.id} has ${job.priority.toLowerCase()} priority and ${beside.id} has ${beside.priority.toLowerCase()}: a job moves only among those of its own. Change its priority first.`,
    };
  return null;
}
