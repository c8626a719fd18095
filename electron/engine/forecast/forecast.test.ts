import { beforeEach, describe, expect, test } from 'vitest';
import { batch, dependency, Farm, step } from '../farm-for-tests';
import { encodeState } from '../snapshot';
import { forecastOf, minute, usual } from './forecasts-for-tests';

// Where nothing is known of a job, its tasks are taken to last 10 minutes, and 30 when all goes badly.
let farm: Farm;
beforeEach(() => {
  farm = new Farm();
});

describe('when work ends', () => {
  test('two jobs on one core: one after the other, with what runs already counted from its start', async () => {
    await farm.nodeUp({ cpu: 1 });
    await farm.submit(batch({ first: { tasks: 1 }, second: { tasks: 1 } }));
    const began = farm.engine.state.jobs.get('b1.first')?.startedAt ?? 0;
    await farm.pass(4 * minute);
    const { jobs } = forecastOf(farm);
    expect(jobs).toEqual([
      {
        job: 'b1.first',
        batch: 'b1',
        start: { p50: began, p90: began },
        end: { p50: began + 10 * minute, p90: began + 30 * minute },
        stuck: null,
        basis: 'guess',
      },
      {
        job: 'b1.second',
        batch: 'b1',
        start: { p50: began + 10 * minute, p90: began + 30 * minute },
        end: { p50: began + 20 * minute, p90: began + 60 * minute },
        stuck: null,
        basis: 'guess',
      },
    ]);
  });

  test('a chain: each after the one before it, and the batch with the last', async () => {
    await farm.submit(
      batch({ melt: { tasks: 2 }, bake: { after: ['melt'] }, beauty: { tasks: 4, after: ['bake'] } }),
    );
    await farm.nodeUp({ cpu: 2 });
    const found = forecastOf(farm);
    expect(usual(found)).toEqual(['melt 0-10', 'bake 10-20', 'beauty 20-40']);
    const [melt, , beauty] = found.jobs;
    expect(found.batches).toEqual([{ batch: 'b1', start: melt?.start, end: beauty?.end }]);
  });

  test('two tenants share a node by turns', async () => {
    await farm.submit(batch({ long: { tasks: 4 } }, { tenant: 'one' }));
    await farm.submit(batch({ short: { tasks: 2 } }, { tenant: 'two' }));
    await farm.nodeUp({ cpu: 2 });
    expect(usual(forecastOf(farm))).toEqual(['long 0-30', 'short 0-20']);
  });

  test('a value that others wait for is taken to be told when the first task that may tell it ends', async () => {
    await farm.nodeUp({ cpu: 1 });
    const condition = { kind: 'value', name: 'loss', is: '<', than: 0.1 } as const;
    const told = dependency('train', 'look', { type: 'CONDITIONAL', condition });
    await farm.submit(batch({ train: {}, look: {} }, { dependencies: [told] }));
    expect(usual(forecastOf(farm))).toEqual(['train 0-10', 'look 10-20']);
  });

  test('what a running task says of its progress counts more than a guess', async () => {
    await farm.nodeUp({ cpu: 2 });
    await farm.submit(batch({ long: {}, other: {} }));
    await farm.pass(3 * minute);
    const running = [...farm.engine.state.attempts.values()];
    const told = running.find(({ step }) => step.job.id === 'b1.long')?.id;
    const found = forecastOf(farm, { progress: (attempt) => (attempt === told ? 0.75 : null) });
    const [long, other] = found.jobs;
    expect([long?.basis, other?.basis]).toEqual(['progress', 'guess']);
    const minutesTo = (time = 0): number => Math.round((10 * (time - farm.time)) / minute) / 10;
    expect([minutesTo(long?.end?.p50), minutesTo(long?.end?.p90)]).toEqual([1, 1.5]);
    expect(found.tasks).toMatchObject({ progress: 1, guess: 1 });
  });

  test('a window: it starts when it opens', async () => {
    await farm.nodeUp({ cpu: 1 });
    const window = { opens: '22:00', closes: '06:00', timeZone: 'UTC' };
    const night = dependency(null, 'render', { type: 'TEMPORAL', rule: { kind: 'window', window } });
    await farm.submit(batch({ render: { tasks: 2 } }, { dependencies: [night] }));
    const [render] = forecastOf(farm).jobs;
    expect(render?.start?.p50).toBe(Date.parse('2026-03-02T22:00:00Z'));
    expect(render?.end?.p50).toBe(Date.parse('2026-03-02T22:20:00Z'));
  });

  test('a job that may run one task at a time goes on with its other steps', async () => {
    await farm.nodeUp({ cpu: 4 });
    const steps = [step({ name: 'first', tasks: 2 }), step({ name: 'second' })];
    await farm.submit(batch({ render: { most: 1, steps } }));
    expect(usual(forecastOf(farm))).toEqual(['render 0-30']);
  });

  test('files that are waited for are taken to be there', async () => {
    await farm.nodeUp({ cpu: 1 });
    const data = dependency('melt', 'beauty', { type: 'DATA', files: ['*.bin'] });
    await farm.submit(batch({ melt: {}, beauty: {} }, { dependencies: [data] }));
    expect(usual(forecastOf(farm))).toEqual(['melt 0-10', 'beauty 10-20']);
  });

  test('no task takes longer than it may', async () => {
    await farm.nodeUp({ cpu: 1 });
    await farm.submit(batch({ render: { timeoutMs: 3 * minute } }));
    expect(usual(forecastOf(farm))).toEqual(['render 0-3']);
  });
});

