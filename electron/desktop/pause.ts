import type { JobId } from '../../shared/model/ids';
import type { Host } from '../host';

/** By this the jobs are known again that were held together, also after another start. */
const why = 'everything was paused';

/** Holds all that is open as one change, and lets the same go on again: what was held before stays held. */
export class PauseAll {
  constructor(private readonly host: Host) {}

  /** Something is held by this. */
  get isPaused(): boolean {
    return this.open().some(({ held }) => held?.why === why);
  }

  async pause(): Promise<void> {
    await this.command(
      'hold',
      this.open().filter(({ held }) => held === null),
    );
  }

  async goOn(): Promise<void> {
    await this.command(
      'release',
      this.open().filter(({ held }) => held?.why === why),
    );
  }

  private open() {
    return [...this.host.state.batches.values()]
      .filter(({ ended }) => ended === null)
      .flatMap(({ jobs }) => jobs);
  }

  private async command(kind: 'hold' | 'release', jobs: readonly { readonly id: JobId }[]): Promise<void> {
    if (jobs.length === 0) return;
    const result = await this.host.command({ kind, why, jobs: jobs.map(({ id }) => id) });
    // It has ended, or was changed by somebody else in the same moment.
    if (result.kind === 'refused') console.error(result.refusal.message);
  }
}
