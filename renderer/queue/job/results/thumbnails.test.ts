import { expect, it, vi } from 'vitest';
import { Thumbnails } from './thumbnails';
import type { ThumbnailAnswer } from './thumbnails';

/** A worker whose answers are the test's. */
function setUp(most?: number) {
  const asked: string[] = [];
  let tell: (answer: ThumbnailAnswer) => void = () => undefined;
  const all = new Thumbnails(
    { make: ({ address }) => asked.push(address), listen: (onAnswer) => (tell = onAnswer) },
    most,
  );
  const closed: string[] = [];
  const bitmap = (name: string): ImageBitmap => ({ width: 1, height: 1, close: () => closed.push(name) });
  return { all, asked, closed, answer: (address: string) => tell({ address, bitmap: bitmap(address) }) };
}

it('makes two at a time, the newest wishes first, and nothing that is out of sight again', () => {
  const { all, asked, answer } = setUp();
  const got = vi.fn<(bitmap: ImageBitmap | null) => void>();
  const ends = ['a', 'b', 'c', 'd', 'e'].map((address) => all.want(address, got));
  expect(asked).toEqual(['a', 'b']);
  ends[3]?.();
  answer('a');
  answer('b');
  expect(asked).toEqual(['a', 'b', 'e', 'c']);
  expect(got).toHaveBeenCalledTimes(2);
});

it('keeps those that were used last, and frees the others', () => {
  const { all, asked, closed, answer } = setUp(2);
  const got = vi.fn<(bitmap: ImageBitmap | null) => void>();
  for (const address of ['a', 'b']) {
    all.want(address, got);
    answer(address);
  }
  all.want('a', got);
  all.want('c', got);
  answer('c');
  expect(asked).toEqual(['a', 'b', 'c']);
  expect(closed).toEqual(['b']);
  expect(got).toHaveBeenCalledTimes(4);
});
