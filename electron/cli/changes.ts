/** Commands that change what is there. */
import { readFile } from 'node:fs/promises';
import { farmSettings } from '../../shared/ipc/settings-schema';
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
