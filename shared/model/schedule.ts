/** When something is done by itself. */
export type Timing =
  | { readonly kind: 'once'; readonly at: number }
  /** At `from`, and then again and again. */
  | { readonly kind: 'every'; readonly from: number; readonly milliseconds: number }
  /** A cron expression of five parts, read by the clocks of an IANA time zone. */
  | { readonly kind: 'cron'; readonly expression: string; readonly timeZone: string };

/** What is done about times at which Drover did not run. */
export const missedRules = ['skip', 'once', 'all'] as const;
export type MissedRule = (typeof missedRules)[number];

/** What is done when the run before has not ended. */
export const overlapRules = ['skip', 'queue', 'replace'] as const;
export type OverlapRule = (typeof overlapRules)[number];

export interface ScheduleRule {
  readonly timing: Timing;
  readonly missed: MissedRule;
  readonly overlap: OverlapRule;
}
