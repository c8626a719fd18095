import { tenantSettings } from '../../../shared/model/settings';
import { limitVector, newVector, width, type Vector } from '../resources/vector';
import type { FarmState, TenantRecord } from '../state';

const nothing = newVector();

/** The whole farm, for the share of it that somebody holds. */
export function farmTotal(state: FarmState): Vector {
  const total = newVector();
  for (const node of state.nodeList) {
    if (node.state === 'ONLINE') state.room.addLimit(node.index, total);
  }
  return total;
}

/** The largest of its parts of the farm, by its weight: who has least comes first. */
export function shareOf(state: FarmState, tenant: TenantRecord, total: Vector): number {
  let share = 0;
  for (let i = 0; i < width; i++) {
    const of = total[i] ?? 0;
    if (of > 0) share = Math.max(share, (tenant.held[i] ?? 0) / of);
  }
  const settings = tenantSettings(state.settings, tenant.name);
  const standing = share / Math.max(settings.weight, 1e-6);
  // Who does not have what was promised comes before all who do.
  return isBelowGuarantee(state, tenant) ? standing - 1e6 : standing;
}

/** It holds less than what is promised to it, of everything that is; or would, if it lost this. */
export function isBelowGuarantee(state: FarmState, tenant: TenantRecord, lost: Vector = nothing): boolean {
  const promised = limitVector(tenantSettings(state.settings, tenant.name).guaranteed);
  let any = false;
  for (let i = 0; i < width; i++) {
    const least = promised[i] ?? 0;
    if (least === 0) continue;
    if ((tenant.held[i] ?? 0) - (lost[i] ?? 0) >= least) return false;
    any = true;
  }
  return any;
}
