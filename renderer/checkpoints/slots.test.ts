import { expect, it } from 'vitest';
import { blocksOf, slotsOf } from './slots';

it('the rows in sight are in one block, or in two that follow each other', () => {
  expect(blocksOf(0, 40)).toEqual([{ from: 0, count: 100 }, null]);
  expect(blocksOf(70, 110)).toEqual([
    { from: 0, count: 100 },
    { from: 100, count: 100 },
  ]);
  expect(blocksOf(99_900, 99_940)[0]).toBe(blocksOf(99_910, 99_950)[0]);
});

it('what is not there yet has its place', () => {
  expect(slotsOf(3, [])).toEqual([0, 1, 2].map((index) => ({ index, row: null })));
  expect(slotsOf(0, [{ from: 0, checkpoints: [] }])).toEqual([]);
});
