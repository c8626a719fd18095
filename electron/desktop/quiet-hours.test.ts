import { describe, expect, it } from 'vitest';
import { endOfQuiet, isQuiet } from './quiet-hours';

const at = (time: string): Date => new Date(`2026-11-20T${time}:00`);

describe('quiet hours', () => {
  const night = { from: '22:00', to: '07:00' };
  const noon = { from: '12:00', to: '13:30' };

  it.each([
    ['21:59', false],
    ['22:00', true],
    ['00:00', true],
    ['06:59', true],
    ['07:00', false],
  ])('over midnight: %s', (time, quiet) => {
    expect(isQuiet(night, at(time))).toBe(quiet);
  });

  it('within a day, never, and when none are set', () => {
    expect(['11:59', '12:00', '13:29', '13:30'].map((time) => isQuiet(noon, at(time)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(isQuiet({ from: '09:00', to: '09:00' }, at('09:00'))).toBe(false);
    expect(isQuiet(null, at('03:00'))).toBe(false);
  });

  it('end the same day or the next', () => {
    expect(endOfQuiet(night, at('23:10'))).toEqual(new Date('2026-11-21T07:00:00'));
    expect(endOfQuiet(night, at('03:10'))).toEqual(at('07:00'));
  });
});
