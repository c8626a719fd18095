import { execFileSync } from 'node:child_process';
import { statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { writtenAt, type Ground, type Run } from './ground';
import { Complaints, pixelsIn, type Proof } from './proof';

const frames = [1, 2, 3, 4];
const spoilt = [2, 3];

const scene = `
import bpy, sys
r = bpy.context.scene.render
r.engine, r.resolution_x, r.resolution_y = 'CYCLES', 32, 18
bpy.context.scene.cycles.samples = 1
bpy.context.scene.cycles.use_denoising = False
bpy.ops.wm.save_as_mainfile(filepath=sys.argv[-1])
`;

export const animation: Proof = {
  title:
    'Blender: of the finished frames of an animation, one cut short and one empty are rendered again, and no others',
  program: 'blender',
  prove: async (ground) => {
    const complaints = new Complaints();
    const start = ['-b', '--factory-startup', '--python-exit-code', '3', '--python-expr', scene];
    execFileSync('blender', [...start, '--', join(ground.folder, 'shot.blend')], { stdio: 'pipe' });
    const first = await submit(ground, 'are rendered again');
    complaints.unless((await first.ended) === 'COMPLETED', `it is ${await first.ended}`);
    const path = (frame: number): string => join(first.output, `frame_000${frame}.png`);
    const whole = frames.map((frame) => pixelsIn(path(frame)));
    truncateSync(path(2), Math.floor(statSync(path(2)).size / 2));
    truncateSync(path(3), 0);
    const before = frames.map((frame) => writtenAt(path(frame)));

    const again = await submit(ground, 'are kept when they are whole');
    complaints.unless((await again.ended) === 'COMPLETED', `it is ${await again.ended}`);
    for (const [index, frame] of frames.entries()) {
      const isSame = writtenAt(path(frame)) === before[index];
      complaints.unless(
        isSame !== spoilt.includes(frame),
        `frame ${frame} was ${isSame ? 'not ' : ''}rendered again`,
      );
      complaints.unless(whole[index] === pixelsIn(path(frame)), `frame ${frame} is another one`);
    }
    return complaints.all;
  },
};

const submit = (ground: Ground, existing: string): Promise<Run> =>
  ground.submit('animation', 'frames', {
    preset: 'blender',
    parameters: {
      SceneFile: join(ground.folder, 'shot.blend'),
      Frames: `1-${frames.length}`,
      Format: 'PNG',
      Existing: existing,
    },
    resources: { cpu: 1 },
  });
