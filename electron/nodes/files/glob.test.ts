import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Glob } from './glob';

test.each<[pattern: string, meant: readonly string[], not: readonly string[]]>([
  ['scene.blend', ['scene.blend'], ['scene.blend1', 'a/scene.blend', 'Scene.blend']],
  ['textures', ['textures/a.png', 'textures/deep/b'], ['textures2/a.png', 'a/textures']],
  ['./textures//a', ['textures/a'], ['a']],
  ['*.png', ['a.png', '.png', '.hidden.png', 'a\nb.png'], ['a.PNG', 'sub/a.png', 'a.png~']],
  ['**', ['a', 'a/b/c', '.a'], []],
  ['**/*.png', ['a.png', 'a/b.png', 'a/b/c.png'], ['a.exr']],
  ['a/**/z', ['a/z', 'a/b/z', 'a/b/c/z', 'a/z/more'], ['z', 'b/z', 'a/b']],
  ['frame_????.exr', ['frame_0001.exr', 'frame_äöü€.exr', 'frame_\u{1f40e}bcd.exr'], ['frame_001.exr']],
  ['[a-c!]x', ['ax', 'bx', '!x'], ['dx', '-x', 'ABx']],
  ['[!a-c]', ['d'], ['a', 'dd']],
  ['[]-]x', [']x', '-x'], ['ax']],
  ['take.{png,exr}', ['take.png', 'take.exr'], ['take.', 'take.jpg']],
  ['{a,b{1,2}}', ['a', 'b1', 'b2'], ['b', 'a1']],
  ['*a*a*a*b', ['aaab', 'xaxaxab'], ['aab']],
  ['what[1]', ['what1', 'what[1]'], ['what']],
  ['[', ['['], ['a']],
])('%s', (pattern, meant, not) => {
  const glob = new Glob(pattern);
  for (const path of meant) expect(glob.matches(path), path).toBe(true);
  for (const path of not) expect(glob.matches(path), path).toBe(false);
});

const name = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !/^\.$|\//.test(text));

test('any name means itself, and all that is in the folder of that name', () => {
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), name, (names, inside) => {
      const path = names.join('/');
      expect(new Glob(path).matches(path)).toBe(true);
      expect(new Glob(path).matches(`${path}/${inside}`)).toBe(true);
    }),
  );
});

test('any pattern can be read, and takes no longer for what nearly matches', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'*?[]!-{},/ab'.split('')) }),
      fc.string(),
      (pattern, path) => {
        new Glob(pattern).matches(path);
      },
    ),
  );
  expect(new Glob(`${'*a'.repeat(100)}b`).matches('a'.repeat(255))).toBe(false);
  expect(new Glob('**/a/'.repeat(50)).matches('a/'.repeat(500))).toBe(true);
});
