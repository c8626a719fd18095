import { expect, test } from 'vitest';
import type { Attempt } from '../../shared/model/attempt';
import { batch, done, Farm, failed } from '../engine/farm-for-tests';
import { shownFarm } from './shown-for-tests';
import { jobDetail, jobRow, taskRows } from './rows';

test('a task tells what its newest attempt used, as the node told it at the end', async () => {
  const farm = new Farm();
  await farm.nodeUp();
  await farm.submit(batch({ render: {} }));
  const usage = { peakMemoryMiB: 2150.25, cpuMs: 1_459_200, wallMs: 192_000 };
  farm.engine.report({ kind: 'attemptEnded', attempt: 'a-1', end: done, usage });
  await farm.settle();
  expect(farm.facts).toContainEqual(expect.objectContaining({ kind: 'attemptFinished', usage }));

  const { state } = farm.engine;
  const step = state.jobs.get('b1.render')?.steps[0];
  if (step === undefined) throw new Error('there is no such step');
  const newest: Attempt = {
    id: 'a-1',
    job: 'b1.render',
    step: 0,
    task: 0,
    node: 'local',
    assignedAt: 1,
    endedAt: 2,
    end: done,
    usage,
  };
  const attempts = [{ ...newest, end: failed, usage: { ...usage, cpuMs: 7 } }, newest];
  const shown = { ...shownFarm(farm), store: { attempts: async () => attempts } };
  expect(await taskRows(shown, step, 0, 10)).toMatchObject([{ state: 'COMPLETED', usage }]);
  const none = { ...shown, store: { attempts: async () => [] } };
  expect(await taskRows(none, step, 0, 10)).toMatchObject([{ attempt: null, usage: null }]);
});

test('what makes the tasks of a step is told as long as it is short', async () => {
  const farm = new Farm();
  const table = (count: number) => ({
    kind: 'rows' as const,
    names: ['A'],
    rows: Array.from({ length: count }, (_, index) => [`value ${index}`]),
  });
  const { jobs, ...rest } = batch({ short: {}, long: {} });
  const spaces = [table(10), table(10_000)];
  const withTables = jobs.map((job, index) => ({
    ...job,
    steps: job.steps.map((step) => ({ ...step, space: spaces[index] ?? step.space })),
  }));
  await farm.submit({ ...rest, jobs: withTables });
  const shown = shownFarm(farm);
  const details = [...shown.state.jobs.values()].map((job) => jobDetail(shown, job).steps[0]);
  expect(details).toMatchObject([
    { count: 10, space: spaces[0] },
    { count: 10_000, space: null },
  ]);
});

test('a job tells where it runs, when it is expected to end, and the most that its steps ask for', async () => {
  const farm = new Farm();
  await farm.nodeUp();
  const { jobs, ...rest } = batch({ render: { request: { cpu: 1, memoryMiB: 500 } } });
  const twice = jobs.map((job) => ({
    ...job,
    steps: job.steps.flatMap((step) => [
      step,
      { ...step, name: 'more', request: { ...step.request, cpu: 0.5, memoryMiB: 800, special: { nuke: 1 } } },
    ]),
  }));
  await farm.submit({ ...rest, jobs: twice });
  const { state } = farm.engine;
  const job = state.jobs.get('b1.render');
  if (job === undefined) throw new Error('there is no such job');
  const end = { p50: 10, p90: 20 };
  const shown = {
    ...shownFarm(farm),
    forecastOf: () => ({ job: job.id, batch: 'b1', start: null, end, stuck: null, basis: 'guess' }) as const,
  };
  expect(jobRow(shown, job)).toMatchObject({
    nodes: ['local'],
    end: { ...end, isGuess: true },
    held: false,
    deadline: null,
    request: { cpu: 1, memoryMiB: 800, special: { nuke: 1 } },
  });
});
