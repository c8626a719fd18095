/** Whether an attempt fits in where it was put, added up anew from all that is held. */
import { amountNames, type AmountName, type Request } from '../../../../shared/model/amounts';
import { nodeSettings, tenantSettings } from '../../../../shared/model/settings';
import type { AttemptEntry, Ledger, NodeEntry, StepEntry } from './ledger';

const rounding = 0.01;

/** What is wrong with an attempt that has just been given to a node; null: nothing. */
export function problemWithPlace(ledger: Ledger, attempt: AttemptEntry): string | null {
  const node = ledger.nodes.get(attempt.node);
  if (node === undefined) return `there is no node ${attempt.node}`;
  if (node.state !== 'ONLINE') return `the node is ${node.state}`;
  const others = [...ledger.attempts.values()].filter((other) => other !== attempt);
  const here = others.filter((other) => other.node === node.id);
  return (
    problemWithNeeds(ledger, node, attempt) ??
    problemWithAmounts(ledger, node, attempt, here) ??
    problemWithCores(node, attempt, here) ??
    problemWithDevices(ledger, node, attempt, here) ??
    problemWithNamed(ledger, node, attempt, others) ??
    problemWithQuota(ledger, attempt, others)
  );
}

export function limitOf(ledger: Ledger, node: NodeEntry, name: AmountName): number {
  const { kept, overcommit, most } = nodeSettings(ledger.settings, node.id);
  return Math.min(Math.max(0, node.capacity[name] - kept[name]) * overcommit[name], most?.[name] ?? Infinity);
}

export function limitOfNamed(ledger: Ledger, node: NodeEntry, name: string): number {
  const most = nodeSettings(ledger.settings, node.id).most?.special?.[name] ?? Infinity;
  return Math.min(node.capacity.special[name] ?? 0, most);
}

export const isOfNodes = (ledger: Ledger, name: string): boolean =>
  [...ledger.nodes.values()].some(({ capacity }) => name in capacity.special);

export function problemWithNeeds(
  ledger: Ledger,
  node: NodeEntry,
  { step }: { readonly step: StepEntry },
): string | null {
  const { allOf, anyOf, alsoAnyOf = [], noneOf, pools } = step.step.needs;
  const settings = nodeSettings(ledger.settings, node.id);
  const has = (label: string): boolean => node.labels.includes(label) || settings.labels.includes(label);
  if (!allOf.every(has)) return 'the node lacks a label';
  if ([anyOf, ...alsoAnyOf].some((choice) => choice.length > 0 && !choice.some(has)))
    return 'the node has none of the labels';
  if (noneOf.some(has)) return 'the node has a label that is not wanted';
  return pools.length > 0 && !pools.some((pool) => settings.pools.includes(pool))
    ? 'the node is in another pool'
    : null;
}

const sum = (attempts: readonly AttemptEntry[], name: AmountName): number =>
  attempts.reduce((all, { request }) => all + request[name], 0);

function problemWithAmounts(
  ledger: Ledger,
  node: NodeEntry,
  { request }: AttemptEntry,
  here: readonly AttemptEntry[],
): string | null {
  for (const name of amountNames) {
    if (name === 'gpuMemoryMiB' || request[name] === 0) continue;
    const used = sum(here, name);
    const limit = limitOf(ledger, node, name);
    if (used + request[name] > limit + rounding)
      return `${name}: ${used} of ${limit} are held, and it asks for ${request[name]}`;
  }
  return null;
}

function problemWithCores(
  node: NodeEntry,
  { request, placement }: AttemptEntry,
  here: readonly AttemptEntry[],
): string | null {
  if (request.cores === 'exclusive' && here.length > 0)
    return 'it wants the node for itself, and others are there';
  if (here.some((other) => other.request.cores === 'exclusive')) return 'another one has the node for itself';
  if (request.cores !== 'pinned') return null;
  const cores = placement?.cores ?? [];
  if (cores.length !== Math.ceil(request.cpu)) return `it has ${cores.length} cores of its own`;
  if (new Set(cores).size < cores.length || cores.some((core) => core >= node.capacity.cpu))
    return 'it has cores that are not there';
  const taken = new Set(here.flatMap((other) => other.placement?.cores ?? []));
  return cores.some((core) => taken.has(core)) ? 'another one has its cores' : null;
}

