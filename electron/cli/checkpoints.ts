/** What tasks can go on from. */
import { resolve } from 'node:path';
import type { CheckpointRow } from '../../shared/ipc/checkpoints';
import {
  bytesOf,
  checkpointNumber,
  type CheckpointId,
  type ReportedValues,
} from '../../shared/model/checkpoint';
import { bytesInWords } from '../../shared/model/bytes-in-words';
import { parseLogAddress, UsageError } from './arguments';
import { tellWhenAlone, type Command } from './command';
import { checkpointUseCommands } from './checkpoint-use';
import type { Farm } from './farm';
import { planText } from './interval-plan';
import { exitStatus, valueOf } from './outcome';
import { print } from './run';
import { moments, table } from './text';
import { valueOfOption } from './values';
import { parseSpan } from '../submit/values/durations';

const usualCount = 100;
const pageSize = 1000;

const list: Command = {
  operands: '[JOB]',
  options: ['count'],
  async run(farm, what, { options, json }) {
    const count = options.count === undefined ? usualCount : Number(options.count);
    if (!Number.isInteger(count) || count < 1 || count > pageSize)
      throw new UsageError(`--count takes a whole number from 1 to ${pageSize}, not '${options.count}'`);
    const checkpoints = await listed(farm, what, null, count);
    if (json) print({ checkpoints });
    else console.log(checkpointsText(checkpoints));
    return exitStatus.done;
  },
};

export const checkpointCommands: Readonly<Record<string, Command>> = {
  checkpoints: list,
  'checkpoints list': list,
  'checkpoints show': {
    operands: 'CHECKPOINT',
    async run(farm, name, { json }) {
      const id = idOf(name);
      const [checkpoint] = await listed(farm, '', checkpointNumber(id) + 1, 1);
      if (checkpoint?.id !== id) throw new UsageError(`there is no checkpoint ${id}`);
      if (json) print(checkpoint);
      else console.log(checkpointText(checkpoint));
      return exitStatus.done;
    },
  },
  'checkpoints verify': {
    operands: '[JOB|CHECKPOINT]',
    async run(farm, what, { json }) {
      const results = [];
      for (const checkpoint of await meant(farm, what))
        results.push(valueOf(await farm.client.request('checkpoint.verify', { checkpoint })));
      const wrong = results.filter(({ problem }) => problem !== null);
      if (json) print({ checkpoints: results });
      else {
        for (const { checkpoint, problem } of wrong) console.log(`${checkpoint}  ${problem}`);
        console.log(
          `${results.length - wrong.length} of ${results.length} are as they were when they were found`,
        );
      }
      return wrong.length === 0 ? exitStatus.done : exitStatus.workFailed;
    },
  },
  'checkpoints resume': {
    operands: 'CHECKPOINT',
    options: ['why', 'force'],
    async run(farm, name, { options, why, json }) {
      const wish = { checkpoint: idOf(name), why, force: options.force ?? false };
      const done = valueOf(await farm.client.request('checkpoint.resume', wish));
      if (json) print(done);
      else console.log(`the task of ${done.jobs.join(', ')} goes on from ${name}`);
      tellWhenAlone(farm);
      return exitStatus.done;
    },
  },
  'checkpoints fork': {
    operands: 'CHECKPOINT',
    options: ['parameter', 'output', 'why', 'force'],
    async run(farm, name, { parameters, options, why, json }) {
      const output = options.output === undefined ? null : resolve(options.output);
      const [checkpoint, force] = [idOf(name), options.force ?? false];
      const wish = { checkpoint, parameters, output };
      const { risks } = valueOf(await farm.client.request('checkpoint.checkFork', wish));
      const submitted = valueOf(await farm.client.request('checkpoint.fork', { ...wish, why, force }));
      for (const { level, text } of risks) console.error(`${level}: ${text}`);
      if (json) print(submitted);
      else
        console.log(
          `${submitted.jobs.join(', ')} begins from ${name}; its results go to ${submitted.output}`,
        );
      tellWhenAlone(farm);
      return exitStatus.done;
    },
  },
  'checkpoints plan': {
    operands: 'JOB',
    options: ['cost'],
    async run(farm, what, { options, json }) {
      const costMs = options.cost === undefined ? null : valueOfOption('cost', parseSpan(options.cost));
      const { plans } = valueOf(await farm.client.request('checkpoint.plan', { what, costMs }));
      if (json) print({ plans });
      else if (plans.length > 0) console.log(plans.map(planText).join('\n\n'));
      else
        console.log(
          `What it costs to save is not known: no checkpoint of ${what} has been found yet. --cost 20s tells it.`,
        );
      return exitStatus.done;
    },
  },
  'checkpoints tag': {
    operands: 'CHECKPOINT [TAG]',
    options: ['why'],
    async run(farm, name, { operands, why, json }) {
      const tag = operands[1] ?? null;
      valueOf(await farm.client.request('checkpoint.tag', { checkpoint: idOf(name), tag, why }));
      if (json) print({ checkpoint: name, tag });
      else console.log(tag === null ? `${name} has no tag` : `${name} is kept as ${tag}`);
      return exitStatus.done;
    },
  },
  'checkpoints note': {
    operands: 'CHECKPOINT [TEXT]',
    options: ['why'],
    async run(farm, name, { operands, why, json }) {
      const note = operands[1] ?? null;
      valueOf(await farm.client.request('checkpoint.note', { checkpoint: idOf(name), note, why }));
      if (json) print({ checkpoint: name, note });
      else console.log(note === null ? `${name} has no note` : `${name}: ${note}`);
      return exitStatus.done;
    },
  },
  ...checkpointUseCommands,
  'checkpoints export': {
    operands: 'CHECKPOINT FILE',
    options: ['force'],
    async run(farm, name, { operands, options, json }) {
      const file = resolve(operands[1] ?? '');
      const replaces = options.force === true;
      const wish = { checkpoint: idOf(name), file, replaces };
      const exported = valueOf(await farm.client.request('checkpoint.export', wish));
      if (json) print(exported);
      else console.log(`${name}, ${bytesInWords(exported.bytes)}, is in ${file}`);
      return exitStatus.done;
    },
  },
  'checkpoints import': {
    operands: 'FILE',
    options: ['job', 'why'],
    async run(farm, name, { options, why, json }) {
      if (options.job === undefined)
        throw new UsageError('checkpoints import takes --job JOB[/STEP[/INDEX]]: which task is it for?');
      const { job: what, step, index: task } = parseLogAddress(options.job);
      const wish = { file: resolve(name), what, step, task, why };
      const imported = valueOf(await farm.client.request('checkpoint.import', wish));
      if (json) print(imported);
      else console.log(`${imported.checkpoint} is what the task goes on from when it runs next`);
      tellWhenAlone(farm);
      return exitStatus.done;
    },
  },
  'checkpoints delete': {
    operands: 'CHECKPOINT',
    options: ['why'],
    async run(farm, name, { why, json }) {
      const done = valueOf(await farm.client.request('checkpoint.drop', { checkpoint: idOf(name), why }));
      if (json) print(done);
      else console.log(`${name} is deleted; its place is free when nothing else needs the same bytes`);
      return exitStatus.done;
    },
  },
};

