/** When work will end, as things are and as they could be. */
import type { FarmWish } from '../../shared/ipc/plans';
import { spanInWords } from '../../shared/model/limits-in-words';
import { stuckInWords, type JobDifference, type JobForecast, type WhatIf } from '../../shared/model/forecast';
import type { Arguments, Options } from './arguments';
import { tellWhenAlone, type Command } from './command';
import type { Farm } from './farm';
import { exitStatus, valueOf, type ExitStatus } from './outcome';
import { print } from './run';
import { forecastsText, moments, table } from './text';
import { assignmentOf, nodesOf, priorityOf, whenOf } from './values';

const nothingElse: FarmWish = { addNodes: [], removeNodes: [], order: [], settings: null };

export const forecastCommand: Command = {
  operands: '',
  options: ['with', 'without', 'priority', 'deadline'],
  async run(farm, _none, given) {
    if (given.optionNames.length > 0) return showWhatIf(farm, wishOf(given.options), given);
    const { forecast, backtest } = valueOf(await farm.client.request('farm.forecast', {}));
    if (given.json) print({ forecast, backtest });
    else console.log(forecast === null ? 'Drover is closing.' : forecastsText(forecast, backtest));
    return exitStatus.done;
  },
};

function wishOf({ with: more = [], without = [], priority = [], deadline = [] }: Options): FarmWish {
  return {
    ...nothingElse,
    addNodes: more.map(nodesOf),
    removeNodes: without,
    order: [
      ...priority.map((text) => {
        const { what, value } = assignmentOf('priority', text);
        return { what, priority: priorityOf(value), deadline: null };
      }),
      ...deadline.map((text) => {
        const { what, value } = assignmentOf('deadline', text);
        return { what, priority: null, deadline: value === 'none' ? 0 : whenOf('deadline', value) };
      }),
    ],
  };
}

/** What would follow; nothing is changed. */
export async function showWhatIf(
  farm: Farm,
  wish: Partial<FarmWish>,
  { json }: Arguments,
): Promise<ExitStatus> {
  const answer = valueOf(await farm.client.request('farm.whatIf', { ...nothingElse, ...wish }));
  if (json) print(answer);
  else console.log(whatIfText(answer));
  tellWhenAlone(farm, 'nothing starts until one is started');
  return exitStatus.done;
}

export function whatIfText({ before, after, differences }: WhatIf): string {
  if (before.jobs.length + after.jobs.length === 0)
    return 'Nothing is left to do: there is nothing to foretell.';
  const same = before.jobs.length - differences.filter((one) => one.before !== null).length;
  if (differences.length === 0)
    return `No job would end at another time: ${same === 1 ? 'the one that is open stays' : `all ${same} that are open stay`} as foretold.`;
  const rows = differences.map((difference) => [
    difference.job,
    endText(difference.before),
    endText(difference.after),
    differenceText(difference),
  ]);
  return [
    table([['JOB', 'ENDS NOW', 'WOULD END', 'DIFFERENCE'], ...rows]),
    ...(same > 0 ? [`${same === 1 ? 'One other job stays' : `${same} other jobs stay`} as foretold.`] : []),
    'Half of the time they end by then. Nothing was changed.',
  ].join('\n');
}

function endText(forecast: JobForecast | null): string {
  if (forecast === null) return 'is not there';
  const { end, stuck } = forecast;
  return end === null
    ? `never: ${stuck === null ? 'it waits' : stuckInWords(stuck)}`
    : moments.format(end.p50);
}

/** To the second. */
function differenceText({ milliseconds, before, after }: JobDifference): string {
  if (milliseconds === null) return '';
  const seconds = Math.round(milliseconds / 1000);
  if (seconds !== 0) return laterText(seconds);
  const late = Math.round(((after?.end?.p90 ?? 0) - (before?.end?.p90 ?? 0)) / 1000);
  return late === 0 ? 'none to speak of' : `when it goes badly, ${laterText(late)}`;
}

const laterText = (seconds: number): string =>
  `${spanInWords(Math.abs(seconds) * 1000)} ${seconds > 0 ? 'later' : 'earlier'}`;
