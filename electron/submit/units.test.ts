import { expect, test } from 'vitest';
import { parseCores, parseMemory } from './units';

test.each([
  ['0', 0],
  ['1 GiB', 1024],
  ['512MiB', 512],
  ['1.5 GiB', 1536],
  ['0.1 GiB', 103],
  ['1 MB', 1],
  ['8 GB', 7630],
  ['1.048576 MB', 1],
  ['1 B', 1],
  ['2 tib', 2 * 1024 * 1024],
])('%s of memory is %i MiB', (text, value) => {
  expect(parseMemory(text)).toEqual({ ok: true, value });
});

test.each([
  ['8', '"8" has no unit'],
  ['8 G', 'unknown unit G (did you mean GB?)'],
  ['8 parsecs', 'unknown unit parsecs; units are B, KB'],
  ['-1 GiB', 'no amount of memory'],
  ['99999 TiB', 'more than the largest'],
  ['', 'no amount of memory'],
])('%j of memory is refused', (text, message) => {
  expect(parseMemory(text)).toEqual({ ok: false, message: expect.stringContaining(message) });
});

test('cores are whole and at least one', () => {
  expect(parseCores('16')).toEqual({ ok: true, value: 16 });
  for (const text of ['0', '-1', '1.5', 'max', '70000', '']) expect(parseCores(text).ok).toBe(false);
});
