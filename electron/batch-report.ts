import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Attempt } from '../shared/model/attempt';
import type { BatchId } from '../shared/model/ids';
import type { BatchRecord } from './engine/state';
import { batchRow, jobDetail, nodeRow, type ShownFarm } from './ipc/rows';
import { writeReport } from './report/write-report';

const tasksAtOnce = 1000;

/** Writes the execution report of each batch that ends, into its output folder. */
export class BatchReports {
  private readonly writing = new Map<BatchId, Promise<void>>();
  private readonly failed = new Set<BatchId>();

  constructor(
    private readonly farm: ShownFarm,
    private readonly version: string,
    private readonly onWritten: (batch: BatchRecord) => void,
  ) {}

  /** Null: the batch has not ended, or its report is not written. */
  placeOf(batch: BatchRecord): string | null {
    const isWritten = batch.ended !== null && !this.writing.has(batch.id) && !this.failed.has(batch.id);
    return isWritten ? pageOf(batch) : null;
  }

  isWriting(batch: BatchRecord): boolean {
    return this.writing.has(batch.id);
  }

  /** One after the other: a batch may end again, after a retry, while its report is being written. */
  write(batch: BatchRecord): void {
    const before = this.writing.get(batch.id) ?? Promise.resolve();
    const writing = before
      .then(() => this.writeNow(batch))
      .then(() => {
        if (this.writing.get(batch.id) !== writing) return;
        this.writing.delete(batch.id);
        this.onWritten(batch);
      });
    this.writing.set(batch.id, writing);
  }

  /** After a crash between a batch's end and its report. */
  catchUp(batches: readonly BatchRecord[]): void {
    for (const batch of batches) if (batch.ended !== null && !existsSync(pageOf(batch))) this.write(batch);
  }

  async settled(): Promise<void> {
    await Promise.all(this.writing.values());
  }

  private async writeNow(batch: BatchRecord): Promise<void> {
    const { farm, version } = this;
    try {
      await writeReport({
        batch: batchRow(farm, batch),
        jobs: batch.jobs.map((job) => jobDetail(farm, job)),
        spec: batch.batch,
        attempts: attemptsOf(farm, batch),
        nodes: [...farm.state.nodes.values()].map((node) => nodeRow(farm.state, node, null)),
        version,
        folder: batch.output,
      });
      this.failed.delete(batch.id);
    } catch (error) {
      this.failed.add(batch.id);
      console.error(error instanceof Error ? error.message : error);
    }
  }
}

const pageOf = (batch: BatchRecord): string => join(batch.output, 'report.html');

async function* attemptsOf(farm: ShownFarm, batch: BatchRecord): AsyncGenerator<Attempt> {
  for (const job of batch.jobs) {
    for (const step of job.steps) {
      for (let from = 0; from < step.count; from += tasksAtOnce) {
        yield* await farm.store.attempts(job.id, step.index, from, tasksAtOnce);
      }
    }
  }
}
