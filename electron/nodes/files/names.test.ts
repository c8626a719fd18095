import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { bytesInWords, partInWords } from './amounts';
import { isInside, troubleWithName } from './names';

test.each(['', '.', '..', 'a/b', 'a\0b', 'gone\uFFFD', '\uD800'])('%j is no name that crosses', (name) => {
  expect(troubleWithName(name, 'linux')).not.toBeNull();
});

test.each(['a', ' ', '...', 'a\nb', '-', '\\', 'C:', 'con', '日本', 'a.'])('%j is one', (name) => {
  expect(troubleWithName(name, 'linux')).toBeNull();
});

test.each(['C:', 'a\\..\\b', 'con', 'NUL.txt', 'a.', 'a ', 'a\nb', 'what?'])(
  '%j is none on Windows',
  (name) => {
    expect(troubleWithName(name, 'win32')).toMatch(/Windows/);
  },
);

test('what is inside of a folder', () => {
  const [a, b, c, d] = ['/a/b', '/a/b/c', '/a/bc', '/a/b/..c'].map((path) => resolve(path));
  expect([a, b, c, d, resolve('/a')].map((path) => isInside(a ?? '', path ?? ''))).toEqual([
    true,
    true,
    false,
    true,
    false,
  ]);
});

test('amounts are written in the unit of the whole', () => {
  expect(partInWords(1.2 * 1024 ** 3, 4 * 1024 ** 3)).toBe('1.2 of 4.0 GiB');
  expect(partInWords(0, 0)).toBe('0 of 0 bytes');
  expect(partInWords(12, 1023)).toBe('12 of 1023 bytes');
  expect(bytesInWords(1024)).toBe('1.0 KiB');
  expect(bytesInWords(5 * 1024 ** 5)).toBe('5120.0 TiB');
});
