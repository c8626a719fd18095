import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pathMapper } from './path-mapping';

test.each([
  ['/mnt/show/shots/a.exr', '/Volumes/show/shots/a.exr'],
  ['/mnt/show', '/Volumes/show'],
  ['/mnt/shows/a', '/mnt/shows/a'],
  ['/mnt/show/cache/x', '/fast/x'],
  ['P:\\show\\a.blend', '/mnt/p/show/a.blend'],
  ['hello', 'hello'],
  ['', ''],
])('%s is %s there', (path, there) => {
  const map = pathMapper([
    { from: '/mnt/show/', to: '/Volumes/show' },
    { from: '/mnt/show/cache', to: '/fast/' },
    { from: 'P:', to: '/mnt/p' },
  ]);
  expect(map(path)).toBe(there);
});

test('what is not below a mapped folder stays as it is, whatever it is', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      fc.pre(!text.startsWith('/a'));
      expect(pathMapper([{ from: '/a', to: '/b' }])(text)).toBe(text);
    }),
  );
});
