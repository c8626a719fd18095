/** The engine on a copy of the farm, faster than time. */
import { performance } from 'node:perf_hooks';
import { forecast } from '../../../electron/engine/forecast/forecast';
import { inSlices } from '../../../electron/engine/slices';
import { workedMilliseconds, type BenchCase, type Measurement } from '../measure';
import { bareLoop, runBareLoop } from './bare';
import { Drive, newCore } from './drive';
import { layeredBatch } from './farm';

const tasks = 100_000;
const nodes = 200;

export const forecasts: BenchCase = {
  name: 'forecast',
  about:
    'when the jobs of 100,000 tasks on 200 nodes will end, in slices between which others have their turn',
  runs: 3,
  async run(): Promise<readonly Measurement[]> {
    const drive = new Drive(newCore(), nodes);
    drive.submit(layeredBatch({ tasks, classes: 64 }));
    drive.run(() => drive.completed >= tasks / 100);
    const slices: number[] = [];
    let began = performance.now();
    const worked = workedMilliseconds();
    const found = await inSlices(forecast(drive.core.state, drive.now), {
      now: () => performance.now(),
      pause: async () => {
        slices.push(performance.now() - began);
        await new Promise((resolve) => setImmediate(resolve));
        began = performance.now();
      },
    });
    const value = workedMilliseconds() - worked;
    if (found === null || found.jobs.some(({ end }) => end === null))
      throw new Error('not every job was foretold an end');
    const loop = runBareLoop(tasks);
    return [
      {
        case: 'forecast for 100,000 tasks',
        value,
        unit: 'ms',
        reference: loop.spent,
        against: `as many tasks of ${bareLoop}`,
        target: { of: 'value', is: 'most', amount: 1000 },
      },
      {
        case: 'its longest slice',
        value: Math.max(...slices),
        unit: 'ms',
        reference: Math.max(...loop.thousands),
        against: `the longest thousand tasks of ${bareLoop}`,
        target: { of: 'value', is: 'most', amount: 8 },
      },
    ];
  },
};
