/** What changed settings would do to the ends of jobs, in words. */
import type { JobDifference, JobForecast, WhatIf } from '../../../shared/model/forecast';
import { stuckInWords } from '../../../shared/model/forecast';
import { spanInWords } from '../../../shared/model/limits-in-words';

export interface EffectRow {
  readonly job: JobDifference['job'];
  readonly before: JobForecast | null;
  readonly after: JobForecast | null;
  /** `12 min earlier`. */
  readonly words: string;
  readonly tone: 'better' | 'worse' | 'same';
}

export interface EffectInWords {
  readonly summary: string;
  /** The largest differences first. */
  readonly rows: readonly EffectRow[];
}

export const mostRows = 8;

/** Less is not worth telling. */
const least = 1000;

export function effectInWords({ before, differences }: WhatIf): EffectInWords {
  if (before.jobs.length === 0)
    return { summary: 'Nothing is left to do: these settings count from the next work on.', rows: [] };
  const rows = differences
    .toSorted((a, b) => sizeOf(b) - sizeOf(a))
    .map(rowOf)
    .filter(({ tone }) => tone !== 'same');
  if (rows.length === 0) return { summary: 'No open job would end at another time.', rows: [] };
  const counts = (['better', 'worse'] as const).flatMap((tone) => {
    const count = rows.filter((row) => row.tone === tone).length;
    return count === 0 ? [] : [`${count} ${tone === 'better' ? 'earlier' : 'later'}`];
  });
  const open = before.jobs.length;
  return {
    summary: `Of ${open} open ${open === 1 ? 'job' : 'jobs'}, ${counts.join(' and ')}.`,
    rows: rows.slice(0, mostRows),
  };
}

const sizeOf = ({ milliseconds }: JobDifference): number =>
  milliseconds === null ? Number.POSITIVE_INFINITY : Math.abs(milliseconds);

function rowOf({ job, before, after, milliseconds }: JobDifference): EffectRow {
  const row = { job, before, after };
  if (milliseconds === null) {
    if (after?.end === null)
      return {
        ...row,
        words: `would not end: ${after.stuck === null ? 'it waits' : stuckInWords(after.stuck)}`,
        tone: before?.end === null ? 'same' : 'worse',
      };
    return { ...row, words: 'would end after all', tone: 'better' };
  }
  if (Math.abs(milliseconds) < least) return { ...row, words: 'at the same time', tone: 'same' };
  const span = spanInWords(Math.round(Math.abs(milliseconds) / 1000) * 1000);
  return milliseconds < 0
    ? { ...row, words: `${span} earlier`, tone: 'better' }
    : { ...row, words: `${span} later`, tone: 'worse' };
}
