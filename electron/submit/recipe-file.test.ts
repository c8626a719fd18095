import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRecipeFile } from './recipe-file';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drover-recipe-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

test('a recipe is read from its file, and its paths are relative to it', async () => {
  const path = join(folder, 'Tea pot.yaml');
  await writeFile(path, 'drover: 1\noutput: out\njobs: { a: { run: x } }\n');
  expect(await readRecipeFile(path, {}, [])).toMatchObject({
    ok: true,
    batch: { name: 'Tea pot', recipe: path, output: join(folder, 'out'), jobs: [{ steps: [{ folder }] }] },
  });
});

test('a file that cannot be a recipe is a problem at its first line', async () => {
  const wrong = async (name: string, code: string): Promise<void> => {
    const file = join(folder, name);
    expect(await readRecipeFile(file, {}, [])).toMatchObject({
      ok: false,
      problems: [{ code, file, line: 1, column: 1, path: '' }],
    });
  };
  await wrong('missing.yaml', 'no-such-file');
  await wrong('.', 'not-a-file');
  await writeFile(join(folder, 'latin.yaml'), Buffer.from('drover: 1 # caf\xe9', 'latin1'));
  await wrong('latin.yaml', 'not-utf-8');
  await writeFile(join(folder, 'wide.yaml'), Buffer.from('\ufeffdrover: 1', 'utf16le'));
  await wrong('wide.yaml', 'not-utf-8');
  await writeFile(join(folder, 'large.yaml'), '');
  await truncate(join(folder, 'large.yaml'), 100 * 1024 * 1024);
  await wrong('large.yaml', 'too-large');
  await wrong('a\0b', 'unreadable');
});

test.runIf(process.platform === 'linux')('a device without an end is not read', async () => {
  expect(await readRecipeFile('/dev/zero', {}, [])).toMatchObject({
    ok: false,
    problems: [{ code: 'not-a-file' }],
  });
});
