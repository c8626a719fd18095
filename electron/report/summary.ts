/** What all attempts add up to, gathered while they pass by: its size does not grow with their number. */
import { endInWords } from '../../shared/model/attempt';
import type { Attempt } from '../../shared/model/attempt';
import type { ReportInput } from './input';
import { placeInWords } from './places';
import type { AttemptPlace } from './places';
import { createTimeline } from './timeline';
import type { Timeline } from './timeline';
import { createUsageSum } from './usage';
import type { UsageSum } from './usage';

export interface Summary {
  readonly attempts: number;
  readonly failed: number;
  readonly usage: UsageSum;
  readonly jobs: readonly JobSummary[];
  /** The first of them, at most `mostFailures`. */
  readonly failures: readonly Failure[];
  readonly timeline: Timeline;
}

export interface JobSummary {
  readonly name: string;
  readonly attempts: number;
  readonly failed: number;
  readonly shortestMs: number | null;
  readonly averageMs: number | null;
  readonly longestMs: number | null;
  /** Of all attempts together. */
  readonly totalMs: number;
  readonly usage: UsageSum;
}

export interface Failure {
  readonly what: string;
  readonly node: string;
  readonly at: number;
  readonly how: string;
  /** A later attempt at the same task completed. */
  readonly mended: boolean;
}

export const mostFailures = 200;

export function createSummary(
  input: ReportInput,
  placeOf: (attempt: Attempt) => AttemptPlace,
): { add(attempt: Attempt): void; result(): Summary } {
  const jobs = input.jobs.map(({ name }) => ({
    name,
    attempts: 0,
    failed: 0,
    timed: 0,
    shortest: Infinity,
    longest: 0,
    total: 0,
    usage: createUsageSum(),
  }));
  const failures: { attempt: Attempt; place: AttemptPlace; mended: boolean }[] = [];
  const timeline = createTimeline(input.batch);
  const usage = createUsageSum();
  let attempts = 0;
  let failed = 0;
  return {
    add(attempt) {
      const place = placeOf(attempt);
      const job = jobs[place.job];
      const bad = isFailure(attempt);
      attempts++;
      if (job !== undefined) job.attempts++;
      if (bad) {
        failed++;
        if (job !== undefined) job.failed++;
        if (failures.length < mostFailures) failures.push({ attempt, place, mended: false });
      } else if (attempt.end?.kind === 'exited') {
        for (const failure of failures) if (isSameTask(failure.attempt, attempt)) failure.mended = true;
      }
      if (job !== undefined && attempt.endedAt !== null && attempt.end?.kind !== 'notStarted') {
        const duration = Math.max(0, attempt.endedAt - attempt.assignedAt);
        job.timed++;
        job.total += duration;
        job.shortest = Math.min(job.shortest, duration);
        job.longest = Math.max(job.longest, duration);
      }
      const cores = input.jobs[place.job]?.steps[attempt.step]?.request.cpu ?? 0;
      usage.add(attempt.usage, cores);
      job?.usage.add(attempt.usage, cores);
      timeline.add(attempt, place, bad);
    },
    result: () => ({
      attempts,
      failed,
      usage: usage.result(),
      jobs: jobs.map((job) => ({
        name: job.name,
        attempts: job.attempts,
        failed: job.failed,
        shortestMs: job.timed === 0 ? null : job.shortest,
        averageMs: job.timed === 0 ? null : Math.round(job.total / job.timed),
        longestMs: job.timed === 0 ? null : job.longest,
        totalMs: job.total,
        usage: job.usage.result(),
      })),
      failures: failures.map(({ attempt, place, mended }) => ({
        what: placeInWords(place),
        node: place.nodeName,
        at: attempt.endedAt ?? attempt.assignedAt,
        how: attempt.end === null ? 'did not end' : endInWords(attempt.end),
        mended,
      })),
      timeline: timeline.result(),
    }),
  };
}

/** Being stopped by a person is no failure. */
function isFailure({ end }: Attempt): boolean {
  return end !== null && end.kind !== 'stopped' && !(end.kind === 'exited' && end.code === 0);
}

function isSameTask(a: Attempt, b: Attempt): boolean {
  return a.task === b.task && a.step === b.step && a.job === b.job;
}
