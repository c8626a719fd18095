/** Who did what, when and why. */
import type { HistoryEntry } from '../../shared/model/history';
import { UsageError } from './arguments';
import type { Command } from './command';
import { exitStatus, valueOf } from './outcome';
import { print } from './run';
import { moments, table } from './text';

const usualCount = 30;

export const historyCommand: Command = {
  operands: '[JOB]',
  options: ['count'],
  async run(farm, what, { options, json }) {
    const count = options.count === undefined ? usualCount : Number(options.count);
    if (!Number.isInteger(count) || count < 1 || count > 1000)
      throw new UsageError(`--count takes a whole number from 1 to 1000, not '${options.count}'`);
    const wanted = { what: what === '' ? null : what, before: null, count };
    const { entries } = valueOf(await farm.client.request('history.list', wanted));
    if (json) print({ entries });
    else console.log(historyText(entries));
    return exitStatus.done;
  },
};

/** As it happened: the newest last, where the eye is. */
function historyText(entries: readonly HistoryEntry[]): string {
  if (entries.length === 0) return 'Nothing has been done yet.';
  return table(
    entries
      .toReversed()
      .map(({ at, by, why, what }) => [
        moments.format(at),
        by ?? 'Drover',
        why === null ? what : `${what} (${why})`,
      ]),
  );
}
