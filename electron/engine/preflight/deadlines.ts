/** Deadlines that will be missed, by the least that the work takes, and by a forecast where there is time for one. */
import type { Batch } from '../../../shared/model/batch';
import { durationInWords } from '../../../shared/model/durations-in-words';
import { aboutJob, type Found } from '../../../shared/model/finding';
import type { ExpectedEnd, JobForecast } from '../../../shared/model/forecast';
import { jobId, type AttemptId } from '../../../shared/model/ids';
import { timeInWords } from '../../../shared/model/verdict';
import { noOutput } from '../copy';
import { Expectations, isKnown } from '../forecast/expectations';
import { forecastFrom } from '../forecast/forecast';
import { pictureOfOpen } from '../forecast/picture';
import type { FarmState, JobRecord } from '../state';
import type { LeastEnd } from './least-end';

const onlyGuessed = 'Nothing is known of how long such tasks take, so this is no more than a guess';

/** `known`: by what earlier runs took, and nothing for the rest; `guessed`: with a guess at that. Null: it does not end. */
export function deadlineFound(
  { job }: JobRecord,
  known: LeastEnd | null,
  guessed: LeastEnd | null,
  at: number,
): Found | null {
  const { deadline, name } = job;
  if (deadline === null) return null;
  const words = timeInWords(deadline);
  if (deadline <= at) return found(name, 'warning', `its deadline, ${words}, is past`, 'a later deadline');
  if (known !== null && known.end > deadline) {
    const message = `the deadline of ${words} cannot be met: ${endInWords(known)}, by what earlier runs took`;
    const fix = `a deadline after ${timeInWords(known.end)}, fewer tasks, or more nodes`;
    return found(name, 'warning', message, fix);
  }
  if (guessed === null || guessed.end <= deadline) return null;
  const message = `the deadline of ${words} may be missed: ${endInWords(guessed)}. ${onlyGuessed}`;
  return found(name, 'note', message, null);
}

function endInWords({ end, task }: LeastEnd): string {
  const each = task === 0 ? '' : ` at no less than ${durationInWords(task)} a task`;
  return `it ends at ${timeInWords(end)} at the earliest, even with the farm for itself${each}`;
}

function found(job: string, severity: Found['severity'], message: string, fix: string | null): Found {
  return { severity, code: 'deadline', about: aboutJob(job, 'deadline'), message, fix };
}

export interface ForecastWish {
  readonly batch: Batch;
  readonly by: string;
  readonly at: number;
  readonly progress: (attempt: AttemptId) => number | null;
}

export interface Foretold {
  /** Of its deadlines. */
  readonly found: readonly Found[];
  /** Null: it does not end, or nothing is known of when. */
  readonly end: ExpectedEnd | null;
}
const nothingForetold: Foretold = { found: [], end: null };

/** What the forecast says of the batch, with all else that the farm has to do. In small parts. */
export function* foretell(
  state: FarmState,
  { batch, by, at, progress }: ForecastWish,
): Generator<undefined, Foretold> {
  const picture = pictureOfOpen(state);
  const id = `b${state.nextBatch}` as const;
  const expectations = yield* Expectations.from(state);
  const foretold = yield* forecastFrom(picture, at, expectations, { progress }, (pass) => {
    const result = pass.command({ kind: 'submit', by, batch, outputFor: noOutput });
    return result.kind === 'refused' ? result.refusal : null;
  });
  if (!('jobs' in foretold)) return nothingForetold;
  const byJob = new Map(foretold.jobs.map((each) => [each.job, each]));
  const found = batch.jobs.flatMap(({ name, deadline }) => {
    const job = byJob.get(jobId(id, name));
    return job === undefined || deadline === null || deadline <= at ? [] : lateFound(name, deadline, job);
  });
  const whole = foretold.batches.find((each) => each.batch === id)?.end ?? null;
  const bases = foretold.jobs.filter((each) => each.batch === id).map(({ basis }) => basis);
  return { found, end: whole === null ? null : { ...whole, isGuess: !bases.every(isKnown) } };
}

function lateFound(name: string, deadline: number, { end, basis }: JobForecast): readonly Found[] {
  if (end === null || end.p90 <= deadline) return [];
  const [usual, late] = [timeInWords(end.p50), timeInWords(end.p90)];
  if (end.p50 > deadline) {
    const message = `it is expected to end at ${usual}, nine times in ten by ${late}, after its deadline of ${timeInWords(deadline)}`;
    return isKnown(basis)
      ? [found(name, 'warning', message, 'a higher priority, a later deadline, fewer tasks, or more nodes')]
      : [found(name, 'note', `${message}. ${onlyGuessed}`, null)];
  }
  const message = `it is expected to end at ${usual}, but may take until ${late}, after its deadline of ${timeInWords(deadline)}`;
  return [found(name, 'note', isKnown(basis) ? message : `${message}. ${onlyGuessed}`, null)];
}
