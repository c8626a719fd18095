import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Bench, checkpointsOf, inLines, isInstalled, patience, sample } from './run-for-tests';

describe.skipIf(!isInstalled('blender'))('Blender', { timeout: patience }, () => {
  const bench = new Bench('blender');
  const scene = join(bench.folder, 'shot.blend');
  const quick = { SceneFile: scene, Engine: 'Cycles', Samples: 1 };
  beforeEach(() => rmSync(bench.output, { recursive: true, force: true }));
  afterAll(() => bench.close());
  beforeAll(() => {
    const make = [
      'import bpy',
      'r = bpy.context.scene.render',
      'r.resolution_x, r.resolution_y = 32, 18',
      // Not every build has a denoiser.
      'bpy.context.scene.cycles.use_denoising = False',
      `bpy.ops.wm.save_as_mainfile(filepath=r'${scene}')`,
      'image = bpy.data.images.new("sky", 4, 4)',
      'image.source, image.filepath = "FILE", "//none/sky.png"',
      'bpy.data.materials["Material"].node_tree.nodes.new("ShaderNodeTexImage").image = image',
      `bpy.ops.wm.save_as_mainfile(filepath=r'${join(bench.folder, 'torn.blend')}')`,
    ];
    const start = ['-b', '--factory-startup', '--python-exit-code', '3', '--python-expr'];
    execFileSync('blender', [...start, make.join('\n')], { stdio: 'pipe' });
  }, patience);

  test('frames in tasks of two, each with its number, and nothing else is left', async () => {
    const ran = await bench.run({ ...quick, Frames: '1-5:2', FramesPerTask: 2 });
    expect(ran.printed).toMatch(/^openjd_status: Frame 3, 2 of 2$/m);
    expect(ran).toMatchObject({ isDone: true });
    expect(bench.files).toEqual(['frame_0001.png', 'frame_0003.png', 'frame_0005.png']);
    expect(readFileSync(join(bench.output, 'frame_0003.png')).subarray(1, 4).toString()).toBe('PNG');
  });

  test('an interrupted task goes on with the frame it was at, unless it is another now', async () => {
    const task = { ...quick, Frames: '1-400', FramesPerTask: 400 };
    // Then it is remembered of the one before.
    expect(await bench.run(task, /^Frame 3 is done/m)).toMatchObject({ isDone: false });
    const again = await bench.run(task, /^Frame \d+ is done/m);
    expect(again.printed).toMatch(/^Frame 2 was done before/m);
    const other = await bench.run({ ...task, Percent: 50 }, /^Frame \d+ is done/m);
    expect(other.printed).toMatch(/^Frame 1 is done/m);
  });

  test.each(['PNG', 'JPEG', 'TIFF', 'OpenEXR multilayer'])(
    'of frames that are there as %s, those that are empty or cut short are rendered again, and no others',
    async (Format) => {
      const all = { ...quick, Frames: '1-5', FramesPerTask: 5, Format };
      expect(await bench.run(all)).toMatchObject({ isDone: true });
      const [, second = '', third = '', fourth = ''] = bench.files;
      const path = (name: string): string => join(bench.output, name);
      truncateSync(path(second), 0);
      truncateSync(path(third), bench.sizeOf(third) - 5);
      truncateSync(path(fourth), Math.floor(bench.sizeOf(fourth) / 2));
      const again = await bench.run({ ...all, Existing: 'are kept when they are whole' });
      expect(again).toMatchObject({ isDone: true });
      expect(again.printed.match(/^Frame \d is done/gm)).toEqual(
        [2, 3, 4].map((one) => `Frame ${one} is done`),
      );
      expect(again.printed.match(/^Frame \d was done before/gm)).toHaveLength(2);
      // Then there is nothing to do, and the scene is not even loaded.
      const none = {
        ...all,
        Existing: 'are kept when they are whole',
        SceneFile: join(bench.folder, 'no.blend'),
      };
      writeFileSync(none.SceneFile, 'no scene');
      expect(await bench.run(none)).toMatchObject({ isDone: true });
    },
  );

  test('a frame of a task that was interrupted is no frame when it was cut short', async () => {
    const task = { ...quick, Frames: '1-400', FramesPerTask: 400 };
    expect(await bench.run(task, /^Frame 4 is done/m)).toMatchObject({ isDone: false });
    truncateSync(join(bench.output, 'frame_0002.png'), 100);
    const again = await bench.run(task, /^Frame 3 was done before/m);
    expect(again.printed).toMatch(/^Frame 1 was done before/m);
    expect(again.printed).toMatch(/^Frame 2 is done/m);
  });

  test('what would spoil the frames stops it before the first one', async () => {
    const ran = await bench.run({ ...quick, SceneFile: join(bench.folder, 'torn.blend'), Frames: 1 });
    expect(ran).toMatchObject({ isDone: false, exit: 1 });
    expect(ran.printed).toMatch(
      /^openjd_fail: The scene needs .*sky\.png, which this machine does not have$/m,
    );
    expect(bench.files).toEqual([]);
  });

  test('a frame that cannot be written is a failure', async () => {
    writeFileSync(bench.output, 'in the way');
    const ran = await bench.run({ ...quick, Frames: 1 });
    expect(ran).toMatchObject({ isDone: false, exit: 1 });
    expect(ran.printed).toMatch(/^openjd_fail: .*output/m);
  });

  test('a camera that is not there is named, with those that are', async () => {
    const ran = await bench.run({ ...quick, Frames: 1, Camera: 'Drone' });
    expect(ran.printed).toMatch(/^openjd_fail: The scene has no camera Drone; it has Camera$/m);
  });
});

