import type { JobDetail } from '../../../shared/ipc/job';
import type { Host } from '../../host';
import type { JobRecord } from '../../engine/state';
import { jobDetail } from '../rows';
import type { LiveView } from './view';

/** A job with its verdicts. These may change with anything, so it is compared instead of tracked. */
export class JobView implements LiveView {
  private sent = '';

  constructor(
    private readonly host: Host,
    private readonly job: JobRecord,
  ) {}

  picture(): JobDetail {
    const detail = jobDetail(this.host, this.job);
    this.sent = JSON.stringify(detail);
    return detail;
  }

  note(): boolean {
    return true;
  }

  delta(): JobDetail | null {
    const before = this.sent;
    const detail = this.picture();
    return this.sent === before ? null : detail;
  }

  again(): null {
    return null;
  }
}
