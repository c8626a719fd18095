import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { signal, type Ground, type Run } from './ground';
import { Complaints, pixelsIn, type Proof } from './proof';

const [width, height] = [400, 225];
/** Of the state, a block of 32 by 32 pixels. */
const blockBytes = 20_725;
const blocks = Math.ceil(width / 32) * Math.ceil(height / 32);
const program = 'povray +I./';

export const povray: Proof = {
  title: 'POV-Ray: killed at half a frame, the other half is rendered, and the picture is the same',
  program: 'povray',
  prove: async (ground) => {
    const complaints = new Complaints();
    const undisturbed = await submit(ground, 'undisturbed');
    await undisturbed.ended;

    const killed = await submit(ground, 'killed');
    const pids = await ground.running(killed, program);
    const state = join(killed.output, '.frame_0001.pov-state');
    const half = (blocks * blockBytes) / 2;
    await ground.until(
      killed,
      'half of it was there',
      () => existsSync(state) && statSync(state).size >= half,
    );
    await ground.leave(program);
    signal(pids, 'SIGKILL');
    await complaints.wentOn(ground, killed, 1);
    const [expected, there] = [undisturbed, killed].map(({ output }) =>
      pixelsIn(join(output, 'frame_0001.png')),
    );
    complaints.unless(expected !== '' && expected === there, 'the picture is another one');

    const share = (await pixels(ground, killed)) / (await pixels(ground, undisturbed));
    complaints.unless(share > 0.2 && share < 0.55, `the second attempt rendered ${share} of the frame`);
    const [whole = NaN] = await cpuTimes(ground, undisturbed);
    const [first = NaN, second = NaN] = await cpuTimes(ground, killed);
    complaints.unless(
      first + second < 1.3 * whole,
      `it took ${first} + ${second} ms, and undisturbed ${whole}`,
    );
    return complaints.all;
  },
};

const submit = (ground: Ground, name: string): Promise<Run> =>
  ground.submit(name, 'frame', {
    preset: 'povray',
    parameters: {
      SceneFile: join(ground.samples, 'lighthouse/lighthouse.pov'),
      Width: width,
      Height: height,
      Antialiasing: 'best',
    },
    retry: 1,
  });

/** So many the last attempt has rendered. */
const pixels = async (ground: Ground, run: Run): Promise<number> =>
  Number(/^Pixels: +(\d+)/m.exec(await ground.lastLog(run))?.[1]);

const cpuTimes = async (ground: Ground, run: Run): Promise<readonly number[]> =>
  (await ground.attempts(run)).map(({ usage }) => usage?.cpuMs ?? NaN);
