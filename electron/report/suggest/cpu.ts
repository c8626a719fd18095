import { amountInWords } from '../../../shared/model/amounts';
import type { StepFindings } from '../gather/steps';
import { count } from '../words';
import { fewest, type StepSuggestion } from './suggestion';

/** Short ones say little: these together lasted at least so long. */
const leastTotalMs = 60_000;
const muchLess = 0.5;
const muchMore = 1.25;

export const cpuRules = {
  less: `More than one core was asked for, and at least ${fewest} attempts of a second or more, a minute together, used at most ${muchLess * 100} % of them on average: as many as nine of ten of them used.`,
  more: `At least ${fewest} attempts of a second or more, a minute together, used more than ${muchMore} times their cores on average: as many as nine of ten of them used.`,
} as const;

export function suggestCpu({ report, cores }: StepFindings): StepSuggestion | null {
  const asked = report.asked.cpu;
  if (report.cores === null || cores.count < fewest || asked <= 0) return null;
  if (report.run.totalMs < leastTotalMs) return null;
  const { average, mostly } = report.cores;
  const isLess = asked > 1 && average <= asked * muchLess;
  if (!isLess && average <= asked * muchMore) return null;
  const suggested = roundCores(mostly);
  // What most of them do not need, some do.
  if (isLess ? suggested >= asked : suggested <= asked) return null;
  const busy = `${count(cores.count, 'attempt')} kept ${amountInWords('cpu', average)} busy on average`;
  return {
    kind: 'cpu',
    what: `Ask for ${amountInWords('cpu', suggested)} instead of ${amountInWords('cpu', asked)}.`,
    why: isLess
      ? `${busy}: more of them would run at once, unless other work on the nodes held them back.`
      : `${busy}, more than they had asked for: they slowed each other and others down.`,
    rule: isLess ? cpuRules.less : cpuRules.more,
    asked,
    suggested,
    samples: cores.count,
  };
}

/** Whole cores: a part of one that is used tells more of the others on the node. */
const roundCores = (cores: number): number => Math.max(1, Math.ceil(cores - 0.05));