describe('what does not end', () => {
  test('says why', async () => {
    await farm.nodeUp({ cpu: 2 });
    await farm.submit(
      batch({ held: {}, after: { after: ['held'] }, large: { request: { cpu: 8 } }, fine: {} }),
    );
    await farm.endTask('held 0', { kind: 'exited', code: 3 });
    expect(usual(forecastOf(farm))).toEqual(['after ?-upstreamFailed', 'large ?-tooLarge', 'fine 0-10']);
    await farm.submit(batch({ held: { tasks: 3 } }));
    await farm.command({ kind: 'hold', by: 'ann', jobs: ['b2.held'] });
    expect(usual(forecastOf(farm)).at(-1)).toBe('held 0-held');
  });

  test('what runs on a node that cannot be asked, and what waits for it', async () => {
    await farm.nodeUp({ cpu: 1 });
    await farm.submit(batch({ melt: {}, beauty: { after: ['melt'] } }));
    await farm.nodeDown();
    expect(usual(forecastOf(farm))).toEqual(['melt 0-nodeAway', 'beauty ?-waitsFor']);
  });

  test('a condition that nothing will meet; a failure is not foretold', async () => {
    await farm.nodeUp({ cpu: 1 });
    const other = { kind: 'exitCode', codes: [3] } as const;
    await farm.submit(
      batch(
        { train: {}, good: {}, mend: {} },
        {
          dependencies: [
            dependency('train', 'good', { type: 'CONDITIONAL', condition: other }),
            dependency('train', 'mend', { type: 'CONDITIONAL', condition: { kind: 'failed' } }, 'fail'),
          ],
        },
      ),
    );
    expect(usual(forecastOf(farm))).toEqual(['train 0-10', 'good ?-condition', 'mend ?-10']);
  });

  test('what is further off than was looked', async () => {
    await farm.nodeUp({ cpu: 1 });
    await farm.submit(batch({ render: { tasks: 10 }, other: {} }));
    expect(usual(forecastOf(farm, { horizon: 45 * minute }))).toEqual(['render 0-tooFar', 'other ?-tooFar']);
  });

  test('a schedule that fires for ever does not keep it from ending', async () => {
    await farm.nodeUp({ cpu: 1 });
    await farm.submit(batch({ render: {}, held: { request: { cpu: 4 } } }));
    await farm.command({
      kind: 'schedule',
      by: 'ann',
      name: 'often',
      rule: {
        timing: { kind: 'every', milliseconds: 5 * minute, from: farm.time },
        overlap: 'skip',
        missed: 'skip',
      },
      batch: batch({ probe: {} }),
    });
    expect(usual(forecastOf(farm))).toEqual(['render 0-10', 'held ?-tooLarge']);
  });
});

