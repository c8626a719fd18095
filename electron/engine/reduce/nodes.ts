import type { Capacity } from '../../../shared/model/amounts';
import { eachAmount, noCapacity } from '../../../shared/model/amounts';
import { nodeSettings, type NodeSettings } from '../../../shared/model/settings';
import type { FactOf } from '../facts';
import { limitVector } from '../resources/vector';
import { noFailures, type FarmState, type LiveAttempt, type NodeRecord } from '../state';

export function addNode(state: FarmState, { node, name, address }: FactOf<'nodeAdded'>): NodeRecord {
  const known = state.nodeList.find(({ id }) => id === node);
  if (known === undefined) {
    const seen = { node, name, nodeKind: 'ssh', system: '', capacity: noCapacity, labels: [] } as const;
    return Object.assign(nodeSeen(state, { kind: 'nodeSeen', at: 0, ...seen }), { address });
  }
  state.nodes.set(node, known);
  return Object.assign(known, { name, address, removed: false, state: 'STARTING' });
}

export function removeNode(state: FarmState, node: NodeRecord): void {
  state.nodes.delete(node.id);
  state.asideForAWhile.delete(node);
  countNames(state, node.capacity, -1);
  Object.assign(node, {
    removed: true,
    capacity: noCapacity,
    probedLabels: [],
    state: 'OFFLINE',
    reason: null,
    reconciled: false,
  });
  Object.assign(node, { setAside: null, setAsideUntil: null, failedJobs: noFailures });
  applySettings(state, node);
}

export function nodeSeen(state: FarmState, fact: FactOf<'nodeSeen'>): NodeRecord {
  const known = state.nodes.get(fact.node);
  countNames(state, known?.capacity, -1);
  countNames(state, fact.capacity, 1);
  const seen = {
    name: fact.name,
    kind: fact.nodeKind,
    system: fact.system,
    capacity: fact.capacity,
    probedLabels: fact.labels,
  };
  if (known !== undefined) {
    Object.assign(known, seen);
    applySettings(state, known);
    return known;
  }
  const made: NodeRecord = {
    id: fact.node,
    index: state.room.addNode(),
    state: 'STARTING',
    running: 0,
    exclusive: 0,
    failedJobs: noFailures,
    ...seen,
    usable: fact.capacity,
    labels: new Set(),
    pools: new Set(),
    reason: null,
    address: null,
    removed: false,
    setAside: null,
    setAsideUntil: null,
    reconciled: false,
    special: new Map(),
    devices: [],
    pinnedCores: new Set(),
  };
  state.nodes.set(made.id, made);
  state.nodeList.push(made);
  applySettings(state, made);
  return made;
}

function countNames({ ownNames }: FarmState, capacity: Capacity | undefined, difference: 1 | -1): void {
  for (const name of Object.keys(capacity?.special ?? {})) {
    const count = (ownNames.get(name) ?? 0) + difference;
    if (count === 0) ownNames.delete(name);
    else ownNames.set(name, count);
  }
}

/** What people set for a node, over what was found there. */
export function applySettings(state: FarmState, node: NodeRecord): void {
  const settings = nodeSettings(state.settings, node.id);
  node.labels = new Set([...node.probedLabels, ...settings.labels]);
  node.pools = new Set(settings.pools);
  node.usable = usableCapacity(node.capacity, settings);
  state.room.setLimit(node.index, limitVector(node.usable));
  fitDevices(node, 0);
}

/** Devices that are gone stay listed until what holds them ends. */
function fitDevices({ devices, capacity }: NodeRecord, least: number): void {
  const count = Math.max(least, Math.floor(capacity.gpu));
  while (devices.length < count) devices.push({ share: 0, memoryMiB: 0 });
  while (devices.length > count && devices.at(-1)?.share === 0) devices.pop();
}

/** What work may use: what there is, without what is kept for the system, times the overcommit, within the hard limit. */
export function usableCapacity(capacity: Capacity, settings: NodeSettings): Capacity {
  const { kept, overcommit, most } = settings;
  return {
    ...eachAmount((name) =>
      Math.min(Math.max(0, capacity[name] - kept[name]) * overcommit[name], most?.[name] ?? Infinity),
    ),
    special: Object.fromEntries(
      Object.entries(capacity.special).map(([name, amount]) => [
        name,
        Math.min(amount, most?.special?.[name] ?? Infinity),
      ]),
    ),
  };
}

/** All that an attempt holds while it may run: on its node, of the farm, of its tenant and its user. */
export function hold(state: FarmState, live: LiveAttempt): void {
  change(state, live, 1);
}

export function release(state: FarmState, live: LiveAttempt): void {
  change(state, live, -1);
}

function change(state: FarmState, live: LiveAttempt, sign: 1 | -1): void {
  const { node, requestClass, held, placement, step } = live;
  const { batch } = step.job;
  if (sign === 1) state.room.hold(node.index, held);
  else state.room.release(node.index, held);
  for (let i = 0; i < held.length; i++)
    batch.tenant.held[i] = (batch.tenant.held[i] ?? 0) + sign * (held[i] ?? 0);
  batch.tenant.running += sign;
  node.running += sign;
  if (requestClass.request.cores === 'exclusive') node.exclusive += sign;
  state.users.set(batch.by, (state.users.get(batch.by) ?? 0) + sign);
  for (const [name, amount] of requestClass.special) {
    const place = live.ofNode.includes(name) ? node.special : state.sharedHeld;
    place.set(name, (place.get(name) ?? 0) + sign * amount);
  }
  if (placement === null) return;
  for (const core of placement.cores) {
    if (sign === 1) node.pinnedCores.add(core);
    else node.pinnedCores.delete(core);
  }
  for (const { device, share } of placement.gpus) {
    fitDevices(node, device + 1);
    const on = node.devices[device];
    if (on === undefined) continue;
    on.share += sign * Math.round(share * 10_000);
    on.memoryMiB += sign * requestClass.request.gpuMemoryMiB;
  }
  fitDevices(node, 0);
}
