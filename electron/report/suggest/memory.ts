import { amountInWords } from '../../../shared/model/amounts';
import type { StepFindings } from '../gather/steps';
import { count } from '../words';
import { fewest, type StepSuggestion } from './suggestion';

/** What is asked for beyond the most that was seen, as the next task may need more. */
const room = 1.5;
/** Less than this part of what was asked for is worth a change. */
const muchLess = 0.6;
const leastSaved = 256;
const near = 0.95;
const fewestOutOfMemory = 3;
/** Below that nobody need ask. */
const least = 1024;

export const memoryRules = {
  less: `At least ${fewest} completed attempts were measured, and ${room} times the most that any of them held is at most ${muchLess * 100} % of what was asked for, and at least ${leastSaved} MiB less.`,
  more: `At least ${fewestOutOfMemory} attempts ran out of memory, or at least ${fewest} were measured and one held more than ${near * 100} % of what was asked for: ${room} times the larger of the two.`,
  ask: `Nothing was asked for, at least ${fewest} completed attempts were measured, and one held more than ${amountInWords('memoryMiB', least)}: ${room} times that.`,
} as const;

export function suggestMemory({ report, memory, outOfMemory }: StepFindings): StepSuggestion | null {
  const asked = report.asked.memoryMiB;
  const isMeasured = memory.count >= fewest;
  const most = isMeasured ? memory.most : 0;
  const used = `at most ${words(Math.ceil(memory.most))} used by any of ${count(memory.count, 'attempt')}`;
  const of = (suggested: number, why: string, rule: string): StepSuggestion => ({
    kind: 'memory',
    what: `Ask for ${words(suggested)} of memory${asked === 0 ? '' : ` instead of ${words(asked)}`}.`,
    why,
    rule,
    asked,
    suggested,
    samples: memory.count,
  });
  if (asked === 0) {
    if (most <= least) return null;
    return of(
      roundUp(most * room),
      `${capital(used)}, and none was asked for: the nodes may run too many at once.`,
      memoryRules.ask,
    );
  }
  if (outOfMemory >= fewestOutOfMemory || most > asked * near) {
    const ran = outOfMemory === 0 ? '' : `${count(outOfMemory, 'attempt')} ran out of memory. `;
    return of(
      roundUp(Math.max(most, asked) * room),
      `${ran}${isMeasured ? `${capital(used)}.` : ''}`.trim(),
      memoryRules.more,
    );
  }
  const enough = roundUp(most * room);
  if (!isMeasured || enough > asked * muchLess || enough > asked - leastSaved) return null;
  return of(enough, `${capital(used)}: more of them would fit on a node at once.`, memoryRules.less);
}

const words = (mebibytes: number): string => amountInWords('memoryMiB', mebibytes);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** To what people ask for: 64, 96, 128, 192, 256 MiB and so on. */
export function roundUp(mebibytes: number): number {
  for (let size = 64; ; size *= 2) {
    if (size >= mebibytes) return size;
    if (size * 1.5 >= mebibytes) return size * 1.5;
  }
}
