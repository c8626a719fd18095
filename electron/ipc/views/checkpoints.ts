import type { CheckpointList } from '../../../shared/ipc/checkpoints';
import type { Changes } from '../../engine/reduce/changes';
import type { Fact } from '../../engine/facts';
import type { JobRecord } from '../../engine/state';
import type { Host } from '../../host';
import { checkpointRows } from '../checkpoints';
import type { LiveView } from './view';

const mostShown = 200;

/** The newest checkpoints of a job. */
export class CheckpointsView implements LiveView {
  private sent = '';

  constructor(
    private readonly host: Pick<Host, 'store' | 'state'>,
    private readonly job: JobRecord,
  ) {}

  async picture(): Promise<CheckpointList> {
    const of = { of: 'job', job: this.job.id } as const;
    const picture = { checkpoints: await checkpointRows(this.host, of, Infinity, mostShown) };
    this.sent = JSON.stringify(picture);
    return picture;
  }

  note(_facts: readonly Fact[], changes: Changes): boolean {
    return changes.jobs.has(this.job.id);
  }

  async delta(): Promise<CheckpointList | null> {
    const before = this.sent;
    const picture = await this.picture();
    return this.sent === before ? null : picture;
  }

  again(): null {
    return null;
  }
}
