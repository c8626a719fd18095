import { expect, test } from 'vitest';
import type { HistoryEntry } from '../../shared/model/history';
import { merges, mostLive } from './values';

const entry = (number: number): HistoryEntry => ({
  ...{ number, at: number, by: null, what: 'Batch b1 was submitted', why: null, about: [] },
});

test('the newest of the activity are kept, however much happens', () => {
  const { activity } = merges;
  const later = (from: number, count: number): readonly HistoryEntry[] =>
    Array.from({ length: count }, (_, index) => entry(from + count - 1 - index));
  let value = activity.start({ entries: later(0, 10) });
  for (let from = 10; from < 5 * mostLive; from += 500)
    value = activity.change(value, [{ entries: later(from, 500) }]);
  expect(value.length).toBeGreaterThanOrEqual(mostLive);
  expect(value.length).toBeLessThanOrEqual(2 * mostLive);
  const newest = value[0]?.number ?? 0;
  expect(value.map(({ number }) => number)).toEqual(value.map((_, index) => newest - index));
});
