/** What the engine keeps of a million tasks while they are worked on. */
import type { BenchCase, Measurement } from '../measure';
import { Drive, newCore } from './drive';
import { layeredBatch } from './farm';

const tasks = 1_000_000;
const edges = 2 * tasks;
const mebibyte = 2 ** 20;

/** All that is reachable, inside and outside of the heap. */
function kept(): number {
  // Twice: what lies outside of the heap goes when its owner has gone.
  for (let round = 0; round < 2; round++) globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / mebibyte;
}

/** State, tries and node of each task, and both ends of each edge. */
const bareArrays = () => [
  new Uint8Array(tasks),
  new Uint16Array(tasks),
  new Uint16Array(tasks),
  new Int32Array(edges),
  new Int32Array(edges),
];

export const memory: BenchCase = {
  name: 'memory',
  about: 'what the million tasks of the first case take up, above an empty engine',
  runs: 1,
  nodeOptions: ['--expose-gc'],
  run(): readonly Measurement[] {
    if (globalThis.gc === undefined) throw new Error('this needs node --expose-gc');
    const before = kept();
    const arrays = bareArrays();
    const reference = kept() - before;
    arrays.length = 0;

    const core = newCore();
    const empty = kept();
    const drive = new Drive(core, 10_000);
    const nodes = kept() - empty;
    drive.submit(layeredBatch({ tasks, classes: 64 }));
    const submitted = kept() - empty;
    drive.run(() => drive.completed >= tasks / 2);
    const halfway = kept() - empty;
    drive.run();
    drive.check(tasks);

    const against = 'typed arrays of state, tries and node of each task and of the two ends of each edge';
    const measured = (name: string, value: number): Measurement => ({
      case: name,
      value,
      unit: 'MiB',
      reference,
      against,
      target: { of: 'value', is: 'most', amount: 200 },
    });
    return [
      measured('10,000 nodes alone', nodes),
      measured('and all tasks submitted', submitted),
      measured('and half of them done', halfway),
    ];
  },
};
