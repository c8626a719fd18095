import { assert, date, property } from 'fast-check';
import { expect, it } from 'vitest';
import { asField, fromField } from './momentField';

it('moments come back from the field that holds them', () => {
  const years = { min: new Date(2000, 0), max: new Date(2100, 0), noInvalidDate: true };
  assert(
    property(date(years), (moment) => {
      const minute = new Date(moment).setSeconds(0, 0);
      expect(asField(fromField(asField(minute)) ?? 0)).toBe(asField(minute));
    }),
  );
  expect(['', 'soon', '2026-11-21', '2026-13-41T99:99'].map(fromField)).toEqual([null, null, null, null]);
});
