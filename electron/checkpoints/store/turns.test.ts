import { expect, test } from 'vitest';
import { Turns } from './turns';

test('so many work at once, the others in their order, and one that fails makes room too', async () => {
  const turns = new Turns(2);
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const works = [0, 1, 2, 3, 4].map((index) =>
    turns.take(async () => {
      begun.push(index);
      await new Promise<void>((end) => ends.push(end));
      if (index === 1) throw new Error('it failed');
      return index;
    }),
  );
  const results = Promise.allSettled(works);
  for (let ended = 0; ended < 5; ended++) {
    while (ends.length <= ended) await Promise.resolve();
    expect(begun.length).toBeLessThanOrEqual(ended + 2);
    ends[ended]?.();
  }
  expect((await results).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ]);
  expect(begun).toEqual([0, 1, 2, 3, 4]);
});
