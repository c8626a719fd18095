/** What holds work back although a node has room: quotas, limits, and what the farm shares. */
import { sharedAmount, tenantSettings } from '../../../shared/model/settings';
import { amountNames, type AmountName } from '../../../shared/model/amounts';
import type { Limit, SettingsLimit } from '../../../shared/model/verdict';
import type { RequestClass } from '../resources/classes';
import { dimensions } from '../resources/vector';
import type { FarmState, StepRecord, TenantRecord } from '../state';
import { countOf } from '../counts';

/** Of a tenant, for tasks that ask for this. */
export function tenantLimit(
  state: FarmState,
  tenant: TenantRecord,
  requestClass: RequestClass,
): SettingsLimit | null {
  const { most } = tenantSettings(state.settings, tenant.name);
  if (most.running !== null && tenant.running >= most.running)
    return {
      of: 'tenant',
      name: tenant.name,
      what: 'tasks',
      used: tenant.running,
      most: most.running,
      needed: 1,
    };
  if (isEmpty(most.amounts)) return null;
  for (const name of amountNames) {
    const limit = most.amounts[name];
    if (limit === undefined) continue;
    const at = dimensions.findIndex((dimension) => dimension.name === name);
    if (at < 0) continue;
    const scale = dimensions[at]?.scale ?? 1;
    const used = (tenant.held[at] ?? 0) / scale;
    const needed = (requestClass.vector[at] ?? 0) / scale;
    if (needed > 0 && used + needed > limit + 1e-9)
      return { of: 'tenant', name: tenant.name, what: name satisfies AmountName, used, most: limit, needed };
  }
  return null;
}

/** Most tenants have no such limits, and it is asked for each task. */
function isEmpty(amounts: object): boolean {
  for (const _ in amounts) return false;
  return true;
}

export function userLimit(state: FarmState, step: StepRecord): SettingsLimit | null {
  const { perUser } = state.settings;
  const { by } = step.job.batch;
  const used = state.users.get(by) ?? 0;
  return perUser !== null && used >= perUser
    ? { of: 'user', name: by, what: 'tasks', used, most: perUser, needed: 1 }
    : null;
}

export function jobLimit({ job }: StepRecord): Limit | null {
  const { most } = job.job;
  const used = countOf(job.counts, 'RUNNING');
  return most !== null && used >= most
    ? { of: 'job', name: job.job.name, what: 'tasks', used, most, needed: 1 }
    : null;
}

/** Licences and locks of the whole farm that are taken. */
export function sharedLimit(state: FarmState, requestClass: RequestClass): SettingsLimit | null {
  for (const [name, needed] of requestClass.special) {
    if (state.ownNames.has(name)) continue;
    const most = sharedAmount(state.settings, name);
    const used = state.sharedHeld.get(name) ?? 0;
    if (used + needed > most + 1e-9) return { of: 'farm', name, what: name, used, most, needed };
  }
  return null;
}
