import { describe, expect, it } from 'vitest';
import { durationInWords, exactDurationInWords } from './durations-in-words';

const minute = 60_000;
const hour = 60 * minute;

describe('durations', () => {
  it.each([
    [-5, '0 s'],
    [59_999, '59 s'],
    [minute, '1 min'],
    [3 * minute + 12_000, '3 min 12 s'],
    [2 * hour + 4 * minute + 59_000, '2 h 4 min'],
    [26 * hour, '1 d 2 h'],
  ])('says %d ms as %s', (ms, words) => expect(durationInWords(ms)).toBe(words));

  it('has tenths for what took only seconds', () => {
    expect(exactDurationInWords(432)).toBe('0.4 s');
    expect(exactDurationInWords(9_990)).toBe('9.9 s');
    expect(exactDurationInWords(12_345)).toBe('12 s');
  });
});
