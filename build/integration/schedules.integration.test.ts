import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { NewSchedule, ScheduleRow } from '../../shared/ipc/plans';
import { test, until } from './farm';

const recipe = (output: string): string => `
drover: 1
batch: Nightly
${output}
parameters: { Who: nobody }
jobs:
  bake: { run: 'echo {{Who}} > "{{Output}}/who"' }
`;

describe('schedules', () => {
  test('a recipe is run again and again, each run in a folder of its own, until it is unscheduled', async ({
    farm,
  }) => {
    await farm.serve();
    const results = join(farm.folder, 'results');
    const file = farm.recipe(recipe(`output: ${results}`));
    const { out } = await farm.drover('schedule', file, '--every', '1 s', '-p', 'Who=ann', '--json');
    const { schedule, notices }: NewSchedule = JSON.parse(out);
    expect(schedule).toMatchObject({ id: 's1', name: 'Nightly', tasks: 1, recipe: file });
    expect(notices).toEqual([expect.stringContaining(`a folder of its own in ${results}`)]);
    const runs = (): readonly string[] => (existsSync(results) ? readdirSync(results) : []);
    const done = (run: string): boolean => existsSync(join(results, run, 'report.json'));
    await until(() => runs().filter(done).length >= 2);
    expect(runs()).toEqual(expect.arrayContaining(['b1-nightly', 'b2-nightly']));
    const listed = (await farm.drover('schedules')).out;
    expect(listed).toMatch(/^s1 +Nightly +.*b\d+ (COMPLETED|RUNNING|QUEUED).* every 1 s from /m);
    expect((await farm.drover('unschedule', 'Nightly')).out).toContain('s1 (Nightly) submits nothing more');
    expect((await farm.drover('schedules')).out).toContain('Nothing is scheduled');
  });

  test('once, also when no Drover ran when it was scheduled', async ({ farm }) => {
    const file = farm.recipe(recipe(''));
    const scheduled = await farm.drover('schedule', file, '--once', '+3 s', '--name', 'tonight');
    expect(scheduled.out).toMatch(/^s1 {2}tonight: once, .*\nnext: .*\n$/);
    expect(scheduled.err).toContain('No Drover is running');
    await farm.serve();
    await farm.reaches('b1.bake', 'COMPLETED');
    const { schedules }: { schedules: readonly ScheduleRow[] } = JSON.parse(
      (await farm.drover('schedules', '--json')).out,
    );
    expect(schedules).toMatchObject([
      { name: 'tonight', next: null, latest: { outcome: 'submitted' }, lastBatch: { id: 'b1' } },
    ]);
  });

  test('as the recipe itself says; run does it now all the same', async ({ farm }) => {
    await farm.serve();
    const file = farm.recipe(recipe('schedule: { cron: "0 22 * * MON-FRI", zone: Europe/Berlin }'));
    const submitted = await farm.drover('submit', file);
    expect([submitted.status, submitted.err]).toEqual([
      2,
      expect.stringContaining('the recipe says when it runs (0 22 * * MON-FRI, Europe/Berlin;'),
    ]);
    expect((await farm.drover('check', file)).out).toContain('schedule: 0 22 * * MON-FRI, Europe/Berlin;');
    expect((await farm.drover('schedule', file)).out).toMatch(
      /^s1 {2}Nightly: 0 22 \* \* MON-FRI, Europe\/Berlin;/,
    );
    expect((await farm.drover('run', file)).err).toContain('COMPLETED');
    const none = await farm.drover('schedule', farm.recipe(recipe('')));
    expect([none.status, none.err]).toEqual([
      2,
      expect.stringContaining('neither the recipe nor you said when'),
    ]);
  });

  test('mistakes of the recipe, of the calendar and of names are refused at once', async ({ farm }) => {
    const wrong = await farm.drover('schedule', farm.recipe('drover: 1\n'), '--every', '1 d');
    expect([wrong.status, wrong.err]).toEqual([2, expect.stringContaining('Nothing was scheduled')]);
    const never = await farm.drover('schedule', farm.recipe(recipe('')), '--cron', '0 0 30 2 *');
    expect([never.status, never.err]).toEqual([2, expect.stringContaining('never comes')]);
    const unknown = await farm.drover('unschedule', 's7');
    expect([unknown.status, unknown.err]).toEqual([2, expect.stringContaining('no schedule s7')]);
  });
});
