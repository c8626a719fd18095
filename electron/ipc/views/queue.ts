import type { QueueDelta, QueuePicture } from '../../../shared/ipc/contract';
import { noChanges, type Changes } from '../../engine/reduce/changes';
import type { Fact } from '../../engine/facts';
import type { Host } from '../../host';
import { queuePicture } from '../pictures';
import { batchRow, jobRow } from '../rows';
import type { LiveView } from './view';

export class QueueView implements LiveView {
  private changed = noChanges();
  private trouble: string | null = null;

  constructor(private readonly host: Host) {}

  picture(): QueuePicture {
    this.trouble = this.host.trouble;
    return queuePicture(this.host);
  }

  note(_facts: readonly Fact[], changes: Changes): boolean {
    for (const id of changes.batches) this.changed.batches.add(id);
    for (const id of changes.jobs) this.changed.jobs.add(id);
    return this.changed.batches.size + this.changed.jobs.size > 0 || this.trouble !== this.host.trouble;
  }

  delta(): QueueDelta {
    const { batches, jobs } = this.changed;
    this.changed = noChanges();
    const { state } = this.host;
    this.trouble = this.host.trouble;
    return {
      trouble: this.trouble,
      batches: [...batches]
        .flatMap((id) => state.batches.get(id) ?? [])
        .map((batch) => batchRow(this.host, batch)),
      jobs: [...jobs].flatMap((id) => state.jobs.get(id) ?? []).map((job) => jobRow(this.host, job)),
    };
  }

  again(): null {
    return null;
  }
}
