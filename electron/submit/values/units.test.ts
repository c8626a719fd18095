import { expect, test } from 'vitest';
import { parseCores, parseDevices, parseMemory, parseNetwork, parsePart, parseStorage } from './units';

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

test('disk is measured like memory, the network in bits a second', () => {
  expect(parseStorage('1 TiB')).toEqual({ ok: true, value: 1024 * 1024 });
  expect(parseStorage('much')).toMatchObject({ message: expect.stringContaining('no amount of disk') });
  expect(parseNetwork('2.5 Gbit/s')).toEqual({ ok: true, value: 2500 });
  expect(parseNetwork('300 kbit/s')).toEqual({ ok: true, value: 1 });
  expect(parseNetwork('1 Gbits/s')).toMatchObject({
    message: expect.stringContaining('did you mean Gbit/s?'),
  });
});

test('cores go down to a hundredth, GPUs to a ten-thousandth', () => {
  expect(parseCores('16')).toEqual({ ok: true, value: 16 });
  expect(parseCores('0.25')).toEqual({ ok: true, value: 0.25 });
  for (const text of ['0', '-1', '1.234', 'max', '70000', '', '1e3', '0x10'])
    expect(parseCores(text).ok).toBe(false);
  expect(parseDevices('0.3333')).toEqual({ ok: true, value: 0.3333 });
  expect(parseDevices('0')).toEqual({ ok: true, value: 0 });
  for (const text of ['0.33333', '-1', '2000', 'all']) expect(parseDevices(text).ok).toBe(false);
});

test('parts of a node are percentages, or all of it', () => {
  expect(parsePart('50%')).toEqual({ ok: true, value: 0.5 });
  expect(parsePart(' 12.5 % ')).toEqual({ ok: true, value: 0.125 });
  expect(parsePart('max')).toEqual({ ok: true, value: 1 });
  expect(parsePart('8 GiB')).toBeNull();
  for (const text of ['0%', '101%', '-5%', '%', 'a%']) expect(parsePart(text)?.ok).toBe(false);
});
