import { beforeEach, expect, test } from 'vitest';
import type { MissedRule, OverlapRule, Timing } from '../../shared/model/schedule';
import { batch, Farm } from './farm-for-tests';
import { decodeState, encodeState } from './snapshot';
import type { ScheduleRecord } from './state';

const hour = 3_600_000;
let farm: Farm;
beforeEach(async () => {
  farm = new Farm();
  await farm.nodeUp({ cpu: 8 });
});

const schedule = (timing: Timing, overlap: OverlapRule = 'skip', missed: MissedRule = 'once') =>
  farm.command({
    kind: 'schedule',
    by: 'ann',
    name: 'nightly',
    rule: { timing, missed, overlap },
    batch: batch({ render: {} }),
  });
const everyHour = (overlap: OverlapRule = 'skip') =>
  schedule({ kind: 'every', from: farm.time, milliseconds: hour }, overlap);
const record = (): ScheduleRecord | undefined => farm.engine.state.schedules.get('s1');

test('submits its batch each time, for whoever wished it, until it is taken away', async () => {
  expect(await everyHour()).toMatchObject({ kind: 'done', outcome: { schedule: 's1' } });
  await farm.pass(hour);
  expect(farm.running()).toEqual(['render 0']);
  expect(farm.engine.state.batches.get('b1')).toMatchObject({ by: 'ann', schedule: 's1', output: '/out/b1' });
  expect(record()).toMatchObject({ last: 'b1', latest: { outcome: 'submitted' } });
  await farm.runAll();
  await farm.pass(hour);
  expect(record()?.last).toBe('b2');
  await farm.command({ kind: 'unschedule', by: 'ann', schedule: 's1' });
  await farm.pass(3 * hour);
  expect([...farm.engine.state.batches.keys()]).toEqual(['b1', 'b2']);
});

test('while the run before goes on, a time is left out, waits, or ends that run', async () => {
  await everyHour('skip');
  await everyHour('queue');
  await everyHour('replace');
  await farm.pass(2 * hour);
  const [skip, queue, replace] = [...farm.engine.state.schedules.values()];
  expect(skip).toMatchObject({ last: 'b1', queued: 0, latest: { outcome: 'skipped' } });
  expect(queue).toMatchObject({ last: 'b2', queued: 1, latest: { outcome: 'queued' } });
  expect(replace).toMatchObject({ last: 'b4', latest: { outcome: 'submitted' } });
  expect(farm.effects.filter(({ kind }) => kind === 'stopAttempt')).toHaveLength(1);
  const second = [...farm.engine.state.attempts.values()].find(({ step }) => step.job.id === 'b2.render');
  if (second !== undefined) await farm.end(second.id);
  expect(queue).toMatchObject({ last: 'b5', queued: 0 });
});

test('what cannot be is refused', async () => {
  const refusal = (message: string) => ({
    kind: 'refused',
    refusal: { message: expect.stringContaining(message) },
  });
  expect(await schedule({ kind: 'once', at: farm.time - 1 })).toMatchObject(refusal('is past'));
  const cron = { kind: 'cron', expression: '0 25 * * *', timeZone: 'UTC' } as const;
  expect(await schedule(cron)).toMatchObject(refusal('is no hour'));
  expect(await schedule({ ...cron, expression: '@daily', timeZone: 'Mars' })).toMatchObject(
    refusal('no time zone'),
  );
  expect(await schedule({ kind: 'every', from: 0, milliseconds: 5 })).toMatchObject(refusal('at least 1000'));
  expect(farm.engine.state.schedules.size).toBe(0);
});

test('what became of the last time is kept; the first snapshots do not tell it', async () => {
  await everyHour();
  await farm.pass(hour);
  const bytes = encodeState(farm.engine.state);
  expect(decodeState(bytes).schedules.get('s1')).toEqual(record());
  const kept = record();
  if (kept !== undefined) Object.assign(kept, { latest: undefined });
  expect(decodeState(encodeState(farm.engine.state)).schedules.get('s1')?.latest).toBeNull();
});
