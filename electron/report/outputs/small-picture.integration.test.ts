/** Real pictures, made by the real program where it is installed. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isPicture, smallPictureOf, type SmallPicture } from './small-picture';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drover-small-pictures-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;
const soon = (): AbortSignal => AbortSignal.timeout(20_000);
const words = (picture: SmallPicture | null): string =>
  picture === null ? 'none' : `${picture.type} ${picture.width}x${picture.height}`;

function made(name: string, size: string): string {
  const path = join(folder, name);
  const source = ['-f', 'lavfi', '-i', `testsrc=size=${size}`, '-frames:v', '1', '-update', '1'];
  execFileSync('ffmpeg', ['-v', 'error', ...source, path]);
  return path;
}

describe.skipIf(!hasFfmpeg)('with ffmpeg', () => {
  test('small ones are shown as they are, large ones and others are made small', async () => {
    const small = async (name: string, size: string): Promise<string> =>
      words(await smallPictureOf(made(name, size), soon()));
    expect(await small('a.jpg', '320x240')).toBe('image/jpeg 240x180');
    expect(await small('a.JPEG', '48x64')).toBe('image/jpeg 48x64');
    expect(await small('large.jpg', '6000x4000')).toBe('image/png 240x160');
    expect(await small('a.exr', '640x320')).toBe('image/png 240x120');
    expect(await small('frame.%04d[1-2].tif', '120x480')).toBe('image/png 60x240');
  });
});

test('what only has the name of a picture is none', async () => {
  for (const name of ['a.jpg', 'a.webp', 'a.exr', 'a.png']) {
    const path = join(folder, name);
    writeFileSync(path, '#EXTM3U\nfile:///etc/passwd\n');
    expect(isPicture(path)).toBe(true);
    expect(await smallPictureOf(path, soon())).toBe(null);
  }
  expect(await smallPictureOf(join(folder, 'gone.jpg'), soon())).toBe(null);
  expect(await smallPictureOf(join(folder, 'a.exr'), AbortSignal.abort())).toBe(null);
  expect(isPicture('a.txt')).toBe(false);
});
