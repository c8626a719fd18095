/** Whether a tenant may submit more, by its quota. */
import type { Batch } from '../../shared/model/batch';
import { taskCount } from '../../shared/model/space';
import { tenantSettings } from '../../shared/model/settings';
import type { FarmState } from './state';

/** What to tell whoever submits; null: welcome. */
export function admissionProblem(state: FarmState, batch: Batch, at: number): string | null {
  const { most } = tenantSettings(state.settings, batch.tenant);
  const tenant = state.tenants.get(batch.tenant);
  if (most.submissions !== null) {
    const recent = tenant?.submissions.filter((time) => time > at - 60_000) ?? [];
    const [oldest] = recent.slice(-most.submissions);
    if (recent.length >= most.submissions && oldest !== undefined) {
      const wait = Math.max(1, Math.ceil((oldest + 60_000 - at) / 1000));
      return `Tenant ${batch.tenant} may submit ${most.submissions} batches a minute. Submit this again in ${wait} s.`;
    }
  }
  if (most.queued !== null) {
    const tasks = batch.jobs.reduce(
      (sum, job) => sum + job.steps.reduce((all, { space }) => all + taskCount(space), 0),
      0,
    );
    const waiting = tenant?.queued ?? 0;
    if (waiting + tasks > most.queued) {
      return `Tenant ${batch.tenant} may have ${most.queued} tasks waiting; ${waiting} wait already and this batch has ${tasks}. Submit it when less waits, or raise the quota.`;
    }
  }
  return null;
}
