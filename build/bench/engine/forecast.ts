/** The engine on a copy of the farm, faster than time. */
import { forecast } from '../../../electron/engine/forecast/forecast';
import type { BenchCase, Measurement } from '../measure';
import { measuredBeside } from './beside';
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
    return measuredBeside('forecast for 100,000 tasks', { tasks, most: 1000 }, async (inBackground) => {
      const found = await inBackground(forecast(drive.core.state, drive.now));
      if (found === null || found.jobs.some(({ end }) => end === null))
        throw new Error('not every job was foretold an end');
    });
  },
};
