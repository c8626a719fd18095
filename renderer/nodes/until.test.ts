import { assert, date, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asField, fromField, offeredUntil } from './until';

describe('the times until which a node is set aside', () => {
  it('are an hour, four, and the next morning', () => {
    const now = new Date(2026, 10, 30, 23, 30).getTime();
    const [one, four, morning] = offeredUntil(now).map(({ at }) => new Date(at));
    expect(one).toEqual(new Date(2026, 11, 1, 0, 30));
    expect(four).toEqual(new Date(2026, 11, 1, 3, 30));
    expect(morning).toEqual(new Date(2026, 11, 1, 8, 0));
  });

  it('come back from the field that holds them', () => {
    const years = { min: new Date(2000, 0), max: new Date(2100, 0), noInvalidDate: true };
    assert(
      property(date(years), (moment) => {
        const minute = new Date(moment).setSeconds(0, 0);
        expect(asField(fromField(asField(minute)) ?? 0)).toBe(asField(minute));
      }),
    );
    expect(['', 'soon', '2026-11-21', '2026-13-41T99:99'].map(fromField)).toEqual([null, null, null, null]);
  });
});
