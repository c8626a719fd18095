import { expect, test } from 'vitest';
import type { FoundOutput } from './outputs';
import { Settled } from './settled';

const file = (name: string, bytes: number, changedAt = 1000): FoundOutput => ({
  ...{ name, path: `/out/${name}`, bytes, executable: false },
  changedAt,
});
const names = (outputs: readonly FoundOutput[]): readonly string[] => outputs.map(({ name }) => name);

test('what has not changed for ten seconds has settled, and is told once', () => {
  const settled = new Settled();
  const outputs = [file('a', 5), file('b', 7)];
  expect(settled.take(outputs, 0)).toEqual([]);
  expect(settled.take(outputs, 9_999)).toEqual([]);
  expect(names(settled.take(outputs, 10_000))).toEqual(['a', 'b']);
  expect(settled.take(outputs, 60_000)).toEqual([]);
});

test('what grows, or is written anew with as many bytes, has not', () => {
  const settled = new Settled();
  settled.take([file('grows', 5), file('anew', 5)], 0);
  expect(settled.take([file('grows', 6), file('anew', 5, 2000)], 10_000)).toEqual([]);
  expect(names(settled.take([file('grows', 6), file('anew', 5, 2000)], 20_000))).toEqual(['grows', 'anew']);
  expect(settled.take([file('grows', 8), file('anew', 5, 2000)], 30_000)).toEqual([]);
  expect(names(settled.take([file('grows', 8), file('anew', 5, 2000)], 40_000))).toEqual(['grows']);
});

test('an empty file never has, and what was away begins anew', () => {
  const settled = new Settled();
  settled.take([file('empty', 0), file('away', 5)], 0);
  settled.take([file('empty', 0)], 5_000);
  expect(settled.take([file('empty', 0), file('away', 5)], 10_000)).toEqual([]);
  expect(names(settled.take([file('empty', 0), file('away', 5)], 20_000))).toEqual(['away']);
});
