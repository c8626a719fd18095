/** What a template asks of the machines that run it, as a request and needs of Drover. */
import { noRequest, type Request } from '../../../shared/model/amounts';
import { noRequirements, type Requirements } from '../../../shared/model/requirements';
import type { AmountRequirement, AttributeRequirement, HostRequirements } from '../openjd/model';

export interface Wanted {
  readonly request: Request;
  readonly needs: Requirements;
}

/** At least what it says, beside what is wanted anyway. */
export function addRequirements({ amounts, attributes }: HostRequirements, wanted: Wanted): Wanted {
  const request = amounts.reduce(addAmount, wanted.request);
  return {
    request: { ...request, cpu: request.cpu || 1 },
    needs: attributes.reduce(addAttribute, wanted.needs),
  };
}

export const usual: Wanted = { request: noRequest, needs: noRequirements };

function addAmount(request: Request, { name, min }: AmountRequirement): Request {
  if (min === null) return request;
  switch (name.toLowerCase()) {
    case 'amount.worker.vcpu':
      return { ...request, cpu: Math.max(request.cpu, min) };
    case 'amount.worker.memory':
      return { ...request, memoryMiB: Math.max(request.memoryMiB, Math.ceil(min)) };
    case 'amount.worker.gpu':
      return { ...request, gpu: Math.max(request.gpu, min) };
    case 'amount.worker.gpu.memory':
      return { ...request, gpu: request.gpu || 1, gpuMemoryMiB: Math.ceil(min) };
    case 'amount.worker.disk.scratch':
      return { ...request, storageMiB: Math.max(request.storageMiB, Math.ceil(min * 1024)) };
    default:
      return { ...request, special: { ...request.special, [ownName(name)]: Math.ceil(min) } };
  }
}

/** `amount.licence` is `licence`, and `studio:amount.licence` is `studio.licence`. */
const ownName = (name: string): string =>
  name.replace(/^(?:([^:]+):)?(?:amount|attr)\./, (_, vendor?: string) =>
    vendor === undefined ? '' : `${vendor}.`,
  );

function addAttribute(needs: Requirements, { name, anyOf, allOf }: AttributeRequirement): Requirements {
  const label = (value: string): string => labelOf(name, value);
  const all = [...needs.allOf, ...(allOf ?? []).map(label)];
  if (anyOf === null) return { ...needs, allOf: all };
  const [only, ...others] = anyOf;
  if (only !== undefined && others.length === 0) return { ...needs, allOf: [...all, label(only)] };
  const choice = anyOf.map(label);
  return needs.anyOf.length === 0
    ? { ...needs, allOf: all, anyOf: choice }
    : { ...needs, allOf: all, alsoAnyOf: [...(needs.alsoAnyOf ?? []), choice] };
}

const architectures: Readonly<Record<string, string>> = { x86_64: 'x64', arm64: 'arm64' };

function labelOf(name: string, value: string): string {
  switch (name.toLowerCase()) {
    case 'attr.worker.os.family':
      return `os:${value.toLowerCase()}`;
    case 'attr.worker.cpu.arch':
      return `arch:${architectures[value.toLowerCase()] ?? value}`;
    default:
      return `${ownName(name)}:${value}`;
  }
}
