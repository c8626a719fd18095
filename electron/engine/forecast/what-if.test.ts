import { beforeEach, expect, test } from 'vitest';
import { noCapacity } from '../../../shared/model/amounts';
import type { WhatIf } from '../../../shared/model/forecast';
import { defaultSettings } from '../../../shared/model/settings';
import { batch, Farm } from '../farm-for-tests';
import { encodeState } from '../snapshot';
import { minute, usual } from './forecasts-for-tests';
import { atOnce } from '../slices';
import { whatIf, type Change } from './what-if';

let farm: Farm;
beforeEach(async () => {
  farm = new Farm();
  await farm.nodeUp({ cpu: 1 });
  await farm.submit(batch({ long: { tasks: 4 }, late: { tasks: 2 } }));
});

const tried = (change: Change): ReturnType<typeof atOnce<WhatIf | { message: string }>> =>
  atOnce(whatIf(farm.engine.state, farm.time, change));

function after(change: Change): readonly string[] {
  const result = tried(change);
  return 'message' in result ? [result.message] : usual(result.after);
}

test('nothing changed: nothing differs', () => {
  const result = tried({});
  expect(result).toMatchObject({ differences: [] });
  expect(after({})).toEqual(['long 0-40', 'late 40-60']);
});

test('a deadline, or a higher priority, lets a job overtake', () => {
  const deadline = farm.time + 30 * minute;
  expect(after({ order: [{ job: 'b1.late', deadline }] })).toEqual(['long 0-60', 'late 10-30']);
  expect(after({ order: [{ job: 'b1.late', priority: 'HIGH' }] })).toEqual(['long 0-60', 'late 10-30']);
});

test('two changes of one job are both made', () => {
  const order = [
    { job: 'b1.late', priority: 'CRITICAL' },
    { job: 'b1.late', deadline: farm.time + 1000 * minute },
    { job: 'b1.long', priority: 'HIGH' },
  ] as const;
  expect(after({ order })).toEqual(['long 0-60', 'late 10-30']);
});

test('the difference is told of each job', () => {
  const result = tried({ order: [{ job: 'b1.late', priority: 'HIGH' }] });
  expect(
    'differences' in result && result.differences.map(({ job, milliseconds }) => [job, milliseconds]),
  ).toEqual([
    ['b1.long', 20 * minute],
    ['b1.late', -30 * minute],
  ]);
});

test('more nodes: like one there is, with its settings, or of a size', async () => {
  expect(after({ addNodes: [{ like: 'local', count: 2 }] })).toEqual(['long 0-20', 'late 10-20']);
  const large = { capacity: { ...noCapacity, cpu: 4, memoryMiB: 1000 }, labels: [], count: 1 };
  expect(after({ addNodes: [large] })).toEqual(['long 0-10', 'late 0-20']);
  await farm.configure({
    nodes: {
      local: {
        ...defaultSettings.otherNodes,
        overcommit: { ...defaultSettings.otherNodes.overcommit, cpu: 3 },
      },
    },
  });
  expect(after({ addNodes: [{ like: 'local', count: 1 }] })).toEqual(['long 0-10', 'late 0-10']);
  expect(after({ addNodes: [{ like: 'none', count: 1 }] })).toEqual(['There is no node none to be like.']);
});

test('without a node: it ends what it runs, and what needs it does not go on', () => {
  expect(after({ removeNodes: ['local'] })).toEqual(['long 0-nodes', 'late ?-nodes']);
});

test('any command; what the farm would refuse is refused', () => {
  expect(after({ commands: [{ kind: 'cancel', by: 'ann', jobs: ['b1.long'] }] })).toEqual([
    'long 0-0',
    'late 0-20',
  ]);
  const more = { kind: 'submit', by: 'ann', batch: batch({ more: {} }), outputFor: () => '/out' } as const;
  expect(after({ commands: [more] })).toEqual(['long 0-40', 'late 40-60', 'more 60-70']);
  expect(after({ commands: [{ kind: 'release', by: 'ann', jobs: ['b1.late'] }] })).toEqual([
    'Job b1.late is not held: it is QUEUED.',
  ]);
});

test('the state stays as it is', () => {
  const before = encodeState(farm.engine.state);
  tried({ addNodes: [{ like: 'local', count: 1 }], order: [{ job: 'b1.late', priority: 'HIGH' }] });
  expect(encodeState(farm.engine.state)).toEqual(before);
});