function problemWithDevices(
  ledger: Ledger,
  node: NodeEntry,
  { request, placement }: AttemptEntry,
  here: readonly AttemptEntry[],
): string | null {
  const gpus = placement?.gpus ?? [];
  const wanted = request.gpu < 1 ? request.gpu : Math.ceil(request.gpu);
  const given = gpus.reduce((all, { share }) => all + share, 0);
  if (Math.abs(given - wanted) > rounding) return `it asks for ${request.gpu} GPU and was given ${given}`;
  for (const { device, share } of gpus) {
    if (device >= Math.floor(node.capacity.gpu)) return `there is no GPU ${device}`;
    const others = here.filter((other) => other.placement?.gpus.some((gpu) => gpu.device === device));
    const held = others.reduce((all, other) => all + shareOf(other, device), 0);
    if (held + share > 1 + rounding) return `GPU ${device} is held already`;
    const memory = others.reduce((all, other) => all + other.request.gpuMemoryMiB, request.gpuMemoryMiB);
    if (request.gpuMemoryMiB > 0 && memory > limitOf(ledger, node, 'gpuMemoryMiB'))
      return `the memory of GPU ${device} is too little`;
  }
  return null;
}

const shareOf = ({ placement }: AttemptEntry, device: number): number =>
  placement?.gpus.find((gpu) => gpu.device === device)?.share ?? 0;

function problemWithNamed(
  ledger: Ledger,
  node: NodeEntry,
  attempt: AttemptEntry,
  others: readonly AttemptEntry[],
): string | null {
  for (const [name, amount] of attempt.special) {
    const isHere = isOfNodes(ledger, name);
    const holders = others.filter((other) =>
      isHere ? other.node === node.id && other.ofNode.has(name) : !other.ofNode.has(name),
    );
    const held = holders.reduce((all, other) => all + (other.special.get(name) ?? 0), 0);
    const most = isHere ? limitOfNamed(ledger, node, name) : (ledger.settings.shared[name] ?? 1);
    if (held + amount > most + rounding)
      return `${name}: ${held} of ${most} are held, and it asks for ${amount}`;
  }
  return null;
}

function problemWithQuota(
  ledger: Ledger,
  attempt: AttemptEntry,
  others: readonly AttemptEntry[],
): string | null {
  const { job } = attempt.step;
  const { tenant } = job.batch.batch;
  const ofTenant = others.filter(({ step }) => step.job.batch.batch.tenant === tenant);
  const { most } = tenantSettings(ledger.settings, tenant);
  if (most.running !== null && ofTenant.length >= most.running)
    return `tenant ${tenant} may run ${most.running}`;
  for (const name of amountNames) {
    const limit = most.amounts[name];
    const asked = attempt.request[name];
    if (limit === undefined || asked === 0 || name === 'gpuMemoryMiB') continue;
    if (sum(ofTenant, name) + asked > limit + rounding)
      return `tenant ${tenant} may hold ${limit} of ${name}`;
  }
  const { perUser } = ledger.settings;
  const ofUser = others.filter(({ step }) => step.job.batch.by === job.batch.by);
  if (perUser !== null && ofUser.length >= perUser) return `a user may run ${perUser}`;
  const ofJob = others.filter(({ step }) => step.job === job);
  return job.job.most !== null && ofJob.length >= job.job.most ? `the job may run ${job.job.most}` : null;
}

/** What a task holds by name: what its step asks for, and the locks that it has to take. */
export function namedAmounts({ before }: StepEntry, { special }: Request): ReadonlyMap<string, number> {
  const named = new Map(Object.entries(special));
  for (const {
    spec: { relation },
  } of before) {
    if (relation.type === 'RESOURCE')
      named.set(relation.resource, (named.get(relation.resource) ?? 0) + relation.amount);
  }
  return named;
}
