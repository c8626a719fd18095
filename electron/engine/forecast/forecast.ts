/**
 * When everything will be done: the engine runs on with a copy of its state and a clock that does not
 * wait. Twice: once with durations as they were, and once with each step's as bad as they get nine times
 * of ten. For a step of many tasks that is little worse than usual, since luck evens out; for a single
 * task, or one that nothing is known of, it is far worse. That all steps go badly in one run is too bad
 * where many follow each other: the late end of the band errs on the safe side.
 *
 * Nothing fails in a forecast: retries, lost nodes and failed attempts are ignored, files that are
 * waited for are there, values that are waited for are not reported. Work on nodes that cannot be asked
 * does not end, and what people have held stays held.
 */
import type { Refusal } from '../../../shared/ipc/errors';
import type { Band, BatchForecast, Forecast, JobForecast } from '../../../shared/model/forecast';
import type { AttemptId, BatchId } from '../../../shared/model/ids';
import type { Pass } from '../pass';
import { restore, type Picture } from '../snapshot';
import type { FarmState, LiveAttempt } from '../state';
import { Expectations } from './expectations';
import { pictureOfOpen } from './picture';
import { Run, type Course, type RunOptions } from './run';
import { whyStuck } from './stuck';

export interface ForecastOptions {
  /** So far ahead at most, in milliseconds. */
  readonly horizon?: number;
  /** With so many open tasks or fewer, times are exact; with more, to a 64th of how far off they are. */
  readonly mostExact?: number;
  /** How far attempts that run say that they are, from 0 to 1; null: nothing is known of it. */
  readonly progress?: (attempt: AttemptId) => number | null;
  /** Told of each task that ends, as it usually goes. */
  readonly onEnd?: (live: LiveAttempt, end: number) => void;
}

const usualHorizon = 60 * 86_400_000;
const usualMostExact = 5_000;

/** In small parts; changes nothing. The state is read at the start: what changes meanwhile is not in it. */
export function* forecast(
  state: FarmState,
  at: number,
  options: ForecastOptions = {},
): Generator<undefined, Forecast> {
  const picture = pictureOfOpen(state);
  const expectations = yield* Expectations.from(state);
  const found = yield* forecastFrom(picture, at, expectations, options);
  if (!('jobs' in found)) throw new Error('nothing was asked for that could be refused');
  return found;
}

export function* forecastFrom(
  picture: Picture,
  at: number,
  expectations: Expectations,
  {
    horizon = usualHorizon,
    mostExact = usualMostExact,
    progress = () => null,
    onEnd = () => {},
  }: ForecastOptions,
  prepare: (pass: Pass, state: FarmState) => Refusal | null = () => null,
): Generator<undefined, Forecast | Refusal> {
  const until = at + horizon;
  const runOf = function* (isLate: boolean): Generator<undefined, Run | Refusal> {
    const told = isLate ? () => {} : onEnd;
    const options: RunOptions = { isLate, until, mostExact, progress, onEnd: told, prepare };
    const run = new Run(yield* restore(picture), at, expectations, options);
    return (yield* run.go()) ?? run;
  };
  const usual = yield* runOf(false);
  if (!(usual instanceof Run)) return usual;
  const late = yield* runOf(true);
  if (!(late instanceof Run)) return late;
  const jobs: JobForecast[] = [];
  for (const course of usual.courses.values()) {
    jobs.push(jobForecast(usual, late, course, until));
    yield;
  }
  return {
    at,
    jobs,
    batches: batchForecasts(usual, jobs),
    use: usual.use.summary(usual.state),
    tasks: usual.tasks,
  };
}

function jobForecast(usual: Run, late: Run, course: Course, until: number): JobForecast {
  const { record, start, end, basis } = course;
  const other = late.courses.get(record.id);
  return {
    job: record.id,
    batch: record.batch.id,
    start: bandOf(start, other?.start ?? null, until),
    end: bandOf(end, other?.end ?? null, until),
    stuck: end === null ? whyStuck(usual.scheduler, record, usual.now, usual.isCut) : null,
    basis,
  };
}

/** More room at another moment may let late work overtake; it is not expected earlier for that. */
function bandOf(usual: number | null, late: number | null, until: number): Band | null {
  return usual === null ? null : { p50: usual, p90: Math.max(usual, late ?? until) };
}

function batchForecasts(run: Run, jobs: readonly JobForecast[]): readonly BatchForecast[] {
  const byBatch = new Map<BatchId, JobForecast[]>();
  for (const job of jobs) {
    const list = byBatch.get(job.batch);
    if (list === undefined) byBatch.set(job.batch, [job]);
    else list.push(job);
  }
  return [...byBatch].map(([batch, all]) => {
    const startedAt = run.state.batches.get(batch)?.startedAt ?? null;
    const started = all.flatMap(({ start }) => start ?? []);
    const ended = all.flatMap(({ end }) => end ?? []);
    const hasStarted = startedAt !== null && startedAt < run.at;
    const start = hasStarted ? { p50: startedAt, p90: startedAt } : firstOf(started);
    return { batch, start, end: ended.length < all.length ? null : lastOf(ended) };
  });
}

const firstOf = (bands: readonly Band[]): Band | null => joined(bands, Math.min);
const lastOf = (bands: readonly Band[]): Band | null => joined(bands, Math.max);

function joined(bands: readonly Band[], join: (a: number, b: number) => number): Band | null {
  return bands.reduce<Band | null>(
    (all, band) => (all === null ? band : { p50: join(all.p50, band.p50), p90: join(all.p90, band.p90) }),
    null,
  );
}
