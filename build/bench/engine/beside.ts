/** Work that is done in slices, between which others have their turn: all of it, and its longest slice. */
import { performance } from 'node:perf_hooks';
import { inSlices } from '../../../electron/engine/slices';
import { workedMilliseconds, type Measurement } from '../measure';
import { bareLoop, runBareLoop } from './bare';

type InSlices = <Result>(work: Generator<undefined, Result>) => Promise<Result | null>;

/** `most`: milliseconds that all of it may take. */
export async function measuredBeside(
  name: string,
  { tasks, most }: { readonly tasks: number; readonly most: number },
  work: (inBackground: InSlices) => Promise<void>,
): Promise<readonly Measurement[]> {
  const slices: number[] = [];
  const worked = workedMilliseconds();
  await work((generator) => {
    let began = performance.now();
    const pause = async (): Promise<void> => {
      slices.push(performance.now() - began);
      await new Promise((resolve) => setImmediate(resolve));
      began = performance.now();
    };
    return inSlices(generator, { now: () => performance.now(), pause });
  });
  const value = workedMilliseconds() - worked;
  const loop = runBareLoop(tasks);
  return [
    {
      ...{ case: name, value, unit: 'ms', reference: loop.spent },
      against: `as many tasks of ${bareLoop}`,
      target: { of: 'value', is: 'most', amount: most },
    },
    {
      ...{ case: 'its longest slice', value: Math.max(...slices), unit: 'ms' },
      reference: Math.max(...loop.thousands),
      against: `the longest thousand tasks of ${bareLoop}`,
      target: { of: 'value', is: 'most', amount: 8 },
    },
  ];
}
