/** When something is done by itself. */
import { spanInWords } from './limits-in-words';

export type Timing =
  | { readonly kind: 'once'; readonly at: number }
  /** At `from`, and then again and again. */
  | { readonly kind: 'every'; readonly from: number; readonly milliseconds: number }
  /** A cron expression of five parts, read by the clocks of an IANA time zone. */
  | { readonly kind: 'cron'; readonly expression: string; readonly timeZone: string };

/** What is done about times at which Drover did not run. */
export const missedRules = ['skip', 'once', 'all'] as const;
export type MissedRule = (typeof missedRules)[number];
export const usualMissed: MissedRule = 'once';

/** What is done when the run before has not ended. */
export const overlapRules = ['skip', 'queue', 'replace'] as const;
export type OverlapRule = (typeof overlapRules)[number];
export const usualOverlap: OverlapRule = 'skip';

export interface ScheduleRule {
  readonly timing: Timing;
  readonly missed: MissedRule;
  readonly overlap: OverlapRule;
}

/** What became of a time of a schedule. */
export type FiringOutcome = 'submitted' | 'skipped' | 'queued';

const moments = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

export function timingInWords(timing: Timing): string {
  switch (timing.kind) {
    case 'once':
      return `once, ${moments.format(timing.at)}`;
    case 'every':
      return `every ${spanInWords(timing.milliseconds)} from ${moments.format(timing.from)}`;
    case 'cron':
      return `${timing.expression}, ${timing.timeZone}`;
  }
}

const missedWords: Readonly<Record<MissedRule, string>> = {
  skip: 'missed times are left out',
  once: 'missed times are made up for once',
  all: 'missed times are all made up for',
};
const overlapWords: Readonly<Record<OverlapRule, string>> = {
  skip: 'not while the run before goes on',
  queue: 'waits for the run before',
  replace: 'ends the run before',
};

export const ruleInWords = ({ timing, missed, overlap }: ScheduleRule): string =>
  [timingInWords(timing), overlapWords[overlap], missedWords[missed]].join('; ');
