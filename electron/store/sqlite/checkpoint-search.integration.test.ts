import { expect, test } from 'vitest';
import type { CheckpointId } from '../../../shared/model/checkpoint';
import type { JobId } from '../../../shared/model/ids';
import type { Fact } from '../../engine/facts';
import { checkpoint } from '../test-facts';
import type { CheckpointSearch } from './checkpoint-search';
import { newFile, openStore } from './test-stores';

const everything: CheckpointSearch = {
  ...{ job: null, words: [], standings: [], limits: [], from: 0, count: 100 },
};

function found(number: number, job: JobId, name: string, bytes: number): Fact {
  const { checkpoint: one, ...fact } = checkpoint(`c${number}`, number);
  const files = [
    { path: name, bytes, hash: 'ab' },
    { path: `${name}.aux`, bytes: 1, hash: 'cd' },
  ];
  return { ...fact, checkpoint: { ...one, job, name, files, at: number / 2, madeAt: 1000 * number } };
}

test('checkpoints are found by what they are called, how they stand, and how far and large they are', async () => {
  const store = openStore(newFile());
  const of = { job: 'b1.melt', step: 0, task: 3 } as const;
  await store.append([
    found(1, 'b1.melt', 'calm_100%.rst', 10),
    found(2, 'b1.melt', 'storm_1.rst', 2000),
    found(3, 'b1.melt', "o'storm_2.rst", 30),
    found(4, 'b2.film', 'frame_x.exr', 40),
    { kind: 'checkpointBroken', at: 9, ...of, checkpoint: 'c2', reason: 'cut short', newest: null },
    {
      ...{ kind: 'checkpointTagged', at: 9, by: 'ann', why: null, job: 'b1.melt', checkpoint: 'c1' },
      tag: 'Before the Storm',
    },
    { kind: 'checkpointsDropped', at: 9, job: 'b2.film', checkpoints: ['c4'] },
    { kind: 'attemptWentOn', at: 9, ...of, attempt: 'a-2', from: 'c3', line: 'from step 10' },
    { kind: 'attemptWentOn', at: 9, ...of, attempt: 'a-3', from: 'c1', line: null },
  ]);
  const ids = async (search: Partial<CheckpointSearch>): Promise<readonly CheckpointId[]> =>
    (await store.findCheckpoints({ ...everything, ...search })).checkpoints.map(({ id }) => id);
  const word = (
    text: string,
    more: Partial<CheckpointSearch['words'][number]> = {},
  ): Partial<CheckpointSearch> => ({
    words: [{ text, isNot: false, of: 'any', jobs: [], nodes: [], ...more }],
  });

  expect(await ids({})).toEqual(['c3', 'c2', 'c1']);
  expect(await ids({ standings: ['deleted', 'broken'] })).toEqual(['c4', 'c2']);
  expect(await ids({ standings: ['kept'] })).toEqual(['c3', 'c1']);
  expect(await ids({ standings: ['tagged'] })).toEqual(['c1']);
  expect(await ids({ job: 'b1.melt', from: 1, count: 1 })).toEqual(['c2']);
  expect(await ids(word('STORM'))).toEqual(['c3', 'c2', 'c1']);
  expect(await ids(word('storm', { of: 'tag' }))).toEqual(['c1']);
  expect(await ids(word('storm', { isNot: true, of: 'tag' }))).toEqual(['c3', 'c2']);
  expect(await ids(word('%'))).toEqual(['c1']);
  expect(await ids(word("o'st"))).toEqual(['c3']);
  expect(await ids(word('C2'))).toEqual(['c2']);
  expect(await ids(word('nothing has that', { jobs: ['b1.melt'] }))).toEqual(['c3', 'c2', 'c1']);
  expect(await ids(word('render', { nodes: ['local'], of: 'node' }))).toEqual(['c3', 'c2', 'c1']);
  expect(await ids({ limits: [{ of: 'at', is: '>', value: 0.5 }] })).toEqual(['c3', 'c2']);
  expect(await ids({ limits: [{ of: 'bytes', is: '<=', value: 31 }] })).toEqual(['c3', 'c1']);
  expect(await ids({ limits: [{ of: 'madeAt', is: '<', value: 2000 }] })).toEqual(['c1']);

  const used = await store.findCheckpoints({ ...everything, standings: ['used'] });
  expect(used.checkpoints.map(({ id, usedBy }) => ({ id, usedBy }))).toEqual([{ id: 'c3', usedBy: ['a-2'] }]);
  expect(await store.neededElsewhere(['c1'], ['ab', 'cd', 'ef'])).toEqual(['ab', 'cd']);
  expect(await store.neededElsewhere(['c1', 'c2', 'c3'], ['ab'])).toEqual([]);
  const nothing = await store.findCheckpoints({ ...everything, ...word('nothing has that') });
  expect(nothing).toEqual({ total: 0, areAny: true, checkpoints: [] });
  expect((await store.findCheckpoints({ ...everything, job: 'b7.x' })).areAny).toBe(false);
});

test('what was looked for before is found with what has come and what has become of it', async () => {
  const store = openStore(newFile());
  const newest = async (search: Partial<CheckpointSearch> = {}): Promise<readonly (number | string)[]> => {
    const { total, checkpoints } = await store.findCheckpoints({ ...everything, count: 1, ...search });
    return [total, checkpoints[0]?.id ?? ''];
  };
  // More than are looked through at once.
  await store.append(Array.from({ length: 12_000 }, (_, index) => found(index + 1, 'b1.melt', 'a', 1)));
  expect(await newest()).toEqual([12_000, 'c12000']);
  await store.append([found(12_001, 'b1.melt', 'a', 1)]);
  expect(await newest()).toEqual([12_001, 'c12001']);
  expect(await newest({ from: 12_000 })).toEqual([12_001, 'c1']);
  await store.append([{ kind: 'checkpointsDropped', at: 9, job: 'b1.melt', checkpoints: ['c12001'] }]);
  expect(await newest()).toEqual([12_000, 'c12000']);
  await store.append([
    {
      ...{ kind: 'attemptWentOn', at: 9, job: 'b1.melt', step: 0, task: 5, attempt: 'a-9' },
      ...{ from: 'c5', line: 'from step 10' },
    },
  ]);
  expect(await newest({ standings: ['used'] })).toEqual([1, 'c5']);
});
