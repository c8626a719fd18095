import { expect, test } from 'vitest';
import { batch, Farm, step } from '../../engine/farm-for-tests';
import { noChanges } from '../../engine/reduce/changes';
import { shownFarm } from '../shown-for-tests';
import { StepsView } from './steps';

test('the steps of a job tell how far each is, and only when that job changes', async () => {
  const farm = new Farm();
  await farm.nodeUp({ cpu: 1 });
  const steps = [step({ name: 'draw', tasks: 4 }), step({ name: 'grade', request: { cpu: 2 } })];
  await farm.submit(batch({ film: { steps }, other: {} }));
  await farm.endTask('film 0');
  const shown = shownFarm(farm);
  const job = shown.state.jobs.get('b1.film');
  if (job === undefined) throw new Error('there is no such job');
  const view = new StepsView({ ...shown, progress: { of: () => ({ fraction: 0.5, phrase: null }) } }, job);
  expect(view.picture().steps).toMatchObject([
    { name: 'draw', state: 'RUNNING', tasks: { COMPLETED: 1, RUNNING: 1, QUEUED: 2 }, progress: 1.5 / 4 },
    { name: 'grade', tasks: { QUEUED: 1 }, request: { cpu: 2 } },
  ]);
  const changes = noChanges();
  changes.jobs.add('b1.other');
  expect(view.note([], changes)).toBe(false);
  changes.jobs.add('b1.film');
  expect(view.note([], changes)).toBe(true);
});
