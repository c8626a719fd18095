/** Tasks that took longer before than they may now. */
import { spanInWords } from '../../../shared/model/limits-in-words';
import { durationInWords } from '../../../shared/model/durations-in-words';
import { aboutJob, type Found } from '../../../shared/model/finding';
import { edgesBefore } from '../dependencies/readiness';
import { isKnown, usualOf, type Expectation } from '../forecast/expectations';
import type { StepRecord } from '../state';
import { lengthOf } from '../time/windows';
import { about } from './nodes';

export function* timesFound(step: StepRecord, expectation: Expectation): Generator<Found> {
  if (!isKnown(expectation.basis)) return;
  const { p50, p90 } = usualOf(expectation);
  const { timeoutMs } = step.step;
  if (timeoutMs !== null && p90 > timeoutMs) {
    const part = p50 > timeoutMs ? 'most of its tasks' : 'one in ten of its tasks';
    yield {
      severity: 'warning',
      code: 'timeout',
      about: about(step, 'timeout'),
      message: `in earlier runs ${part} took longer than its timeout of ${spanInWords(timeoutMs)}: half of them ${durationInWords(p50)}, nine in ten up to ${durationInWords(p90)}`,
      fix: `timeout: ${spanInWords(roundedUp(1.5 * p90))}`,
    };
  }
  for (const { spec } of edgesBefore(step)) {
    const { relation } = spec;
    if (relation.type !== 'TEMPORAL' || relation.rule.kind !== 'window') continue;
    const { window } = relation.rule;
    const open = lengthOf(window);
    if (p50 <= open) continue;
    yield {
      severity: 'warning',
      code: 'window',
      about: aboutJob(step.job.job.name, 'window'),
      message: `in earlier runs a task took ${durationInWords(p50)}, and the window from ${window.opens} to ${window.closes} is open for ${spanInWords(open)}: what starts in it goes on after it has closed`,
      fix: 'a wider window, or shorter tasks',
    };
  }
}

const minute = 60_000;
const roundedUp = (milliseconds: number): number => {
  const grain = milliseconds < 10 * minute ? minute : 10 * minute;
  return Math.ceil(milliseconds / grain) * grain;
};
