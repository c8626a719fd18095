import type { Attempt } from '../shared/model/attempt';
import type { BatchRecord } from './engine/state';
import type { Host } from './host';
import { batchRow, jobDetail, nodeRow } from './ipc/rows';
import { writeReport } from './report/write-report';

const tasksAtOnce = 1000;

/** Writes the execution report of a batch that has ended, into its output folder. */
export async function reportOn(host: Host, batch: BatchRecord): Promise<void> {
  await writeReport({
    batch: batchRow(host, batch),
    jobs: batch.jobs.map((job) => jobDetail(host, job)),
    spec: batch.batch,
    attempts: attemptsOf(host, batch),
    nodes: [...host.state.nodes.values()].map((node) => nodeRow(node, null)),
    version: host.options.version,
    folder: batch.output,
  });
}

async function* attemptsOf(host: Host, batch: BatchRecord): AsyncGenerator<Attempt> {
  for (const job of batch.jobs) {
    for (const step of job.steps) {
      for (let from = 0; from < step.count; from += tasksAtOnce) {
        yield* await host.store.attempts(job.id, step.index, from, tasksAtOnce);
      }
    }
  }
}
