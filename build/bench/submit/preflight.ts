/** A large batch is tried on a farm that is busy with another one, and its nodes are asked. */
import { performance } from 'node:perf_hooks';
import { preflight } from '../../../electron/engine/preflight/preflight';
import { inSlices } from '../../../electron/engine/slices';
import { onNodes } from '../../../electron/preflight/on-nodes';
import { Drive, newCore } from '../engine/drive';
import { layeredBatch } from '../engine/farm';
import { bareLoop, runBareLoop } from '../engine/bare';
import { workedMilliseconds, type BenchCase, type Measurement } from '../measure';

const tasks = 100_000;
const nodes = 200;

export const preflights: BenchCase = {
  name: 'preflight',
  about: '100,000 tasks are tried on 200 nodes that have as many to do already, in slices',
  runs: 3,
  async run(): Promise<readonly Measurement[]> {
    const drive = new Drive(newCore(), nodes);
    drive.submit(layeredBatch({ tasks, classes: 64 }));
    drive.run(() => drive.completed >= tasks / 100);
    const { state } = drive.core;
    const slices: number[] = [];
    let began = performance.now();
    const pause = async (): Promise<void> => {
      slices.push(performance.now() - began);
      await new Promise((resolve) => setImmediate(resolve));
      began = performance.now();
    };
    const inBackground = <Result>(work: Generator<undefined, Result>): Promise<Result | null> => {
      began = performance.now();
      return inSlices(work, { now: () => performance.now(), pause });
    };
    const batch = withDeadlines(drive.now);
    const worked = workedMilliseconds();
    const tried = await inBackground(preflight(state, batch, 'ann', drive.now));
    if (tried === null) throw new Error('it was given up');
    const found = await onNodes({
      ...{ state, batch, able: tried.able, inBackground, isWorking: true, dataFolder: '/data' },
      output: { folder: '/data/output', isNamed: false, parent: '/data' },
      ask: (_node, questions) => Promise.resolve(questions.map(() => 'yes')),
      end: AbortSignal.timeout(60_000),
    });
    const value = workedMilliseconds() - worked;
    const late = tried.found.filter(({ code }) => code === 'deadline').length;
    if (tried.able.size !== batch.jobs.length || late !== batch.jobs.length || found.length > 0)
      throw new Error('not every job was tried');
    const loop = runBareLoop(tasks);
    return [
      {
        case: 'preflight of 100,000 tasks',
        value,
        unit: 'ms',
        reference: loop.spent,
        against: `as many tasks of ${bareLoop}`,
        target: { of: 'value', is: 'most', amount: 500 },
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

/** None of them can be met: the least that each takes has to be worked out. */
function withDeadlines(at: number) {
  const batch = layeredBatch({ tasks, classes: 64 });
  return { ...batch, jobs: batch.jobs.map((job) => ({ ...job, deadline: at + 1000 })) };
}
