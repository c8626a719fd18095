import { expect, test } from 'vitest';
import { inSlices } from './slices';

/** Each part takes 1 ms of a clock that the test holds in its hand. */
function work(parts: number): {
  readonly slices: { now: () => number; pause: () => Promise<void> };
  readonly lengths: number[];
  readonly parts: Generator<undefined, string>;
} {
  let time = 0;
  let last = 0;
  const lengths: number[] = [];
  const pause = async (): Promise<void> => {
    lengths.push(time - last);
    last = time;
  };
  const generator = function* (): Generator<undefined, string> {
    for (let part = 0; part < parts; part++) {
      time++;
      yield;
    }
    return 'done';
  };
  return { slices: { now: () => time, pause }, lengths, parts: generator() };
}

test('rests every few milliseconds, and gives what the work gives', async () => {
  const { slices, lengths, parts } = work(10);
  expect(await inSlices(parts, slices)).toBe('done');
  expect(lengths).toEqual([3, 3, 3]);
});

test('ends soon after it was cancelled', async () => {
  const { slices, lengths, parts } = work(10);
  const cancelled = { aborted: false };
  const pause = async (): Promise<void> => {
    await slices.pause();
    cancelled.aborted = lengths.length === 2;
  };
  expect(await inSlices(parts, { ...slices, pause }, cancelled)).toBeNull();
  expect(lengths).toHaveLength(2);
});
