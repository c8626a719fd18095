import { beforeEach, expect, test } from 'vitest';
import { batch, Farm } from '../farm-for-tests';

let farm: Farm;
beforeEach(() => {
  farm = new Farm();
});

test('what no node will ever have is told first, also while there is no room for the rest', async () => {
  await farm.nodeUp({ cpu: 2 });
  await farm.submit(batch({ long: { tasks: 2 } }));
  await farm.submit(batch({ paint: { request: { cpu: 1, gpu: 1 } } }));
  const never =
    'a task needs 1 core and 1 GPU, which no node could give; local: needs 1 GPU, the largest has 0 GPU';
  expect(farm.why('b2.paint')).toEqual([never]);
  await farm.nodeDown();
  expect(farm.why('b2.paint')).toEqual([never]);
  expect(farm.why('b1.long')).toEqual([]);
});

test('a node that has never told what it has may have enough', async () => {
  await farm.nodeDown('new');
  await farm.submit(batch({ paint: {} }));
  expect(farm.why('b1.paint')).toEqual(['new: OFFLINE, gone']);
});
