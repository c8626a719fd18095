/** Requests that change how the farm works: holds, order, dependencies, nodes and settings. */
import type { Changed, JobsChange, Wish } from '../../shared/ipc/contract';
import type { JobId } from '../../shared/model/ids';
import { isEnded, type Priority } from '../../shared/model/states';
import type { CommandOf } from '../engine/commands';
import { jobState } from '../engine/derived';
import { jobOf } from '../engine/dependencies/edges';
import { previewLink } from '../engine/dependencies/preview';
import type { Edge, JobRecord } from '../engine/state';
import type { Host } from '../host';
import { changed, done } from './done';
import { find, jobsOf, Refused } from './find';
import type { Handlers } from './handlers';
import { edgeRow } from './rows';

const jobs = (host: Host, what: string): readonly JobRecord[] => jobsOf(find(host.state, what));

const toJobs =
  (kind: 'cancel' | 'retry' | 'hold' | 'release') =>
  async (host: Host, { what, why }: Wish): Promise<Changed> =>
    changed(await host.command({ kind, why, jobs: jobs(host, what).map(({ id }) => id) }));

export const changeHandlers: Handlers<
  | 'batch.cancel'
  | 'batch.retry'
  | 'task.cancel'
  | 'task.retry'
  | 'task.skip'
  | 'batch.hold'
  | 'batch.release'
  | 'batch.order'
  | 'jobs.change'
  | 'change.undo'
  | 'edge.list'
  | 'edge.change'
  | 'edge.bypass'
  | 'settings.show'
  | 'settings.change'
> = {
  'batch.cancel': toJobs('cancel'),
  'batch.retry': toJobs('retry'),
  'task.cancel': async (host, params) => changed(await host.command({ kind: 'cancelTasks', ...params })),
  'task.retry': async (host, params) => changed(await host.command({ kind: 'retryTasks', ...params })),
  'task.skip': async (host, params) => changed(await host.command({ kind: 'skipTasks', ...params })),
  'batch.hold': toJobs('hold'),
  'batch.release': toJobs('release'),
  'batch.order': async (host, { what, why, ...order }) =>
    changed(await host.command({ kind: 'order', why, jobs: ordered(jobs(host, what), order) })),
  'jobs.change': async (host, { jobs: ids, change, why }) =>
    changed(await host.command(manyCommand(host, ids, change, why))),
  'change.undo': async (host, { change }) => {
    const last = host.state.undoable.at(-1);
    done(await host.command({ kind: 'undo', why: null, change: change ?? last?.id ?? null }));
    return { undone: last === undefined ? '' : `${last.by} ${last.what}` };
  },
  'edge.list': (host, { what }) => {
    const wanted = new Set(jobs(host, what));
    const touches = ({ from, to }: Edge): boolean =>
      wanted.has(jobOf(to)) || (from !== null && wanted.has(jobOf(from)));
    return { edges: [...host.state.edges.values()].filter(touches).map(edgeRow) };
  },
  'edge.change': async (host, { add, remove, apply, why }) => {
    const preview = previewLink(host.state, add, new Set(remove));
    if (!apply) return { ...preview, change: null };
    const { change } = done(await host.command({ kind: 'link', why, add, remove }));
    return { ...preview, change };
  },
  'edge.bypass': async (host, { edge, why }) => {
    done(await host.command({ kind: 'bypass', why, edge }));
    return {};
  },
  'settings.show': (host) => ({ settings: host.state.settings }),
  'settings.change': async (host, { settings, why }) => {
    const { change } = done(await host.command({ kind: 'configure', why, settings }));
    return { change };
  },
};

interface Order {
  readonly priority: Priority | null;
  readonly deadline: number | null;
}

function ordered(records: readonly JobRecord[], { priority, deadline }: Order): CommandOf<'order'>['jobs'] {
  return records.map((job) => ({
    job: job.id,
    priority: priority ?? job.priority,
    deadline: deadline === null ? job.deadline : deadline === 0 ? null : deadline,
  }));
}

type Many =
  | Omit<CommandOf<'cancel' | 'retry' | 'hold' | 'release'>, 'by'>
  | Omit<CommandOf<'move'>, 'by'>
  | Omit<CommandOf<'order'>, 'by'>;

function manyCommand(host: Host, ids: readonly JobId[], change: JobsChange, why: string | null): Many {
  if (change.kind === 'move') return { ...change, why, jobs: ids };
  if (change.kind !== 'order') return { kind: change.kind, why, jobs: ids };
  // What has ended has no order any more.
  const open = ids.flatMap((id) => host.state.jobs.get(id) ?? []).filter((job) => !isEnded(jobState(job)));
  if (open.length === 0)
    throw new Refused({
      code: 'conflict',
      message: 'These jobs have ended: there is nothing left to come earlier or later.',
    });
  return { kind: 'order', why, jobs: ordered(open, change) };
}
