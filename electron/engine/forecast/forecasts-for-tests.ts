/** Forecasts in minutes from now, as one line for each job. */
import type { Band, Forecast } from '../../../shared/model/forecast';
import type { Farm } from '../farm-for-tests';
import { forecast, type ForecastOptions } from './forecast';
import { atOnce } from '../slices';

export const minute = 60_000;

export const forecastOf = (farm: Farm, options: ForecastOptions = {}): Forecast =>
  atOnce(forecast(farm.engine.state, farm.time, options));

/** `render 0-10`: starts now and ends in ten minutes. */
export function usual({ jobs, at }: Forecast): readonly string[] {
  return jobs.map(({ job, start, end, stuck }) => {
    const minutes = (band: Band | null): string =>
      band === null ? '?' : String(Math.round((band.p50 - at) / minute));
    return `${job.split('.')[1]} ${minutes(start)}-${stuck ?? minutes(end)}`;
  });
}
