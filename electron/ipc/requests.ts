import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RequestName, Sample } from '../../shared/ipc/contract';
import type { Result } from '../submissions';
import { changeHandlers } from './changes';
import { formHandlers } from './forms';
import type { Handlers } from './handlers';
import { readRecipe } from '../submit/read-recipe';
import { reservationHandlers } from './reservations';
import { scheduleHandlers } from './schedules';
import { whatIfHandlers } from './what-if';
import { whyHandlers } from './why';
import { find, findJob, findStep, Refused } from './find';
import { newestAttempt, noLog, readLogPiece } from './log-reader';
import { searchTaskLog } from './log-search';
import { jobDetail, taskRows } from './rows';
import { nodeHandlers } from './nodes';
import { queuePicture } from './pictures';

/** How each request of the contract is answered. Refusals are thrown as Refused. */
export const requestHandlers: Handlers<RequestName> = {
  'host.info': (host) => host.info,
  'recipe.check': async (host, params) => value(await host.submissions.check(params)),
  'batch.submit': async (host, params) => value(await host.submissions.submit(params)),
  ...changeHandlers,
  ...whyHandlers,
  ...whatIfHandlers,
  ...scheduleHandlers,
  ...reservationHandlers,
  ...nodeHandlers,
  ...formHandlers,
  'farm.forecast': (host) => host.forecast(),
  'batch.find': (host, { what }) => {
    const found = find(host.state, what);
    return 'jobs' in found ? { batch: found.id, job: null } : { batch: found.batch.id, job: found.id };
  },
  'queue.list': queuePicture,
  'history.list': async (host, { what, before, count }) => {
    const about = what === null ? null : find(host.state, what).id;
    return { entries: await host.store.history(about, before ?? Infinity, count) };
  },
  'job.show': (host, { job }) => jobDetail(host, findJob(host.state, job)),
  'task.list': async (host, range) => ({
    tasks: await taskRows(host, findStep(host.state, range), range.from, range.count),
  }),
  'log.read': async (host, place) => {
    findStep(host.state, place);
    const attempt = await newestAttempt(host, place);
    return attempt === null ? noLog : readLogPiece(host, attempt, place.from, place.bytes);
  },
  'log.search': async (host, search) => {
    findStep(host.state, search);
    return searchTaskLog(host, search);
  },
  'sample.list': async (host) => ({ samples: await samples(host.options.resources) }),
};

function value<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Refused(result.refusal);
  return result.value;
}

/** The bundled samples, described by their own recipes. */
async function samples(resources: string): Promise<readonly Sample[]> {
  const folder = join(resources, 'samples');
  const found: Sample[] = [];
  for (const name of (await readdir(folder)).toSorted()) {
    const recipe = join(folder, name, 'recipe.yaml');
    const read = await readRecipe({ source: { kind: 'file', path: recipe }, parameters: {} }, [], []);
    if (!read.ok) continue;
    const { name: title, tasks, jobs } = read.summary;
    const kinds = new Set(jobs.map((job) => job.kind));
    const kind = kinds.has('simulation') ? 'simulation' : 'render';
    found.push({
      name,
      title,
      kind,
      recipe,
      description: `A ${kind} in ${tasks} tasks. It needs nothing installed.`,
    });
  }
  // A render first: it is what a newcomer sees something of within seconds.
  return found.toSorted((a, b) => Number(b.kind === 'render') - Number(a.kind === 'render'));
}
