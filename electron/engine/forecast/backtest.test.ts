import { expect, test } from 'vitest';
import { Backtest } from './backtest';

const hour = 3_600_000;
const band = { p50: hour, p90: 2 * hour };

test('says how far off forecasts were, and how often the band held', () => {
  const backtest = new Backtest();
  const ends = [0.5, 0.9, 1, 1.1, 1.5, 2, 3];
  ends.forEach((end, index) => {
    backtest.add(`b1.${index}`, 0, band);
    backtest.finish(`b1.${index}`, end * hour);
  });
  const { medianError, p90Error, ...rest } = backtest.summary();
  expect(rest).toEqual({ jobs: 7, early: 2 / 7, inside: 4 / 7, late: 1 / 7 });
  expect(medianError).toBeCloseTo(0.5);
  expect(p90Error).toBeCloseTo(2);
});

test('the first forecast of a job counts; a job that was dropped or unknown does not', () => {
  const backtest = new Backtest();
  backtest.add('b1.a', 0, band);
  backtest.add('b1.a', hour, { p50: 9 * hour, p90: 9 * hour });
  backtest.add('b1.b', 0, band);
  backtest.drop('b1.b');
  backtest.finish('b1.a', hour);
  backtest.finish('b1.b', hour);
  backtest.finish('b1.c', hour);
  expect(backtest.summary()).toMatchObject({ jobs: 1, medianError: 0, inside: 1 });
});

test('is as before after it was kept', () => {
  const backtest = new Backtest();
  backtest.add('b1.a', 0, band);
  backtest.add('b1.b', 0, band);
  backtest.finish('b1.b', 3 * hour);
  const kept = Backtest.from(JSON.parse(JSON.stringify(backtest)));
  kept.finish('b1.a', hour);
  expect(kept.summary()).toMatchObject({ jobs: 2, inside: 0.5, late: 0.5 });
});

test('knows nothing at first', () => {
  expect(new Backtest().summary()).toEqual({
    jobs: 0,
    medianError: null,
    p90Error: null,
    early: 0,
    inside: 0,
    late: 0,
  });
});
