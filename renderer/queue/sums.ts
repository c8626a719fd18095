/** What a batch tells of its jobs, put together once for the jobs as they are. */
import type { JobRow } from '../../shared/ipc/queue';
import type { JobId } from '../../shared/model/ids';
import type { ExpectedEnd } from '../../shared/model/forecast';
import { isEnded, priorities } from '../../shared/model/states';
import type { JobKind, Priority } from '../../shared/model/states';

export interface Sum {
  /** The job whose deadline comes first, of those that have not ended. */
  readonly pressing: JobRow | null;
  /** When the last of them is expected to end; null: of one that is not known, or none is open. */
  readonly end: ExpectedEnd | null;
  readonly nodes: readonly string[];
  /** Of those that have not ended, the highest. */
  readonly priority: Priority | null;
  /** The first place among those of that priority. */
  readonly place: number | null;
  /** Null: they are of several. */
  readonly kind: JobKind | null;
}

const sums = new WeakMap<ReadonlyMap<JobId, JobRow>, Sum>();

export function sumOf(jobs: ReadonlyMap<JobId, JobRow>): Sum {
  let sum = sums.get(jobs);
  if (sum === undefined) {
    sum = add([...jobs.values()]);
    sums.set(jobs, sum);
  }
  return sum;
}

function add(jobs: readonly JobRow[]): Sum {
  const open = jobs.filter(({ state }) => !isEnded(state));
  const withDeadline = open.filter(({ deadline }) => deadline !== null);
  const levels = open.map(({ priority }) => priorities.indexOf(priority));
  const priority = priorities[levels.reduce((most, level) => Math.max(most, level), -1)] ?? null;
  const kinds = new Set(jobs.map(({ kind }) => kind));
  const [kind = null] = kinds.size === 1 ? kinds : [];
  return {
    pressing: withDeadline.reduce<JobRow | null>(
      (first, job) => (first === null || (job.deadline ?? 0) < (first.deadline ?? 0) ? job : first),
      null,
    ),
    end: lastEnd(open),
    nodes: [...new Set(open.flatMap(({ nodes }) => nodes))],
    priority,
    place: firstPlace(open, priority),
    kind,
  };
}

function firstPlace(open: readonly JobRow[], priority: Priority | null): number | null {
  const places = open.flatMap((job) => (job.priority === priority ? [job.place] : []));
  return places.length === 0 ? null : places.reduce((least, place) => Math.min(least, place), Infinity);
}

function lastEnd(open: readonly JobRow[]): ExpectedEnd | null {
  let last: ExpectedEnd | null = null;
  for (const { end } of open) {
    if (end === null) return null;
    last =
      last === null
        ? end
        : {
            p50: Math.max(last.p50, end.p50),
            p90: Math.max(last.p90, end.p90),
            isGuess: last.isGuess || end.isGuess,
          };
  }
  return last;
}
