import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeBlend } from '../blend/blend-writer-for-tests';
import { isFor, presetsFor } from './dropped';
import { presets } from './presets';

const all = await presets(resolve(import.meta.dirname, '../../../resources/presets'));
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drover-dropped-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function drop(name: string, content: string | Buffer = '') {
  const path = join(folder, name);
  await writeFile(path, content);
  return (await presetsFor(all, path)).map(({ preset, ...rest }) => ({ preset: preset.name, ...rest }));
}

const scene = { start: 5, end: 5, step: 1, camera: null, engine: 'CYCLES', output: '' };

test('a scene of Blender: its frames are filled in, its scenes and cameras are offered', async () => {
  const written = writeBlend({
    start: 'BLENDER-v402',
    scenes: [
      { ...scene, name: 'Still' },
      { ...scene, name: 'Shot', start: 12, end: 96, step: 4 },
    ],
    open: 1,
    cameras: ['Wide', 'Close'],
  });
  expect(await drop('shot.BLEND', written)).toEqual([
    {
      preset: 'blender',
      parameters: { SceneFile: join(folder, 'shot.BLEND'), Frames: '12-96:4' },
      choices: { SceneName: ['Shot', 'Still'], Camera: ['Close', 'Wide'] },
      remarks: ['Saved by Blender 4.2: scene Shot, 1920 × 1080 at 50 %, 29.97 frames a second, Cycles.'],
    },
  ]);
});

test('one that cannot be looked into is taken, and that is said once', async () => {
  expect(await drop('broken.blend', 'no scene')).toEqual([
    {
      preset: 'blender',
      parameters: { SceneFile: join(folder, 'broken.blend') },
      choices: {},
      remarks: ['The file cannot be looked into: it is no .blend file: it does not start as one.'],
    },
  ]);
});

test('settings of POV-Ray: what they say is filled in', async () => {
  const settings = [
    ...['; a loop', 'Input_File_Name=tower.pov', 'width = 640', 'Height=360 ; small', 'Final_Frame=24'],
    ...['Final_Clock="1.5"', 'Initial_Clock=soon', 'Cyclic_Animation=On', '+A0.3'],
  ];
  expect(await drop('tower.ini', settings.join('\r\n'))).toMatchObject([
    {
      preset: 'povray',
      parameters: {
        ...{ SceneFile: join(folder, 'tower.ini'), Width: '640', Height: '360' },
        ...{ LastFrame: '24', LastClock: '1.5', Cyclic: 'yes' },
      },
    },
  ]);
});

test.each([
  ['shot_0042.png', 'ffmpeg', { Folder: '', Names: 'shot_####.png' }],
  ['42.exr', 'ffmpeg', { Folder: '', Names: '####.exr' }],
  ['poster.jpg', 'ffmpeg', { Folder: '' }],
  ['argon.tpr', 'gromacs', { RunInput: 'argon.tpr', Name: 'argon' }],
  ['in.droplets', 'lammps', { Folder: '', Input: 'in.droplets' }],
  ['scene.pov', 'povray', { SceneFile: 'scene.pov' }],
  ['train.py', 'python', { Script: 'train.py' }],
])('%s', async (name, preset, parameters) => {
  const file = Object.keys(parameters)[0] ?? '';
  const expected = {
    ...parameters,
    [file]: join(folder, Object.values(parameters)[0] ?? '').replace(/\/$/, ''),
  };
  expect(await drop(name)).toEqual([{ preset, parameters: expected, choices: {}, remarks: [] }]);
});

test('a case of OpenFOAM is a folder with its settings', async () => {
  const place = join(folder, 'cavity');
  await mkdir(join(place, 'system'), { recursive: true });
  expect(await presetsFor(all, place)).toEqual([]);
  await writeFile(join(place, 'system', 'controlDict'), '');
  expect(await presetsFor(all, place)).toMatchObject([
    { preset: { name: 'openfoam' }, parameters: { Case: place } },
  ]);
});

test('what no preset is for, or what is not there, fits none', async () => {
  expect(await drop('letter.txt')).toEqual([]);
  expect(await drop('xblend')).toEqual([]);
  expect(await presetsFor(all, join(folder, 'none.blend'))).toEqual([]);
  const [blender] = all;
  expect(blender !== undefined && isFor(blender, 'a.blend') && !isFor(blender, 'a.blend1')).toBe(true);
});
