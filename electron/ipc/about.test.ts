import { expect, test } from 'vitest';
import type { Attempt } from '../../shared/model/attempt';
import { piecesOf } from '../batch-report-usage';
import { batch, done, Farm } from '../engine/farm-for-tests';
import { jobAbout } from './about';

test('a job tells where it came from, and what it used against what it asked for', async () => {
  const farm = new Farm();
  await farm.command({
    kind: 'submit',
    by: 'ann',
    batch: batch({
      render: { tasks: 12, request: { cpu: 4, memoryMiB: 8192 }, parameters: { Scene: 'a.blend' } },
    }),
    outputFor: () => '/out',
    submission: { source: { kind: 'preset', name: 'blender' }, parameters: { Scene: 'a.blend' } },
  });
  const job = farm.engine.state.jobs.get('b1.render');
  if (job === undefined) throw new Error('there is no such job');
  const attempts = Array.from({ length: 12 }, (_, task): Attempt => {
    const usage = { peakMemoryMiB: 500 + task, cpuMs: 60_000, wallMs: 60_000 };
    const times = { assignedAt: 0, endedAt: 60_000 };
    return { id: `a-${task}`, job: 'b1.render', step: 0, task, node: 'local', ...times, end: done, usage };
  });
  const shown = {
    store: { attempts: async () => attempts },
    now: () => farm.time,
    presets: { shipped: async () => [{ name: 'blender', title: 'Blender' }] },
  };
  const about = await jobAbout(shown, job);
  expect(about).toMatchObject({
    origin: { kind: 'preset', name: 'blender', title: 'Blender' },
    given: { Scene: 'a.blend' },
    steps: [
      {
        parameters: { Scene: 'a.blend' },
        asked: { cpu: 4, memoryMiB: 8192 },
        used: { attempts: 12, isPart: false, peakMemoryMiB: 511, cores: 1 },
      },
    ],
  });
  const told = about.steps[0]?.suggestions.map(({ what }) => what) ?? [];
  expect(told.toSorted()).toEqual([
    'Ask for 1 core instead of 4 cores.',
    'Ask for 768 MiB of memory instead of 8 GiB.',
  ]);
});

test('of very many tasks some are looked at, as far apart as they can be', () => {
  expect(piecesOf(1)).toEqual([0]);
  expect(piecesOf(2500)).toEqual([0, 1000, 2000]);
  expect(piecesOf(1_000_000)).toEqual(Array.from({ length: 10 }, (_, piece) => piece * 100_000));
});
