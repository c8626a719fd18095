import { describe, expect, it } from 'vitest';
import type { Forecast, JobDifference, JobForecast } from '../../../shared/model/forecast';
import { effectInWords } from './effect-in-words';

const job = (name: string, end: number | null): JobForecast => ({
  job: `b1.${name}`,
  batch: 'b1',
  start: null,
  end: end === null ? null : { p50: end, p90: end },
  stuck: end === null ? 'held' : null,
  basis: 'step',
});
const forecast = (jobs: readonly JobForecast[]): Forecast => ({
  at: 0,
  jobs,
  batches: [],
  use: { from: 0, each: 1, cores: 0, used: [], nodes: [] },
  tasks: { progress: 0, step: 0, earlier: 0, job: 0, kind: 0, guess: 0 },
});
function told(pairs: readonly (readonly [string, number | null, number | null])[]) {
  const differences = pairs.map(([name, before, after]): JobDifference => ({
    job: `b1.${name}`,
    before: job(name, before),
    after: job(name, after),
    milliseconds: before === null || after === null ? null : after - before,
  }));
  const of = (end: 1 | 2): Forecast => forecast(pairs.map((pair) => job(pair[0], pair[end])));
  return effectInWords({ before: of(1), after: of(2), differences });
}

describe('what changed settings would do', () => {
  it('counts what ends earlier and later, the largest difference first', () => {
    const { summary, rows } = told([
      ['a', 100_000, 160_400],
      ['b', 3_700_000, 100_000],
      ['c', 5000, 5900],
      ['d', 1000, null],
    ]);
    expect(summary).toBe('Of 4 open jobs, 1 earlier and 2 later.');
    expect(rows.map(({ job, words, tone }) => [job, words, tone])).toEqual([
      ['b1.d', 'would not end: it is held', 'worse'],
      ['b1.b', '1 h earlier', 'better'],
      ['b1.a', '1 min later', 'worse'],
    ]);
  });

  it('says when there is nothing to tell', () => {
    expect(told([]).summary).toMatch(/^Nothing is left to do/);
    expect(told([['a', 1000, 1200]]).summary).toBe('No open job would end at another time.');
    expect(told([['a', null, 5000]]).rows[0]?.words).toBe('would end after all');
  });
});
