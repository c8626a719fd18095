import type { Queue } from '../live/values';
import type { JobId } from '../../shared/model/ids';
import { isEnded } from '../../shared/model/states';

export interface JobChoice {
  readonly value: JobId;
  readonly label: string;
  readonly isOpen: boolean;
}

/** The jobs that may be looked for, the newest first. */
export function jobChoices(queue: Queue | null): readonly JobChoice[] {
  const choices: JobChoice[] = [];
  for (const [batch, jobs] of queue?.jobs ?? []) {
    const name = queue?.batches.get(batch)?.name ?? batch;
    for (const job of jobs.values())
      choices.push({ value: job.id, label: `${job.name} – ${name}`, isOpen: !isEnded(job.state) });
  }
  return choices.toReversed();
}
