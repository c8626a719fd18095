/** Which cores and devices of a node an attempt gets, where it matters; the reasons why it gets none. */
import type { AttemptId } from '../../../shared/model/ids';
import type { Placement } from '../facts';
import type { FarmState, NodeRecord } from '../state';
import type { RequestClass } from './classes';
import type { Vector } from './vector';

const noPlacement: Placement = { cores: [], gpus: [] };

/** Null: the node has no cores or devices for it, although it may have room in all. */
export function place(node: NodeRecord, requestClass: RequestClass): Placement | null {
  const { request } = requestClass;
  if (request.cores === 'exclusive' && node.running > 0) return null;
  const cores = request.cores === 'pinned' ? freeCores(node, Math.ceil(request.cpu)) : [];
  const gpus = request.gpu > 0 ? freeDevices(node, request.gpu, request.gpuMemoryMiB) : [];
  if (cores === null || gpus === null) return null;
  return cores.length + gpus.length === 0 ? noPlacement : { cores, gpus };
}

/** What it holds of a node: who has it for itself has all of its cores, whatever it asked for. */
export function vectorOn(state: FarmState, node: NodeRecord, { request, vector }: RequestClass): Vector {
  if (request.cores !== 'exclusive') return vector;
  const held = Int32Array.from(vector);
  held[0] = Math.max(held[0] ?? 0, state.room.limitOf(node.index)[0] ?? 0);
  return held;
}

/** One task has the node for itself: even what asks for nothing has to wait. */
export function isTakenWhole({ running, exclusive }: NodeRecord): boolean {
  return exclusive > 0 && running === 1;
}

/** Neighbours where there are any, since they share caches and memory; otherwise the lowest. */
function freeCores(node: NodeRecord, count: number): readonly number[] | null {
  const total = Math.floor(node.capacity.cpu);
  const free: number[] = [];
  for (let core = 0; core < total; core++) if (!node.pinnedCores.has(core)) free.push(core);
  if (free.length < count) return null;
  for (let first = 0; first + count <= free.length; first++) {
    const [low = 0, high = 0] = [free[first], free[first + count - 1]];
    if (high - low === count - 1) return free.slice(first, first + count);
  }
  return free.slice(0, count);
}

/** A part of a device goes where the least is left, so that whole ones stay whole. */
function freeDevices(node: NodeRecord, gpu: number, memoryMiB: number): Placement['gpus'] | null {
  const whole = 10_000;
  // Those that are gone are still listed while somebody holds them.
  const present = node.devices.slice(0, Math.floor(node.capacity.gpu));
  const room = present.flatMap((device, index) =>
    memoryMiB === 0 || node.usable.gpuMemoryMiB - device.memoryMiB >= memoryMiB
      ? [{ index, free: whole - device.share }]
      : [],
  );
  if (gpu < 1) {
    const need = Math.ceil(gpu * whole);
    const [best] = room
      .filter(({ free }) => free >= need)
      .toSorted((a, b) => a.free - b.free || a.index - b.index);
    return best === undefined ? null : [{ device: best.index, share: need / whole }];
  }
  const free = room.filter((device) => device.free >= whole).slice(0, Math.ceil(gpu));
  return free.length < Math.ceil(gpu) ? null : free.map(({ index }) => ({ device: index, share: 1 }));
}

/** What the node has left of a named amount of its own. */
export function freeSpecial(node: NodeRecord, name: string): number {
  return (node.usable.special[name] ?? 0) - (node.special.get(name) ?? 0);
}

/** Whether the node would have cores, devices and named amounts for it, were these attempts gone. */
export function wouldSuit(
  state: FarmState,
  node: NodeRecord,
  requestClass: RequestClass,
  gone: ReadonlySet<AttemptId>,
): boolean {
  const after = without(state, node, gone);
  if (isTakenWhole(after) || place(after, requestClass) === null) return false;
  return requestClass.special.every(
    ([name, need]) => !state.ownNames.has(name) || freeSpecial(after, name) >= need,
  );
}

function without(state: FarmState, node: NodeRecord, gone: ReadonlySet<AttemptId>): NodeRecord {
  const attempts = state.attempts.on(node).filter(({ id }) => !gone.has(id));
  const exclusive = attempts.filter(({ requestClass }) => requestClass.request.cores === 'exclusive').length;
  const devices = node.devices.map(() => ({ share: 0, memoryMiB: 0 }));
  const pinnedCores = new Set<number>();
  const special = new Map<string, number>();
  for (const { placement, requestClass, ofNode } of attempts) {
    for (const core of placement?.cores ?? []) pinnedCores.add(core);
    for (const { device, share } of placement?.gpus ?? []) {
      const on = devices[device];
      if (on === undefined) continue;
      on.share += Math.round(share * 10_000);
      on.memoryMiB += requestClass.request.gpuMemoryMiB;
    }
    for (const [name, amount] of requestClass.special)
      if (ofNode.includes(name)) special.set(name, (special.get(name) ?? 0) + amount);
  }
  return { ...node, running: attempts.length, exclusive, devices, pinnedCores, special };
}
