/** Who comes first: a number for each step, smaller is sooner. */
import { priorities } from '../../../shared/model/states';
import type { OrderSettings } from '../../../shared/model/settings';
import { countOf } from '../counts';
import type { JobRecord, StepRecord } from '../state';

const hour = 3_600_000;

interface Strategy {
  /** In distances between two priorities; more is sooner. */
  readonly urgency: (job: JobRecord, settings: OrderSettings, at: number) => number;
}

/** Added up; each has its weight in the settings, and what weighs nothing is left out. */
const strategies: readonly Strategy[] = [
  { urgency: ({ priority }, { priority: weight }) => weight * priorities.indexOf(priority) },
  // All age at the same pace, so that only the time of submission matters and nobody has to be sorted anew.
  { urgency: ({ rank }, { ageing }) => (-ageing * rank.at) / hour },
  {
    urgency: (job, { deadline: weight }, at) =>
      weight === 0 || job.deadline === null
        ? 0
        : (weight * 3) / (1 + Math.max(0, slackOf(job, job.deadline, at)) / hour),
  },
];

export function scoreOf(step: StepRecord, settings: OrderSettings, at: number): number {
  return -strategies.reduce((sum, { urgency }) => sum + urgency(step.job, settings, at), 0);
}

/** What is left until the deadline when the rest goes on at the pace so far. */
export function slackOf(job: JobRecord, deadline: number, at: number): number {
  return deadline - at - restOf(job);
}

function restOf(job: JobRecord): number {
  let rest = 0;
  for (const { counts, durations } of job.steps) {
    const open = countOf(counts, 'PENDING') + countOf(counts, 'QUEUED') + countOf(counts, 'RUNNING');
    rest += ((durations.quantile(0.5) ?? 0) * open) / Math.max(1, countOf(counts, 'RUNNING'));
  }
  return rest;
}
