import { expect, test } from 'vitest';
import { parseDuration, parseSpan } from './durations';

test.each([
  ['30', 30_000],
  ['0', 0],
  ['0.5', 500],
  ['250 ms', 250],
  ['30 s', 30_000],
  ['5min', 300_000],
  ['1.5 H', 5_400_000],
  ['1 h 30 min', 5_400_000],
  ['2 d', 172_800_000],
])('%s is %i ms', (text, value) => {
  expect(parseDuration(text)).toEqual({ ok: true, value });
});

test.each([
  ['', 'no length of time'],
  ['soon', 'no length of time'],
  ['-5 s', 'no length of time'],
  ['5 s and more', 'no length of time'],
  ['5 mins', 'unknown unit mins (did you mean min?); units are ms, s, min, h, d'],
  ['366 d', 'longer than the longest'],
  ['999999999 d', 'longer than the longest'],
])('%j is refused', (text, message) => {
  expect(parseDuration(text)).toEqual({ ok: false, message: expect.stringContaining(message) });
});

test('what takes time takes more than none', () => {
  expect(parseSpan('0 s')).toEqual({ ok: false, message: expect.stringContaining('no time at all') });
  expect(parseSpan('1 ms')).toEqual({ ok: true, value: 1 });
});
