import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allToAll, sameIndex } from '../../../shared/model/dependency';
import type { Batch } from '../../../shared/model/batch';
import { batch, dependency, Farm } from '../farm-for-tests';
import { noOutput } from '../copy';
import { Expectations } from '../forecast/expectations';
import { forecastFrom } from '../forecast/forecast';
import { pictureOfOpen } from '../forecast/picture';
import { atOnce } from '../slices';
import { Fits } from './fits';
import { LeastEnds, lengthsOf } from './least-end';
import { partsOf } from './parts';
import { tryBatch } from './trial';

const names = ['a', 'b', 'c', 'd'] as const;
const spec = fc
  .record({
    jobs: fc.array(
      fc.record({
        tasks: fc.integer({ min: 1, max: 60 }),
        cpu: fc.integer({ min: 1, max: 3 }),
        most: fc.option(fc.integer({ min: 1, max: 5 })),
      }),
      { minLength: 1, maxLength: names.length },
    ),
    edges: fc.array(fc.tuple(fc.nat(3), fc.nat(3), fc.boolean()), { maxLength: 4 }),
  })
  .map(({ jobs, edges }): Batch => {
    const name = (index: number): string => names[index] ?? 'a';
    const wishes = jobs.map(({ tasks, cpu, most }, index) => [
      name(index),
      { tasks, most, request: { cpu } },
    ]);
    const dependencies = edges
      .filter(([from, to]) => from < to && to < jobs.length)
      .map(([from, to, isEach]) =>
        dependency(name(from), name(to), { type: 'SEQUENTIAL', mapping: isEach ? sameIndex : allToAll }),
      );
    return batch(Object.fromEntries(wishes), { dependencies });
  });

test('no job is foretold to end before it could at the earliest', async () => {
  await fc.assert(
    fc.asyncProperty(
      spec,
      fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 3 }),
      fc.array(fc.integer({ min: 1000, max: 100_000 }), { minLength: 1, maxLength: 20 }),
      async (wished, cores, durations) => {
        const farm = new Farm();
        for (const [index, cpu] of cores.entries())
          await farm.nodeUp({ cpu: Math.max(3, cpu) }, `node${index}`);
        const { state } = farm.engine;
        await farm.submit(wished);
        await farm.cancel(...state.jobs.keys());
        for (const job of state.jobs.values())
          for (const step of job.steps) for (const each of durations) step.durations.add(each);
        for (const { id } of [...state.attempts.values()]) await farm.end(id, { kind: 'stopped' });

        const expectations = atOnce(Expectations.from(state));
        const trial = atOnce(tryBatch(state, wished, 'ann', farm.time));
        const ends = new LeastEnds(
          trial.state,
          new Fits(trial.state),
          (step) => lengthsOf(step, expectations.of(step)),
          farm.time,
        );
        const foretold = atOnce(
          forecastFrom(pictureOfOpen(state), farm.time, expectations, {}, (pass) => {
            pass.command({ kind: 'submit', by: 'ann', batch: wished, outputFor: noOutput });
            return null;
          }),
        );
        if (!('jobs' in foretold)) throw new Error(foretold.message);
        for (const job of trial.jobs) {
          const least = atOnce(ends.of(job));
          const found = foretold.jobs.find((each) => each.job.endsWith(`.${job.job.name}`));
          expect(least).not.toBeNull();
          const foretoldIn = (found?.end?.p50 ?? farm.time) - farm.time;
          // Times are whole milliseconds, and luck is only bounded.
          expect((least?.end ?? Infinity) - farm.time).toBeLessThanOrEqual(1.02 * foretoldIn + 1);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('a batch in parts is the same batch: each job once, with all that it depends on', () => {
  fc.assert(
    fc.property(spec, (wished) => {
      const parts = partsOf(wished);
      const sorted = (list: readonly string[]): readonly string[] => list.toSorted();
      expect(sorted(parts.flatMap(({ jobs }) => jobs.map(({ name }) => name)))).toEqual(
        sorted(wished.jobs.map(({ name }) => name)),
      );
      expect(parts.flatMap(({ dependencies }) => dependencies)).toHaveLength(wished.dependencies.length);
      for (const { jobs, dependencies } of parts)
        for (const { from, to } of dependencies)
          for (const end of [from, to]) expect(jobs.some(({ name }) => name === end?.job)).toBe(true);
    }),
  );
});
