/** A large batch is tried on a farm that is busy with another one, and its nodes are asked. */
import { preflight } from '../../../electron/engine/preflight/preflight';
import { onNodes } from '../../../electron/preflight/on-nodes';
import { measuredBeside } from '../engine/beside';
import { Drive, newCore } from '../engine/drive';
import { layeredBatch } from '../engine/farm';
import type { BenchCase, Measurement } from '../measure';

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
    const batch = withDeadlines(drive.now);
    return measuredBeside('preflight of 100,000 tasks', { tasks, most: 500 }, async (inBackground) => {
      const tried = await inBackground(preflight(state, batch, 'ann', drive.now));
      if (tried === null) throw new Error('it was given up');
      const found = await onNodes({
        ...{ state, batch, able: tried.able, inBackground, isWorking: true, dataFolder: '/data' },
        output: { folder: '/data/output', isNamed: false, parent: '/data' },
        ask: (_node, questions) => Promise.resolve(questions.map(() => 'yes')),
        end: AbortSignal.timeout(60_000),
      });
      const late = tried.found.filter(({ code }) => code === 'deadline').length;
      if (tried.able.size !== batch.jobs.length || late !== batch.jobs.length || found.length > 0)
        throw new Error('not every job was tried');
    });
  },
};

/** None of them can be met: the least that each takes has to be worked out. */
function withDeadlines(at: number) {
  const batch = layeredBatch({ tasks, classes: 64 });
  return { ...batch, jobs: batch.jobs.map((job) => ({ ...job, deadline: at + 1000 })) };
}