describe('durations', () => {
  test('those of the step, of earlier batches, of the job, of its kind, or a guess', async () => {
    const steps = (): ReturnType<typeof batch> => batch({ known: { tasks: 2 }, other: { kind: 'render' } });
    await farm.nodeUp({ cpu: 1 });
    await farm.submit(steps());
    await farm.pass(20 * minute);
    await farm.endTask('known 0');
    const { tasks, jobs } = forecastOf(farm);
    expect(tasks).toMatchObject({ step: 1, guess: 1 });
    expect(jobs.map(({ basis }) => basis)).toEqual(['step', 'guess']);
    const again = { ...steps(), name: 'Test' };
    await farm.submit(again);
    await farm.submit({ ...batch({ unlike: {} }), name: 'Another' });
    expect(
      forecastOf(farm)
        .jobs.slice(2)
        .map(({ basis }) => basis),
    ).toEqual(['earlier', 'guess', 'kind']);
  });

  test('a single task may take far longer than usual, many together hardly', async () => {
    const learn = async (): Promise<void> => {
      await farm.nodeUp({ cpu: 100 });
      await farm.submit(batch({ render: { tasks: 50 } }));
      for (let task = 0; task < 50; task++) {
        await farm.pass(minute);
        await farm.endTask(`render ${task}`);
      }
    };
    await learn();
    await farm.submit(batch({ render: { tasks: 1 } }));
    const [one] = forecastOf(farm).jobs;
    await farm.cancel('b2.render');
    await farm.command({ kind: 'setAside', by: 'ann', node: 'local' });
    await farm.nodeUp({ cpu: 1 }, 'small');
    await farm.submit(batch({ render: { tasks: 1000 } }));
    const many = forecastOf(farm).jobs.find(({ job }) => job === 'b3.render');
    const width = (job = one): number =>
      ((job?.end?.p90 ?? 0) - farm.time) / ((job?.end?.p50 ?? 0) - farm.time);
    expect(width(one)).toBeGreaterThan(1.5);
    expect(width(many)).toBeLessThan(1.2);
    // The mean of a minute to fifty is about 25; the rounding of what is remembered is less than 15 %.
    expect(((many?.end?.p50 ?? 0) - farm.time) / minute / 1000).toBeCloseTo(27, -1);
  });
});

describe('as a whole', () => {
  test('nodes are used as much as the work there is', async () => {
    await farm.nodeUp({ cpu: 2 });
    await farm.submit(batch({ render: { tasks: 5 } }));
    const { use } = forecastOf(farm);
    const coreMinutes = (used: readonly number[]): number =>
      (used.reduce((sum, cores) => sum + cores, 0) * use.each) / minute;
    expect(use.used.length).toBeLessThanOrEqual(96);
    expect(coreMinutes(use.used)).toBeCloseTo(50, 0);
    expect(use.nodes.map(({ node, cores, used }) => [node, cores, Math.max(...used)])).toEqual([
      ['local', 2, 2],
    ]);
  });

  test('times on the grid differ little from exact ones', async () => {
    await farm.nodeUp({ cpu: 3 });
    await farm.submit(batch({ melt: { tasks: 40 }, beauty: { tasks: 30, after: ['melt'] } }));
    const ends = (mostExact: number): readonly number[] =>
      forecastOf(farm, { mostExact }).jobs.map(({ end }) => (end?.p50 ?? 0) - farm.time);
    const exact = ends(1000);
    ends(0).forEach((end, i) => expect(Math.abs(end / (exact[i] ?? 0) - 1)).toBeLessThan(0.02));
  });

  test('the state stays as it is', async () => {
    await farm.nodeUp({ cpu: 2 });
    await farm.submit(batch({ melt: { tasks: 4 }, beauty: { tasks: 3, after: ['melt'] } }));
    await farm.endTask('melt 0', { kind: 'lost', proof: 'gone' });
    const before = encodeState(farm.engine.state);
    forecastOf(farm);
    expect(encodeState(farm.engine.state)).toEqual(before);
  });
});
