import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readBlendFile } from './blend-file';
import { noZstandard } from './zstandard';

const isInstalled = spawnSync('blender', ['--version']).status === 0;
if (!isInstalled) console.warn('Skipped: Blender is not installed here, so no file of its own can be read.');

describe.skipIf(!isInstalled)('files that Blender itself saved', () => {
  const folder = mkdtempSync(join(tmpdir(), 'drover-blend-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const make = [
    'import bpy',
    'scene = bpy.context.scene',
    "scene.name, scene.camera.name = 'Dusk', 'Wide'",
    'scene.frame_start, scene.frame_end, scene.frame_step = 12, 96, 4',
    'r = scene.render',
    'r.fps, r.fps_base, r.engine = 24, 1.001, "CYCLES"',
    'r.resolution_x, r.resolution_y, r.resolution_percentage = 1280, 720, 50',
    "r.filepath = '//out/dusk_####'",
    "bpy.data.scenes.new('Other').render.image_settings.file_format = 'FFMPEG'",
    `bpy.ops.wm.save_as_mainfile(filepath=r'${join(folder, 'plain.blend')}', compress=False)`,
    `bpy.ops.wm.save_as_mainfile(filepath=r'${join(folder, 'small.blend')}', compress=True)`,
  ].join('\n');
  beforeAll(() => {
    const start = ['-b', '--factory-startup', '--python-exit-code', '3', '--python-expr'];
    execFileSync('blender', [...start, make], { stdio: 'pipe' });
  }, 60_000);

  const dusk = {
    cameras: ['Wide'],
    scenes: [
      {
        name: 'Dusk',
        frames: { start: 12, end: 96, step: 4 },
        fps: 23.976,
        resolution: { width: 1280, height: 720, percent: 50 },
        engine: 'CYCLES',
        output: '//out/dusk_####',
        isFilm: false,
        camera: 'Wide',
      },
      { name: 'Other', isFilm: true, camera: null },
    ],
  };

  test('its scenes are known', async () => {
    expect(await readBlendFile(join(folder, 'plain.blend'))).toMatchObject({ ok: true, value: dusk });
  });

  test('a compressed one is read too, or it is said why it is not', async () => {
    const read = await readBlendFile(join(folder, 'small.blend'));
    if ('createZstdDecompress' in zlib) expect(read).toMatchObject({ ok: true, value: dusk });
    else expect(read).toEqual({ ok: false, message: noZstandard });
  });
});
