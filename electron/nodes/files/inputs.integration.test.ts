import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findInputs } from './inputs';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'drover-inputs-')));
  for (const name of ['maps/old', 'out/frames']) mkdirSync(join(folder, name), { recursive: true });
  for (const name of ['scene.blend', 'maps/a.png', 'maps/old/b.png', 'maps/notes.txt', 'out/frames/1.png'])
    writeFileSync(join(folder, name), name);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const found = async (...patterns: readonly string[]): Promise<readonly string[]> =>
  (await findInputs(folder, patterns, join(folder, 'out'))).map(({ name }) => name);

test('names, globs and folders, each file once, and not what was made before', async () => {
  expect(await found('scene.blend', 'maps/**/*.png')).toEqual([
    'maps/a.png',
    'maps/old/b.png',
    'scene.blend',
  ]);
  expect(await found('maps', 'maps/a.png')).toEqual(['maps/a.png', 'maps/notes.txt', 'maps/old/b.png']);
  expect(await found('**')).toEqual(['maps/a.png', 'maps/notes.txt', 'maps/old/b.png', 'scene.blend']);
  expect(await found()).toEqual([]);
});

test('each pattern must mean a file', async () => {
  await expect(found('scene.blend', 'maps/*.exr')).rejects.toThrow(
    `no file in ${folder} is named maps/*.exr`,
  );
  await expect(found('out/frames/1.png')).rejects.toThrow('no file in');
});

test('links within the folder are followed, those in circles, to nowhere and outwards are refused', async () => {
  symlinkSync('maps/old', join(folder, 'latest'));
  expect(await found('latest')).toEqual(['latest/b.png']);
  symlinkSync('..', join(folder, 'maps', 'up'));
  await expect(found('maps')).rejects.toThrow(
    `${join(folder, 'maps', 'up')} is a link that leads in circles`,
  );
  expect(await found('maps/*.png')).toEqual(['maps/a.png']);
  symlinkSync('nothing', join(folder, 'broken'));
  await expect(found('broken')).rejects.toThrow('leads nowhere');
  symlinkSync(tmpdir(), join(folder, 'outside'));
  await expect(found('outside/*')).rejects.toThrow('no file in');
  await expect(found('outside')).rejects.toThrow(`leads out of ${folder}`);
});

test.skipIf(process.platform === 'win32')('what is no file is refused', async () => {
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  await expect(found('*')).rejects.toThrow(`${join(folder, 'pipe')} is neither a file nor a folder`);
});
