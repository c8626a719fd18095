import { beforeEach, expect, test } from 'vitest';
import { batch, Farm } from '../farm-for-tests';
import { atOnce } from '../slices';
import { forecast } from './forecast';
import { minute } from './forecasts-for-tests';
import { Plan } from './plan';
import { whatIf } from './what-if';

let farm: Farm;
let plan: Plan;
beforeEach(async () => {
  farm = new Farm();
  await farm.nodeUp({ cpu: 2 });
  await farm.submit(batch({ long: { tasks: 4 }, late: { tasks: 1 } }));
  plan = new Plan(farm.time);
});

const inMinutes = (time: number): number => Math.round((time - farm.time) / minute);
const bars = (): readonly string[] =>
  plan
    .of('local', () => true)
    .bars.map(({ job, from, to, tasks }) => `${job} ${inMinutes(from)}-${inMinutes(to)} x${tasks}`);

test('tasks of a step that follow each other are one bar for each slot', () => {
  atOnce(forecast(farm.engine.state, farm.time, { onEnd: plan.add }));
  expect(bars()).toEqual(['b1.long 0-20 x2', 'b1.long 0-20 x2', 'b1.late 20-30 x1']);
});

test('of a change it tells what would be', () => {
  const change = { order: [{ job: 'b1.late', priority: 'HIGH' }] } as const;
  atOnce(whatIf(farm.engine.state, farm.time, change, { onEnd: plan.add }));
  expect(bars()).toEqual(['b1.long 0-10 x1', 'b1.long 0-30 x3', 'b1.late 10-20 x1']);
});

test('jobs that have ended since are left out', () => {
  atOnce(forecast(farm.engine.state, farm.time, { onEnd: plan.add }));
  expect(plan.of('local', (job) => job === 'b1.late').bars).toHaveLength(1);
  expect(plan.of('none', () => true).bars).toEqual([]);
});
