import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
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
  expect(await readRecipeFile(path, {}, [], [])).toMatchObject({
    ok: true,
    batch: { name: 'Tea pot', recipe: path, output: join(folder, 'out'), jobs: [{ steps: [{ folder }] }] },
  });
});

test('files beside it are read with it, and what is wrong with them is told where they are named', async () => {
  const path = join(folder, 'shot.yaml');
  const read = async (lines: string) => {
    await writeFile(path, `drover: 1\n${lines}\njobs: { a: { run: "x {{X}}", table: points.csv } }\n`);
    return readRecipeFile(path, {}, [], []);
  };
  await writeFile(join(folder, 'points.csv'), '\uFEFFX;Y\r\n1;2\r\n3;4\r\n');
  await mkdir(join(folder, 'looks'), { recursive: true });
  await writeFile(join(folder, 'looks', 'night.yaml'), 'drover: 1\ninclude: ../day.yaml\nkind: render\n');
  await writeFile(join(folder, 'day.yaml'), '\uFEFFdrover: 1\noutput: day\n');
  expect(await read('include: looks/night.yaml')).toMatchObject({
    ok: true,
    batch: {
      output: join(folder, 'day'),
      jobs: [{ kind: 'render', steps: [{ folder, space: { kind: 'rows', names: ['X', 'Y'] } }] }],
    },
  });
  const wrong = async (name: string, code: string): Promise<void> =>
    expect(await read(`include: ${name}`)).toMatchObject({
      ok: false,
      problems: [{ code, file: path, line: 2, column: 10, path: 'include' }],
    });
  await wrong('gone.yaml', 'no-such-file');
  await mkdir(join(folder, 'folder.yaml'), { recursive: true });
  await wrong('folder.yaml', 'not-a-file');
  await writeFile(join(folder, 'wide.yaml'), Buffer.from('\ufeffdrover: 1', 'utf16le'));
  await wrong('wide.yaml', 'not-utf-8');
  await writeFile(join(folder, 'huge.yaml'), '');
  await truncate(join(folder, 'huge.yaml'), 100 * 1024 * 1024);
  await wrong('huge.yaml', 'too-large');
  await rm(join(folder, 'points.csv'));
  expect(await read('')).toMatchObject({
    ok: false,
    problems: [{ code: 'no-such-file', file: path, line: 3, path: 'jobs.a.table' }],
  });
});

test('a file that cannot be a recipe is a problem at its first line', async () => {
  const wrong = async (name: string, code: string): Promise<void> => {
    const file = join(folder, name);
    expect(await readRecipeFile(file, {}, [], [])).toMatchObject({
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
  expect(await readRecipeFile('/dev/zero', {}, [], [])).toMatchObject({
    ok: false,
    problems: [{ code: 'not-a-file' }],
  });
});
