import { expect, test } from 'vitest';
import { coreHours, duration } from './words';

test.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [1250, '1.2 s'],
  [9999, '9.9 s'],
  [59_400, '59 s'],
  [59_600, '1 min 00 s'],
  [3_599_600, '1 h 00 min'],
  [3_720_000, '1 h 02 min'],
  [90_000_000, '1 d 01 h'],
])('%i ms is %s', (milliseconds, words) => {
  expect(duration(milliseconds)).toBe(words);
});

test.each([
  [0, '0'],
  [1000, '< 0.001'],
  [46_000, '0.013'],
  [3_600_000, '1'],
  [44_640_000, '12.4'],
  [4_500_000_000, '1,250'],
])('%i ms of processor time are %s core hours', (milliseconds, words) => {
  expect(coreHours(milliseconds)).toBe(words);
});
