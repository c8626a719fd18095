import type { StepsPicture } from '../../../shared/ipc/contract';
import type { Fact } from '../../engine/facts';
import type { Changes } from '../../engine/reduce/changes';
import type { JobRecord } from '../../engine/state';
import { stepRow, type ShownFarm } from '../rows';
import type { LiveView } from './view';

/** The steps of a job that is unfolded. */
export class StepsView implements LiveView {
  constructor(
    private readonly farm: ShownFarm,
    private readonly job: JobRecord,
  ) {}

  picture(): StepsPicture {
    return { steps: this.job.steps.map((step) => stepRow(this.farm, step)) };
  }

  note(_facts: readonly Fact[], changes: Changes): boolean {
    return changes.jobs.has(this.job.id);
  }

  delta(): StepsPicture {
    return this.picture();
  }

  again(): null {
    return null;
  }
}
