import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readPng } from '../../../electron/report/outputs/png-rows';

import { signal } from './ground';
import { Complaints, type Proof } from './proof';

const samples = 12;
const parts = 3;
/** Of 255: adding in another order rounds the last bit of a few pixels otherwise. */
const most = 2;

/** In 96 by 54 pixels, with light that is left to chance, so that it matters which samples are added. */
const scene = `
import bpy, sys
r = bpy.context.scene.render
r.engine, r.resolution_x, r.resolution_y = 'CYCLES', 96, 54
bpy.context.scene.cycles.use_adaptive_sampling = False
bpy.context.scene.cycles.use_denoising = False
bpy.context.scene.cycles.samples = ${samples}
bpy.ops.wm.save_as_mainfile(filepath=sys.argv[-2])
r.image_settings.file_format, r.filepath = 'PNG', sys.argv[-1]
bpy.ops.render.render(write_still=True)
`;

export const cycles: Proof = {
  title: 'Blender: a Cycles frame in three parts on three slots, one of them killed, is the undivided one',
  program: 'blender',
  prove: async (ground) => {
    const complaints = new Complaints();
    const [file, undivided] = [join(ground.folder, 'shot.blend'), join(ground.folder, 'undivided.png')];
    const start = ['-b', '--factory-startup', '-t', '1', '--python-exit-code', '3', '--python-expr', scene];
    execFileSync('blender', [...start, '--', file, undivided], { stdio: 'pipe' });

    const run = await ground.submit('divided', 'frame', {
      preset: 'cycles-frame',
      parameters: { SceneFile: file, Samples: samples, Parts: parts },
      resources: { cpu: 1 },
      retry: 2,
    });
    const parting = await ground.running(run, 'blender -b');
    signal(parting.slice(0, 1), 'SIGKILL');
    complaints.unless((await run.ended) === 'COMPLETED', `it is ${await run.ended}`);
    complaints.unless((await ground.failedAttempts(run)) === 1, 'no attempt was killed');
    const left = readdirSync(run.output).filter((name) => /^\.?frame_/.test(name));
    complaints.unless(left.join() === 'frame_0001.png', `${left.join(', ')} are there`);
    const worst = await difference(undivided, join(run.output, 'frame_0001.png'));
    complaints.unless(worst <= most, `a pixel differs by ${worst} of 255`);
    return complaints.all;
  },
};

/** The largest between two pictures, of 255. */
async function difference(one: string, other: string): Promise<number> {
  const [expected, there] = [await bytesOf(one), await bytesOf(other)];
  if (expected.length === 0 || expected.length !== there.length) return 255;
  return expected.reduce((worst, value, at) => Math.max(worst, Math.abs(value - (there[at] ?? 0))), 0);
}

async function bytesOf(path: string): Promise<Buffer> {
  const rows: Buffer[] = [];
  const reader = { begin: () => true, row: (bytes: Uint8Array) => void rows.push(Buffer.from(bytes)) };
  const isWhole = await readPng(path, reader, new AbortController().signal);
  return isWhole ? Buffer.concat(rows) : Buffer.alloc(0);
}
