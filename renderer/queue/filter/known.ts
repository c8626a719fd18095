import type { Queue } from '../../live/values';
import type { Known } from './suggest';

/** What the queue has to be found; gathered only when it is asked for. */
export function knownIn(queue: Queue): Known {
  const gather = (values: () => Iterable<string>): (() => readonly string[]) => {
    let found: readonly string[] | null = null;
    return () => (found ??= [...new Set(values())].toSorted());
  };
  const batches = [...queue.batches.values()];
  return {
    owners: gather(() => batches.map(({ owner }) => owner)),
    tenants: gather(() => batches.map(({ tenant }) => tenant)),
    nodes: gather(() => nodesIn(queue)),
  };
}

function* nodesIn({ jobs }: Queue): Generator<string> {
  for (const ofBatch of jobs.values()) for (const job of ofBatch.values()) yield* job.nodes;
}
