/** How often the tasks of a job should save themselves, for a terminal. */
import type { JobIntervalPlan } from '../../shared/ipc/checkpoints';
import { lossInWords, reasonsOf, spanInWords } from '../../shared/model/interval';
import { table } from './text';

export function planText(plan: JobIntervalPlan): string {
  const { job, step, dalyMs, youngMs, lostMs, present, parameter, curve } = plan;
  const set = parameter === null ? '' : `: ${parameter.name}=${parameter.value}`;
  const about = [
    `${job}${step === 'main' ? '' : ` ${step}`}: save every ${spanInWords(dalyMs)}${set}`,
    `by Daly's formula; by Young's, every ${spanInWords(youngMs)}`,
    ...reasonsOf(plan).map((reason) => `  ${reason}`),
    present === null
      ? `of each hour of work it costs ${lossInWords(lostMs)}`
      : `of each hour of work it costs ${lossInWords(lostMs)}; now, every ${spanInWords(present.intervalMs)}, it costs ${lossInWords(present.lostMs)}`,
  ];
  const told = curve.filter((_, index) => index % 2 === 0);
  const most = Math.max(...told.map((point) => Math.min(point.lostMs, 10 * lostMs)));
  const rows = told.map((point) => [
    spanInWords(point.intervalMs),
    lossInWords(point.lostMs),
    '#'.repeat(Math.max(1, Math.round((30 * Math.min(point.lostMs, most)) / most))),
    point.intervalMs === dalyMs ? 'proposed' : '',
  ]);
  return `${about.join('\n')}\n${table([['EVERY', 'LOST OF EACH HOUR', '', ''], ...rows])}`;
}
