import { expect, test } from 'vitest';
import { averageCoresInWords, peakMemoryInWords, processorTimeInWords, usageInWords } from './usage-in-words';

const usage = { peakMemoryMiB: 2150.25, cpuMs: 1_459_200, wallMs: 192_000 };

test('what an attempt used is said in a line', () => {
  expect(usageInWords(usage)).toBe('ran 3 min 12 s on 7.6 cores on average, at most 2.1 GiB of memory');
  expect(usageInWords({ ...usage, peakMemoryMiB: null })).toBe('ran 3 min 12 s on 7.6 cores on average');
  expect(usageInWords({ peakMemoryMiB: 1.5, cpuMs: 0, wallMs: 0 })).toBe(
    'ran 0.0 s, at most 2 MiB of memory',
  );
  expect(processorTimeInWords(usage)).toBe('24 min 19 s of processor time');
});

test.each([
  [1000, '1 core on average'],
  [31_960, '32 cores on average'],
  [126, '0.1 cores on average'],
  [94, '0.09 cores on average'],
  [4, 'less than 0.01 cores on average'],
  [0, 'less than 0.01 cores on average'],
])('%i ms of processor time in a second are %s', (cpuMs, words) => {
  expect(averageCoresInWords({ cpuMs, wallMs: 1000, peakMemoryMiB: null })).toBe(words);
});

test.each([
  [0.25, 'at most 1 MiB'],
  [811.2, 'at most 812 MiB'],
  [1023.5, 'at most 1 GiB'],
  [70_000, 'at most 68.4 GiB'],
])('a peak of %d MiB is %s', (mebibytes, words) => {
  expect(peakMemoryInWords(mebibytes)).toBe(words);
});
