import type { JobRow, QueueDelta, QueuePicture } from '../../../shared/ipc/queue';
import type { ExpectedEnd } from '../../../shared/model/forecast';
import type { JobId } from '../../../shared/model/ids';
import { noChanges, type Changes } from '../../engine/reduce/changes';
import type { Fact } from '../../engine/facts';
import type { Host } from '../../host';
import { queuePicture } from '../pictures';
import { batchRow, expectedEnd, jobRow } from '../rows';
import { differs } from './ends';
import type { LiveView } from './view';

export class QueueView implements LiveView {
  private changed = noChanges();
  private trouble: string | null = null;
  /** As they were sent. */
  private readonly ends = new Map<JobId, ExpectedEnd>();

  constructor(private readonly host: Host) {}

  picture(): QueuePicture {
    this.trouble = this.host.trouble;
    const picture = queuePicture(this.host);
    this.remember(picture.jobs);
    return picture;
  }

  note(_facts: readonly Fact[], changes: Changes): boolean {
    for (const id of changes.batches) this.changed.batches.add(id);
    for (const id of changes.jobs) this.changed.jobs.add(id);
    const now = this.host.now();
    for (const id of changes.forecasts) {
      const job = this.host.state.jobs.get(id);
      if (job !== undefined && differs(this.ends.get(id) ?? null, expectedEnd(this.host, job), now))
        this.changed.jobs.add(id);
    }
    return this.changed.batches.size + this.changed.jobs.size > 0 || this.trouble !== this.host.trouble;
  }

  delta(): QueueDelta {
    const { batches, jobs } = this.changed;
    this.changed = noChanges();
    const { state } = this.host;
    this.trouble = this.host.trouble;
    const rows = [...jobs].flatMap((id) => state.jobs.get(id) ?? []).map((job) => jobRow(this.host, job));
    this.remember(rows);
    return {
      trouble: this.trouble,
      batches: [...batches]
        .flatMap((id) => state.batches.get(id) ?? [])
        .map((batch) => batchRow(this.host, batch)),
      jobs: rows,
    };
  }

  again(): null {
    return null;
  }

  private remember(rows: readonly JobRow[]): void {
    for (const { id, end } of rows) {
      if (end === null) this.ends.delete(id);
      else this.ends.set(id, end);
    }
  }
}
