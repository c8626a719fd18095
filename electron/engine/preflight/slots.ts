/** How many tasks could run at once if the farm had nothing else to do: never less than that. */
import { sharedAmount, tenantSettings } from '../../../shared/model/settings';
import { dimensions } from '../resources/vector';
import type { RequestClass } from '../resources/classes';
import type { FarmState, NodeRecord, StepRecord } from '../state';

/** Of a step, for which its nodes have so many slots. */
export function mostAtOnce(state: FarmState, step: StepRecord, slots: number): number {
  const { requestClass, job } = step;
  const { settings, ownNames } = state;
  const { most: quota } = tenantSettings(settings, job.batch.tenant.name);
  let most = Math.min(
    slots,
    job.job.most ?? Infinity,
    settings.perUser ?? Infinity,
    quota.running ?? Infinity,
  );
  for (const [at, { name, scale }] of dimensions.entries()) {
    const [need, has] = [requestClass.vector[at] ?? 0, quota.amounts[name]];
    if (need > 0 && has !== undefined) most = Math.min(most, Math.floor((has * scale) / need));
  }
  for (const [name, need] of requestClass.special)
    if (!ownNames.has(name)) most = Math.min(most, Math.floor(sharedAmount(settings, name) / need));
  return most;
}

export function slotsOn(state: FarmState, node: NodeRecord, { vector, request }: RequestClass): number {
  if (request.cores === 'exclusive') return 1;
  const limit = state.room.limitOf(node.index);
  let most = Infinity;
  for (const [at, need] of vector.entries())
    if (need > 0) most = Math.min(most, Math.floor((limit[at] ?? 0) / need));
  return most;
}

export const coresOf = (state: FarmState, nodes: readonly NodeRecord[]): number =>
  nodes.reduce((sum, { index }) => sum + (state.room.limitOf(index)[0] ?? 0) / dimensions[0].scale, 0);
