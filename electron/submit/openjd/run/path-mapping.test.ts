import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pathMapper, pathMappingDocument, pathMappingFile, type PathMappingRule } from './path-mapping';

const rule = (
  sourceFormat: PathMappingRule['sourceFormat'],
  source: string,
  destination: string,
): PathMappingRule => ({ sourceFormat, source, destination });

describe('paths of a POSIX machine', () => {
  const map = pathMapper(
    [
      rule('POSIX', '/mnt/show/', '/Volumes/show'),
      rule('POSIX', '/mnt/show/cache', '/fast/'),
      rule('POSIX', 'relative', '/r'),
    ],
    'POSIX',
  );
  test.each([
    ['/mnt/show/shots/a.exr', '/Volumes/show/shots/a.exr'],
    ['/mnt/show', '/Volumes/show'],
    ['/mnt/show/', '/Volumes/show/'],
    ['/mnt//show/./shots', '/Volumes/show/shots'],
    ['/mnt/show/cache/x/', '/fast/x/'],
    ['/mnt/show/cachet', '/Volumes/show/cachet'],
    ['/mnt/shows/a', '/mnt/shows/a'],
    ['/MNT/show/a', '/MNT/show/a'],
    ['mnt/show/a', 'mnt/show/a'],
    ['\\mnt\\show', '\\mnt\\show'],
    ['relative/a', '/r/a'],
    ['', ''],
  ])('%s is %s here', (path, here) => expect(map(path)).toBe(here));
});

describe('paths of a Windows machine', () => {
  const map = pathMapper(
    [
      rule('WINDOWS', 'C:\\Users\\anna', '/home/anna'),
      rule('WINDOWS', 'Z:\\', '/'),
      rule('WINDOWS', '\\\\server\\share', '/mnt/share'),
    ],
    'POSIX',
  );
  test.each([
    ['C:\\Users\\anna\\a.blend', '/home/anna/a.blend'],
    ['c:/users/ANNA/Scenes/a.blend', '/home/anna/Scenes/a.blend'],
    ['C:\\Users\\annabel', 'C:\\Users\\annabel'],
    ['C:Users\\anna', 'C:Users\\anna'],
    ['\\Users\\anna', '\\Users\\anna'],
    ['z:\\cache\\', '/cache/'],
    ['Z:\\', '/'],
    ['\\\\SERVER\\share\\a\\b', '/mnt/share/a/b'],
    ['//server/share', '/mnt/share'],
    ['\\\\server\\shared\\a', '\\\\server\\shared\\a'],
  ])('%s is %s here', (path, here) => expect(map(path)).toBe(here));
});

test('on Windows the separators are its own', () => {
  const map = pathMapper([rule('POSIX', '/mnt/show', 'Z:\\'), rule('POSIX', '/tmp', 'C:/temp/')], 'WINDOWS');
  expect(['/mnt/show/a/b', '/mnt/show', '/tmp/x/'].map(map)).toEqual(['Z:\\a\\b', 'Z:\\', 'C:/temp\\x\\']);
});

test('a root maps all that is below it', () => {
  const map = pathMapper([rule('POSIX', '/', '/chroot')], 'POSIX');
  expect(['/', '/a', 'a'].map(map)).toEqual(['/chroot/', '/chroot/a', 'a']);
});

test('the rule with the most components decides, in whatever order they come', () => {
  const name = fc.constantFrom('a', 'b', 'ab');
  const folder = fc.array(name, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.uniqueArray(folder, { selector: String, maxLength: 6 }), folder, (folders, path) => {
      const rules = folders.map((names, index) => rule('POSIX', `/${names.join('/')}`, `/to-${index}`));
      const map = pathMapper(rules, 'POSIX');
      const fits = folders
        .map((names, index) => ({ names, index }))
        .filter(({ names }) => names.every((name, at) => path[at] === name))
        .toSorted((a, b) => b.names.length - a.names.length);
      const [best] = fits;
      const expected =
        best === undefined
          ? `/${path.join('/')}`
          : ['', `to-${best.index}`, ...path.slice(best.names.length)].join('/');
      expect(map(`/${path.join('/')}`)).toBe(expected);
    }),
  );
});

test('without a rule every text stays as it is', () => {
  fc.assert(fc.property(fc.string(), (text) => pathMapper([])(text) === text));
});

test('what a rules file says comes out of it again', () => {
  const rules = [rule('WINDOWS', 'C:\\a', '/a'), rule('POSIX', '/b', '/c')];
  expect(pathMappingDocument.parse(JSON.parse(pathMappingFile(rules)))).toEqual(rules);
  expect(pathMappingFile([])).toBe('{}');
});

test('rules are read as a list alone, and in small letters', () => {
  const document = [{ source_path_format: 'posix', source_path: '/a', destination_path: '/b' }];
  expect(pathMappingDocument.parse(document)).toEqual([rule('POSIX', '/a', '/b')]);
});

test.each([
  ['another version', { version: 'pathmapping-2.0', path_mapping_rules: [] }],
  ['no list', { version: 'pathmapping-1.0', path_mapping_rules: {} }],
  ['another format', [{ source_path_format: 'VMS', source_path: 'a', destination_path: 'b' }]],
  ['an empty source', [{ source_path_format: 'POSIX', source_path: '', destination_path: 'b' }]],
  ['a missing destination', [{ source_path_format: 'POSIX', source_path: '/a' }]],
])('refuses %s', (_what, document) => expect(pathMappingDocument.safeParse(document).success).toBe(false));
