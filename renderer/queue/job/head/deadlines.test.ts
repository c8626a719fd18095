import { expect, it } from 'vitest';
import { offeredDeadlines } from './deadlines';

const words = (now: Date): readonly string[] => offeredDeadlines(now.getTime()).map((one) => one.words);

it('offers this evening only as long as it is ahead, and always what is to come', () => {
  expect(words(new Date(2026, 10, 22, 9, 30))).toEqual(['In 1 hour', 'Today 18:00', 'Tomorrow 8:00']);
  expect(words(new Date(2026, 10, 22, 17, 30))).toEqual(['In 1 hour', 'Tomorrow 8:00']);
  const now = new Date(2026, 11, 31, 23, 59).getTime();
  expect(offeredDeadlines(now).every(({ at }) => at > now)).toBe(true);
  expect(new Date(offeredDeadlines(now).at(-1)?.at ?? 0)).toEqual(new Date(2027, 0, 1, 8));
});
