import { describe, expect, it } from 'vitest';
import { offeredUntil } from './until';

describe('the times until which a node is set aside', () => {
  it('are an hour, four, and the next morning', () => {
    const now = new Date(2026, 10, 30, 23, 30).getTime();
    const [one, four, morning] = offeredUntil(now).map(({ at }) => new Date(at));
    expect(one).toEqual(new Date(2026, 11, 1, 0, 30));
    expect(four).toEqual(new Date(2026, 11, 1, 3, 30));
    expect(morning).toEqual(new Date(2026, 11, 1, 8, 0));
  });
});
