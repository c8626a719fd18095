import type { RequestName } from '../../shared/ipc/contract';
import { jobAbout } from './about';
import { changeHandlers } from './changes';
import { archiveHandlers } from './checkpoint-archives';
import { checkpointHandlers } from './checkpoints';
import { batchState } from '../engine/derived';
import { valueOf } from './done';
import { formHandlers } from './forms';
import type { Handlers } from './handlers';
import { reservationHandlers } from './reservations';
import { scheduleHandlers } from './schedules';
import { timelineHandlers } from './timeline';
import { whatIfHandlers } from './what-if';
import { whyHandlers } from './why';
import { find, findJob, findStep } from './find';
import { attemptAt, noLog, readLogPiece } from './log-reader';
import { searchTaskLog } from './log-search';
import { jobDetail, taskRows } from './rows';
import { nodeHandlers } from './nodes';
import { queuePicture } from './pictures';
import { labelsThere, samples } from './samples';

/** How each request of the contract is answered. Refusals are thrown as Refused. */
export const requestHandlers: Handlers<RequestName> = {
  'host.info': (host) => host.info,
  'recipe.check': async (host, params) => valueOf(await host.submissions.check(params)),
  'recipe.preflight': async (host, params) => valueOf(await host.submissions.preflight(params)),
  'batch.submit': async (host, params) => valueOf(await host.submissions.submit(params)),
  ...changeHandlers,
  ...whyHandlers,
  ...whatIfHandlers,
  ...timelineHandlers,
  ...scheduleHandlers,
  ...reservationHandlers,
  ...nodeHandlers,
  ...formHandlers,
  ...checkpointHandlers,
  ...archiveHandlers,
  'farm.forecast': (host) => host.forecast(),
  'batch.find': (host, { what }) => {
    const found = find(host.state, what);
    return 'jobs' in found ? { batch: found.id, job: null } : { batch: found.batch.id, job: found.id };
  },
  'batch.report': async (host, { what, folder }) => {
    const found = find(host.state, what);
    const batch = 'jobs' in found ? found : found.batch;
    const { html, json } = await host.makeReport(batch, folder);
    return { batch: batch.id, name: batch.batch.name, state: batchState(batch), html, json };
  },
  'queue.list': queuePicture,
  'history.list': async (host, { what, before, count }) => {
    const about = what === null ? null : find(host.state, what).id;
    return { entries: await host.store.history(about, before ?? Infinity, count) };
  },
  'job.show': (host, { job }) => jobDetail(host, findJob(host.state, job)),
  'job.about': (host, { job }) => jobAbout(host, findJob(host.state, job)),
  'task.list': async (host, range) => ({
    tasks: await taskRows(host, findStep(host.state, range), range.from, range.count),
  }),
  'task.attempts': async (host, place) => {
    const { job } = findStep(host.state, place);
    const attempts = await host.store.attempts(job.id, place.step, place.task, 1);
    return {
      attempts: attempts.map(({ id, node, assignedAt, endedAt, end, usage, lostMs }) => {
        const nodeName = host.state.nodes.get(node)?.name ?? node;
        const lost = lostMs === undefined ? {} : { lostMs };
        return { id, node, nodeName, assignedAt, endedAt, end, usage, ...lost };
      }),
    };
  },
  'log.read': async (host, place) => {
    findStep(host.state, place);
    const attempt = await attemptAt(host, place);
    return attempt === null ? noLog : readLogPiece(host, attempt, place.from, place.bytes);
  },
  'log.search': async (host, search) => {
    findStep(host.state, search);
    return searchTaskLog(host, search);
  },
  'sample.list': async ({ options, state }) => ({
    samples: await samples(options.resources, labelsThere(state.nodes.values())),
  }),
};