describe.skipIf(!isInstalled('blender'))('one frame of Cycles', { timeout: patience }, () => {
  const bench = new Bench('cycles-frame');
  const scene = join(bench.folder, 'shot.blend');
  afterAll(() => bench.close());
  beforeAll(() => {
    const make = `import bpy
r = bpy.context.scene.render
r.resolution_x, r.resolution_y = 32, 18
bpy.ops.wm.save_as_mainfile(filepath=r'${scene}')`;
    execFileSync('blender', ['-b', '--factory-startup', '--python-exit-code', '3', '--python-expr', make], {
      stdio: 'pipe',
    });
  }, patience);

  test('a part that was done before is not rendered again, and only the frame is left', async () => {
    const frame = { SceneFile: scene, Frame: 7, Samples: 5, Parts: 2 };
    expect(await bench.run(frame, /^Part 1 is done, samples 1 to 2/m)).toMatchObject({ isDone: false });
    const again = await bench.run(frame);
    expect(again).toMatchObject({ isDone: true });
    expect(again.printed).toMatch(/^Part 1 was done before/m);
    expect(again.printed).toMatch(/^Part 2 is done, samples 3 to 5/m);
    expect(bench.files).toEqual(['frame_0007.png']);
  });

  test('a part that cannot be read is named, with what to do', async () => {
    const frame = { SceneFile: scene, Samples: 4, Parts: 2, Name: 'spoilt_#' };
    expect(await bench.run(frame, /^Part 1 is done/m)).toMatchObject({ isDone: false });
    const [part = ''] = bench.files.filter((name) => name.startsWith('.spoilt'));
    truncateSync(join(bench.output, part), 300);
    const again = await bench.run(frame);
    expect(again.isDone).toBe(false);
    expect(again.printed).toMatch(/^openjd_fail: .*Remove the file and render its part again/m);
    expect(bench.files).not.toContain('spoilt_1.png');
  });
});

