import { expect, test } from 'vitest';
import { nearestName } from './suggest';

test.each([
  ['metl', 'melt'],
  ['Beauty', 'beauty'],
  ['beuty', 'beauty'],
  ['frame', 'frames'],
  ['gpu', null],
  ['something', null],
])('%s: did you mean %s', (written, nearest) => {
  expect(nearestName(written, ['melt', 'beauty', 'frames', 'cpu'])).toBe(nearest);
});
