import { spanInWords } from '../../../shared/model/limits-in-words';
import type { StepFindings } from '../gather/steps';
import { count, duration } from '../words';
import { fewest, type StepSuggestion } from './suggestion';

const near = 0.8;
const room = 2;

export const timeoutRule = `At least ${fewest} attempts completed, and the longest of them took more than ${near * 100} % of the time allowed, or others took longer than that: ${room} times the longest, or the time allowed.`;

export function suggestTimeout({ report, completed, timedOut }: StepFindings): StepSuggestion | null {
  const asked = report.timeoutMs;
  if (asked === null || completed.count < fewest) return null;
  const longest = completed.most;
  if (timedOut === 0 && longest <= asked * near) return null;
  const suggested = roundSpan(room * Math.max(longest, timedOut === 0 ? 0 : asked));
  const over = timedOut === 0 ? '' : ` ${count(timedOut, 'attempt')} took longer than allowed.`;
  return {
    kind: 'timeout',
    what: `Allow ${spanInWords(suggested)} instead of ${spanInWords(asked)}.`,
    why: `The longest of ${count(completed.count, 'completed attempt')} took ${duration(longest)}.${over}`,
    rule: timeoutRule,
    asked,
    suggested,
    samples: completed.count,
  };
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Upwards, to what people would write. */
function roundSpan(milliseconds: number): number {
  const unit = [second, 10 * second, minute, 10 * minute, hour].findLast((each) => milliseconds >= 5 * each);
  const to = unit ?? second;
  return Math.ceil(milliseconds / to) * to;
}
