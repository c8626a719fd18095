import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findFiles } from './find-files';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drover-files-'));
  mkdirSync(join(folder, 'frames'));
  writeFileSync(join(folder, 'frames', 'b.png'), 'two');
  writeFileSync(join(folder, 'frames', 'a.png'), 'one');
  writeFileSync(join(folder, 'cache.abc'), '');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('names and globs, in any of the folders, with size and hash', async () => {
  const { files, problem } = await findFiles(['frames/*.png', 'cache.abc'], ['/nowhere', folder]);
  expect(problem).toBeNull();
  expect(files.map(({ path, bytes }) => [path, bytes])).toEqual([
    [join(folder, 'cache.abc'), 0],
    [join(folder, 'frames/a.png'), 3],
    [join(folder, 'frames/b.png'), 3],
  ]);
  // printf one | sha256sum
  expect(files[1]?.hash).toBe('7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed');
});

test('says which of them is not there', async () => {
  expect(await findFiles(['cache.abc', '*.exr'], [folder])).toEqual({
    files: [],
    problem: `no file matches *.exr in ${folder}`,
  });
});
