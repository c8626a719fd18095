/** Recipes that are submitted again and again, or once later. */
import { isAbsolute, relative, sep } from 'node:path';
import type { Refusal } from '../../shared/ipc/errors';
import type { ScheduleRow } from '../../shared/ipc/plans';
import type { Batch } from '../../shared/model/batch';
import type { ScheduleRule } from '../../shared/model/schedule';
import { taskCount } from '../../shared/model/space';
import { batchState } from '../engine/derived';
import type { FarmState, ScheduleRecord } from '../engine/state';
import { nextFiring } from '../engine/time/timings';
import type { Host } from '../host';
import { recipeRefusal } from '../submit/read-recipe';
import { done } from './done';
import { Refused } from './find';
import type { Handlers } from './handlers';

export const scheduleHandlers: Handlers<'schedule.add' | 'schedule.list' | 'schedule.remove'> = {
  'schedule.add': async (host, { source, parameters, folder, name, rule: given, why }) => {
    const read = await host.submissions.read({ source, parameters, folder });
    if (!read.ok) throw new Refused(recipeRefusal(read, 'scheduled'));
    const { batch, summary } = read;
    const rule = given ?? summary.schedule;
    if (rule === null) throw new Refused(noSchedule);
    const { schedule: id } = done(
      await host.command({ kind: 'schedule', why, name: name ?? batch.name, rule, batch }),
    );
    const record = id === null ? undefined : host.state.schedules.get(id);
    if (record === undefined) throw new Error('a schedule was accepted but is not there');
    return {
      schedule: scheduleRow(host, record),
      notices: [...(await host.submissions.notices(batch)), ...noticesOf(batch, rule)],
    };
  },
  'schedule.list': (host) => ({
    schedules: [...host.state.schedules.values()].map((record) => scheduleRow(host, record)),
  }),
  'schedule.remove': async (host, { what, why }) => {
    const record = findSchedule(host.state, what);
    const schedule = scheduleRow(host, record);
    done(await host.command({ kind: 'unschedule', why, schedule: record.id }));
    return { schedule };
  },
};

const noSchedule: Refusal = {
  code: 'refused',
  message:
    'Nothing was scheduled: neither the recipe nor you said when. Give it schedule: { cron: "0 22 * * *" }, or say --once, --every or --cron.',
};

function scheduleRow({ state }: Host, record: ScheduleRecord): ScheduleRow {
  const { id, name, by, rule, batch, latest, queued, dealtWith } = record;
  const last = record.last === null ? undefined : state.batches.get(record.last);
  return {
    id,
    name,
    by,
    rule,
    recipe: batch.recipe,
    tasks: batch.jobs.flatMap((job) => job.steps).reduce((sum, step) => sum + taskCount(step.space), 0),
    next: nextFiring(rule.timing, dealtWith),
    latest,
    queued,
    lastBatch: last === undefined ? null : { id: last.id, state: batchState(last) },
  };
}

function findSchedule({ schedules }: FarmState, what: string): ScheduleRecord {
  const all = [...schedules.values()];
  const byId = all.filter(({ id }) => id === what);
  const [named, ...more] = byId.length > 0 ? byId : all.filter(({ name }) => name === what);
  if (named === undefined)
    throw new Refused({
      code: 'notFound',
      message: `There is no schedule ${what}. drover schedules lists those there are.`,
    });
  if (more.length === 0) return named;
  const ids = [named, ...more].map(({ id }) => id).join(', ');
  throw new Refused({
    code: 'conflict',
    message: `Several schedules are named ${what}. Name one by its id: ${ids}.`,
  });
}

/** The recipe was written for one run. */
function noticesOf({ output, jobs }: Batch, { timing }: ScheduleRule): readonly string[] {
  if (timing.kind === 'once') return output === null ? [] : [outputNotice(output)];
  const deadlines = jobs.filter(({ deadline }) => deadline !== null).map(({ name }) => name);
  const shared = jobs
    .flatMap(({ steps }) => steps.map(({ folder }) => folder))
    .filter((folder) => output !== null && isBelow(folder, output));
  return [
    ...(output === null ? [] : [outputNotice(output)]),
    ...[...new Set(shared)].map(
      (folder) =>
        `All runs work in the same ${folder}: it was named when the recipe was read, before there was a run.`,
    ),
    ...(deadlines.length === 0
      ? []
      : [`The deadline of ${deadlines.join(', ')} is the same moment for all runs.`]),
  ];
}

const outputNotice = (output: string): string =>
  `The recipe says where its results go: each run gets a folder of its own in ${output}.`;

function isBelow(folder: string, other: string): boolean {
  const way = relative(other, folder);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
