/** From the start of the program to a window that can be used. */
import { join } from 'node:path';
import type { BenchCase, Measurement } from '../measure';
import { waitingJobs } from './farms';
import { paintedAfter, submitTo, withBareWindow, withDrover, withFolder } from './window';

const tenThousand = Array.from({ length: 10 }, (_, index) => waitingJobs(`Show ${index}`, 1000, 10));

async function start(): Promise<readonly Measurement[]> {
  return withFolder(async (folder) => {
    const data = join(folder, 'data');
    await submitTo(data, [waitingJobs('One', 1, 10)]);
    // What Electron keeps after its first start is there from then on.
    await withDrover(data, paintedAfter);
    const few = await withDrover(data, paintedAfter);
    await submitTo(data, tenThousand);
    const many = await withDrover(data, paintedAfter);
    await withBareWindow(folder, paintedAfter);
    const bare = await withBareWindow(folder, paintedAfter);
    const against = 'an Electron that shows a line of text, started in the same way';
    const row = (name: string, value: number, amount: number): Measurement => ({
      ...{ case: name, value, unit: 'ms', reference: bare, against },
      target: { of: 'value', is: 'most', amount },
    });
    return [row('start to the first picture', few, 1000), row('with 10,000 jobs', many, 1300)];
  });
}

export const starts: BenchCase = {
  name: 'start',
  about: 'from the start of the program to what it shows, with few and with many jobs',
  runs: 3,
  run: start,
};
