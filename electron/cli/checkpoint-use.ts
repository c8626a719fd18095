/** What checkpoints take, and how room is made. */
import type { CheckpointUse, KeepWish } from '../../shared/ipc/checkpoints';
import { bytesInWords } from '../../shared/model/bytes-in-words';
import { parseSpan } from '../submit/values/durations';
import { UsageError, type Options } from './arguments';
import type { Command } from './command';
import { exitStatus, valueOf } from './outcome';
import { print } from './run';
import { table } from './text';

export const checkpointUseCommands: Readonly<Record<string, Command>> = {
  'checkpoints usage': {
    operands: '[JOB]',
    async run(farm, what, { json }) {
      const use = valueOf(await farm.client.request('checkpoint.use', { what: what || null, keep: null }));
      if (json) print(use);
      else console.log(use.jobs.length === 0 ? 'No checkpoint is kept.' : usageText(use));
      return exitStatus.done;
    },
  },
  'checkpoints prune': {
    operands: '[JOB]',
    options: ['last', 'every', 'dry-run', 'why'],
    async run(farm, name, { options, why, json }) {
      const keep = keepOf(options);
      const what = name || null;
      const isTrial = options['dry-run'] === true;
      const pruned = isTrial
        ? { ...valueOf(await farm.client.request('checkpoint.use', { what, keep })), problems: [] }
        : valueOf(await farm.client.request('checkpoint.prune', { what, keep, why }));
      if (json) print(pruned);
      else {
        if (pruned.jobs.length > 0) console.log(usageText(pruned));
        for (const problem of pruned.problems) console.error(problem);
        console.log(sumText(pruned, isTrial));
      }
      return pruned.problems.length === 0 ? exitStatus.done : exitStatus.refused;
    },
  },
};

function keepOf({ last, every }: Options): KeepWish {
  if (last === undefined && every === undefined)
    throw new UsageError('checkpoints prune takes --last N, --every SPAN or both: what is to be kept?');
  const count = last === undefined ? 1 : Number(last);
  if (!Number.isInteger(count) || count < 1 || count > 100_000)
    throw new UsageError(`--last takes a whole number from 1 to 100000, not '${last}'`);
  if (every === undefined) return { last: count, everyMs: null };
  const span = parseSpan(every);
  if (!span.ok) throw new UsageError(`--every: ${span.message}`);
  return { last: count, everyMs: span.value };
}

function usageText({ jobs }: CheckpointUse): string {
  const rows = jobs.map(({ job, checkpoints, bytes, givenUp, givenUpBytes }) => [
    job,
    `${checkpoints}`,
    bytesInWords(bytes),
    givenUp === 0 ? '' : `${givenUp}`,
    givenUp === 0 ? '' : bytesInWords(givenUpBytes),
  ]);
  return table([['JOB', 'CHECKPOINTS', 'SIZE', 'GIVEN UP', 'OF SIZE'], ...rows]);
}

function sumText({ jobs, frees }: CheckpointUse, isTrial: boolean): string {
  const count = jobs.reduce((sum, { givenUp }) => sum + givenUp, 0);
  const room =
    frees === null ? 'how much that frees cannot be told now' : `${bytesInWords(frees)} on the disk`;
  return isTrial
    ? `${count} would be given up: ${room}. Nothing was changed.`
    : `${count} were given up: ${room}, free in the next minutes.`;
}
