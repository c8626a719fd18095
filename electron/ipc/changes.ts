/** Requests that change how the farm works: holds, order, dependencies, nodes and settings. */
import type { Changed, EdgeRow, Wish } from '../../shared/ipc/contract';
import { edgeState } from '../engine/dependencies/readiness';
import { jobOf } from '../engine/dependencies/edges';
import { previewLink } from '../engine/dependencies/preview';
import type { Edge, JobRecord } from '../engine/state';
import type { Host } from '../host';
import { changed, done } from './done';
import { find, jobsOf } from './find';
import type { Handlers } from './handlers';

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
  | 'batch.hold'
  | 'batch.release'
  | 'batch.order'
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
  'batch.hold': toJobs('hold'),
  'batch.release': toJobs('release'),
  'batch.order': async (host, { what, why, priority, deadline }) => {
    const wanted = jobs(host, what).map((job) => ({
      job: job.id,
      priority: priority ?? job.priority,
      deadline: deadline === null ? job.deadline : deadline === 0 ? null : deadline,
    }));
    return changed(await host.command({ kind: 'order', why, jobs: wanted }));
  },
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
    if (apply) done(await host.command({ kind: 'link', why, add, remove }));
    return preview;
  },
  'edge.bypass': async (host, { edge, why }) => {
    done(await host.command({ kind: 'bypass', why, edge }));
    return {};
  },
  'settings.show': (host) => ({ settings: host.state.settings }),
  'settings.change': async (host, { settings, why }) => {
    done(await host.command({ kind: 'configure', why, settings }));
    return {};
  },
};

function edgeRow(edge: Edge): EdgeRow {
  return { id: edge.id, ...edge.spec, state: edgeState(edge), reason: edge.reason };
}
