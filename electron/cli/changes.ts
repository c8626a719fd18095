/** Commands that change what is there. */
import { readFile } from 'node:fs/promises';
import { farmSettings } from '../../shared/ipc/settings-schema';
import type { JobId } from '../../shared/model/ids';
import { isEnded } from '../../shared/model/states';
import { UsageError, type Arguments } from './arguments';
import { tellWhenAlone, type Command } from './command';
import type { Farm } from './farm';
import { showWhatIf } from './forecast';
import { exitStatus, refusal, valueOf, type ExitStatus } from './outcome';
import { print } from './run';
import { priorityOf } from './values';

export const changeCommands: Readonly<Record<string, Command>> = {
  cancel: toJobs('batch.cancel', 'cancelled'),
  retry: toJobs('batch.retry', 'to run again'),
  hold: toJobs('batch.hold', 'held'),
  release: toJobs('batch.release', 'released'),
  priority: {
    operands: 'JOB LEVEL',
    options: ['why'],
    async run(farm, what, given) {
      const [, level = ''] = given.operands;
      const priority = priorityOf(level);
      const changed = await farm.client.request('batch.order', {
        what,
        why: given.why,
        priority,
        deadline: null,
      });
      return tell(farm, valueOf(changed), `now ${priority}`, given);
    },
  },
  move: {
    operands: 'JOB before|after JOB',
    options: ['why'],
    async run(farm, what, given) {
      const [, side = '', other = ''] = given.operands;
      if (side !== 'before' && side !== 'after')
        throw new UsageError(`a job is moved before or after another one, not '${side}'`);
      const jobs = await jobsOf(farm, what);
      const beside = (await jobsOf(farm, other)).at(side === 'before' ? 0 : -1);
      if (beside === undefined) throw new UsageError(`${other} has no jobs`);
      const change = { kind: 'move', side, beside } as const;
      const changed = valueOf(await farm.client.request('jobs.change', { jobs, change, why: given.why }));
      if (given.json) print(changed);
      else console.log(`${changed.jobs.join(', ')}: now ${side} ${beside}`);
      tellWhenAlone(farm);
      return exitStatus.done;
    },
  },
  undo: {
    operands: '',
    async run(farm, _none, { json }) {
      const { undone } = valueOf(await farm.client.request('change.undo', {}));
      if (json) print({ undone });
      else console.log(`taken back: ${undone}`);
      return exitStatus.done;
    },
  },
  settings: {
    operands: '[FILE]',
    options: ['why', 'preview'],
    async run(farm, file, given) {
      const { why, json, options } = given;
      if (options.preview === true) {
        if (file === '') throw new UsageError('--preview takes the FILE whose settings would be set');
        return showWhatIf(farm, { settings: await readSettings(file) }, given);
      }
      if (file !== '') {
        valueOf(await farm.client.request('settings.change', { settings: await readSettings(file), why }));
        if (!json) console.error('The settings are changed; drover undo takes that back.');
      }
      const { settings } = valueOf(await farm.client.request('settings.show', {}));
      if (json) print(settings);
      else console.log(JSON.stringify(settings, undefined, 2));
      return exitStatus.done;
    },
  },
};

/** One, or those of a batch that have not ended, in the order of their turns. */
async function jobsOf(farm: Farm, what: string): Promise<readonly JobId[]> {
  const { batch, job } = valueOf(await farm.client.request('batch.find', { what }));
  if (job !== null) return [job];
  const { jobs } = valueOf(await farm.client.request('queue.list', {}));
  const open = jobs.filter((row) => row.batch === batch && !isEnded(row.state));
  if (open.length === 0) throw refusal(`All jobs of ${batch} have ended: they have no turn any more.`);
  return open.toSorted((a, b) => a.place - b.place).map(({ id }) => id);
}

async function readSettings(file: string) {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw refusal(`${file} cannot be read: ${String(error)}`);
  });
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw refusal(`${file} is no JSON: ${String(error)}`);
  }
  const read = farmSettings.safeParse(data);
  if (read.success) return read.data;
  const problems = read.error.issues.map(({ path, message }) =>
    [...(path.length === 0 ? [] : [path.join('.')]), message].join(': '),
  );
  throw refusal(`${file} cannot be used. drover settings prints what is allowed.\n${problems.join('\n')}`);
}

function tell(
  farm: Farm,
  changed: { readonly jobs: readonly string[]; readonly tasks: number },
  done: string,
  { json }: Arguments,
): ExitStatus {
  if (json) print(changed);
  else
    console.log(
      `${changed.jobs.join(', ')}: ${changed.tasks} ${changed.tasks === 1 ? 'task' : 'tasks'} ${done}`,
    );
  tellWhenAlone(farm);
  return exitStatus.done;
}

function toJobs(
  request: 'batch.cancel' | 'batch.retry' | 'batch.hold' | 'batch.release',
  done: string,
): Command {
  return {
    operands: 'JOB',
    options: ['why'],
    run: async (farm, what, given) =>
      tell(farm, valueOf(await farm.client.request(request, { what, why: given.why })), done, given),
  };
}