async function listed(
  farm: Farm,
  what: string,
  before: number | null,
  count: number,
): Promise<readonly CheckpointRow[]> {
  const wanted = { what: what === '' ? null : what, before, count };
  return valueOf(await farm.client.request('checkpoint.list', wanted)).checkpoints;
}

/** One, or all of a job or of the farm that have bytes. */
async function meant(farm: Farm, what: string): Promise<readonly CheckpointId[]> {
  if (isId(what)) return [what];
  const found: CheckpointId[] = [];
  let before: number | null = null;
  for (;;) {
    const page = await listed(farm, what, before, pageSize);
    found.push(...page.filter(({ dropped }) => !dropped).map(({ id }) => id));
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return found;
    before = checkpointNumber(last.id);
  }
}

const isId = (text: string): text is CheckpointId => /^c\d{1,15}$/.test(text);

function idOf(text: string): CheckpointId {
  if (isId(text)) return text;
  throw new UsageError(`'${text}' is no checkpoint; one is named such as c12`);
}

function checkpointsText(checkpoints: readonly CheckpointRow[]): string {
  if (checkpoints.length === 0) return 'No checkpoint has been found yet.';
  const rows = checkpoints.map((one) => [
    one.id,
    one.job,
    one.label,
    one.name,
    one.at === null ? '' : `${one.at}`,
    bytesInWords(bytesOf(one)),
    moments.format(one.madeAt),
    one.nodeName,
    stateOf(one),
  ]);
  return table([['ID', 'JOB', 'TASK', 'NAME', 'AT', 'SIZE', 'MADE', 'NODE', 'STATE'], ...rows]);
}

function stateOf({ dropped, broken, isNext, tag }: CheckpointRow): string {
  const parts = [
    ...(dropped ? ['deleted'] : broken === null ? [] : [`broken: ${broken}`]),
    ...(isNext ? ['next'] : []),
    ...(tag === null ? [] : [`kept as ${tag}`]),
  ];
  return parts.join(', ');
}

function checkpointText(one: CheckpointRow): string {
  const { id, job, label, type, name, folder, files, attempt, parent } = one;
  const about = [
    ['checkpoint', `${id} of ${job}${label === '' ? '' : `, ${label}`}`],
    ['is', [type, stateOf(one)].filter(Boolean).join(', ')],
    ['made', `${moments.format(one.madeAt)} by ${attempt} on ${one.nodeName}`],
    ...(one.at === null ? [] : [['at', `${one.at}`]]),
    ...(parent === null ? [] : [['after', parent]]),
    ...(one.branches.length === 0 ? [] : [['branches', one.branches.join(', ')]]),
    ...(one.values === undefined ? [] : [['with', valuesText(one.values)]]),
    ['lies in', folder],
    ['is made of', name],
    ...(one.note === undefined ? [] : [['note', one.note]]),
  ];
  const list = files.map(({ path, bytes, hash }) => [`  ${path}`, bytesInWords(bytes), hash]);
  return `${table(about)}\n${table(list)}`;
}

const valuesText = (values: ReportedValues): string =>
  Object.entries(values)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