describe.skipIf(!isInstalled('povray'))('POV-Ray', { timeout: patience }, () => {
  const bench = new Bench('povray');
  beforeEach(() => rmSync(bench.output, { recursive: true, force: true }));
  afterAll(() => bench.close());
  const lighthouse = { SceneFile: join(sample('lighthouse'), 'lighthouse.pov'), Width: 64, Height: 36 };

  test('frames of an animation have numbers of four digits, and a picture as well', async () => {
    const loop = { FirstFrame: 9, LastFrame: 10, Cyclic: 'yes', Format: 'JPEG' };
    expect(await bench.run({ ...lighthouse, ...loop })).toMatchObject({ isDone: true });
    expect(await bench.run({ ...lighthouse, Name: 'still' })).toMatchObject({ isDone: true });
    expect(bench.files).toEqual(['frame_0009.jpg', 'frame_0010.jpg', 'still0001.png']);
  });

  const large = { ...lighthouse, Width: 400, Height: 225, Antialiasing: 'best' };
  /** A block of pixels takes about 20 KB. */
  const hasBegun = (): boolean => bench.sizeOf('.frame_0001.pov-state') > 60_000;

  test('an interrupted frame goes on with its pixels', async () => {
    expect(await bench.run(large, hasBegun)).toMatchObject({ isDone: false });
    expect(bench.files).toContain('.frame_0001.pov-state');
    const again = await bench.run(large);
    expect(again).toMatchObject({ isDone: true });
    expect(again.printed).toMatch(inLines((await checkpointsOf('povray')).resumed));
    expect(bench.files).toEqual(['frame_0001.png']);
  });

  test('but not with those of another scene', async () => {
    expect(await bench.run(large, hasBegun)).toMatchObject({ isDone: false });
    const scene = join(bench.folder, 'other.pov');
    writeFileSync(scene, 'sphere { 0, 1 }\n');
    const other = await bench.run({ ...large, SceneFile: scene });
    expect(other.printed).toContain('the frame begins anew');
    expect(other.printed).not.toMatch(inLines((await checkpointsOf('povray')).resumed));
    expect(bench.files).toEqual(['frame_0001.png']);
  });

  test('a scene with a mistake leaves nothing behind', async () => {
    const scene = join(bench.folder, 'bad.pov');
    writeFileSync(scene, 'sphere { 0 ');
    expect(await bench.run({ SceneFile: scene })).toMatchObject({ isDone: false, exit: 1 });
    expect(bench.files).toEqual([]);
  });
});

describe.skipIf(!isInstalled('ffmpeg'))('ffmpeg', { timeout: patience }, () => {
  const bench = new Bench('ffmpeg');
  const frames = join(bench.folder, 'a frame: 100%');
  const frame = (number: string): string => join(frames, `shot_${number}.png`);
  const film = { Folder: frames, Options: '-preset ultrafast' };
  beforeEach(() => {
    for (const folder of [frames, bench.output]) rmSync(folder, { recursive: true, force: true });
    mkdirSync(frames);
    const source = ['-f', 'lavfi', '-i', 'testsrc=size=63x36:rate=12:duration=1'];
    const target = join(bench.folder, 'shot_%03d.png');
    execFileSync('ffmpeg', ['-v', 'error', '-y', ...source, '-start_number', '95', target]);
    bench.sh(`mv shot_*.png 'a frame: 100%'`);
  });
  afterAll(() => bench.close());

  test('a film of all frames', async () => {
    const ran = await bench.run({ ...film, Rate: 23.976 });
    expect(ran).toMatchObject({ isDone: true });
    expect(bench.files).toEqual(['film.mp4']);
    const about = ['-v', 'error', '-show_entries', 'stream=nb_frames,r_frame_rate,width', '-of', 'csv=p=0'];
    const probed = execFileSync('ffprobe', [...about, join(bench.output, 'film.mp4')], { encoding: 'utf8' });
    expect(probed.trim()).toBe('62,24000/1001,12');
  });

  test.each([
    ['is missing', () => rmSync(frame('099')), 'These frames are missing or empty: 99'],
    ['is empty', () => truncateSync(frame('099'), 0), 'These frames are missing or empty: 99'],
    ['is damaged', () => truncateSync(frame('099'), 200), null],
    ['is of another film', () => copyFileSync(frame('099'), join(frames, 'b1.png')), 'of several films'],
  ])('a frame that %s is noticed', async (_, spoil, message) => {
    spoil();
    const ran = await bench.run(film);
    expect(ran.isDone).toBe(false);
    if (message !== null) expect(ran.printed).toContain(`openjd_fail: `);
    if (message !== null) expect(ran.printed).toContain(message);
    expect(bench.files).toEqual([]);
  });

  test('of several films one can be chosen', async () => {
    copyFileSync(frame('099'), join(frames, 'b1.png'));
    expect(await bench.run({ ...film, Names: 'shot_###.png', Format: 'VP9', Options: '' })).toMatchObject({
      isDone: true,
    });
    expect(bench.files).toEqual(['film.webm']);
  });
});
