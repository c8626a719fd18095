/** What a task needs while it runs: `resources` of a step, of its job and of the recipe. */
import { coreUses, noRequest } from '../../../shared/model/amounts';
import type { AmountName, Request } from '../../../shared/model/amounts';
import type { Path } from '../document/document';
import type { Parsed } from '../document/parsed';
import { innermost, problemAt, readValue } from './scope';
import type { Scope } from './scope';
import {
  parseCores,
  parseCount,
  parseDevices,
  parseMemory,
  parseNetwork,
  parsePart,
  parseStorage,
} from '../values/units';
import { quote } from '../document/words';

/** The code of what can be known only once a node has told what it has. */
export const noNodeKnown = 'no-node-known';

interface AmountField {
  readonly field: string;
  readonly name: AmountName;
  readonly code: string;
  readonly parse: (text: string) => Parsed<number>;
  /** After the point, of what a part of a node comes to. */
  readonly digits: number;
  readonly what: string;
}

const amountField = (
  field: string,
  name: AmountName,
  what: string,
  digits: number,
  parse: AmountField['parse'],
): AmountField => ({
  field,
  name,
  what,
  digits,
  parse,
  code: `bad-${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
});
const cpuField = amountField('cpu', 'cpu', 'cores', 2, parseCores);
const memoryField = amountField('memory', 'memoryMiB', 'memory', 0, parseMemory);
const gpuField = amountField('gpu', 'gpu', 'GPUs', 4, parseDevices);
const gpuMemoryField = amountField('gpuMemory', 'gpuMemoryMiB', 'GPU memory', 0, parseMemory);
const storageField = amountField('storage', 'storageMiB', 'disk', 0, parseStorage);
const networkField = amountField('network', 'networkMbps', 'network bandwidth', 0, parseNetwork);

/** Of its own: half a core cannot be bound to. */
const pinnedCpuField: AmountField = {
  ...cpuField,
  parse: parseCount('number of cores that a task has for itself (cores: pinned)', 1, 65_536),
  digits: 0,
};

const oneCore: Request = { ...noRequest, cpu: 1 };

/** `usual`: what is asked for where nothing is said. */
export function resolveRequest(scope: Scope, levels: readonly Path[], usual = oneCore): Request {
  const at = (field: string): Path | null => innermost(scope, levels, ['resources', field]);
  const withGpu = at('gpu') !== null || at('gpuMemory') !== null;
  const amount = (form: AmountField): number | null => {
    const path = at(form.field);
    return path === null
      ? null
      : readValue(scope, path, form.code, (text) => parseField(scope, text, form, withGpu));
  };
  const usePath = at('cores');
  const use = usePath === null ? '' : scope.document.textAt(usePath);
  const cores = coreUses.find((one) => one === use) ?? usual.cores;
  const gpu = amount(gpuField) ?? usual.gpu;
  const gpuMemoryMiB = amount(gpuMemoryField) ?? usual.gpuMemoryMiB;
  const gpuMemoryPath = at('gpuMemory');
  if (gpuMemoryMiB > 0 && gpuMemoryPath !== null && at('gpu') === null)
    problemAt(
      scope,
      'missing-field',
      gpuMemoryPath,
      'this is memory of a GPU, but no GPU is asked for; add gpu: 1',
    );
  return {
    cpu: amount(cores === 'pinned' ? pinnedCpuField : cpuField) ?? usual.cpu,
    memoryMiB: amount(memoryField) ?? usual.memoryMiB,
    gpu,
    gpuMemoryMiB: gpu === 0 ? 0 : gpuMemoryMiB,
    storageMiB: amount(storageField) ?? usual.storageMiB,
    networkMbps: amount(networkField) ?? usual.networkMbps,
    cores,
    special: special(scope, levels),
  };
}

function parseField(
  scope: Scope,
  text: string,
  { name, parse, digits, what }: AmountField,
  withGpu: boolean,
): Parsed<number> {
  const part = parsePart(text);
  if (part === null) return parse(text);
  if (!part.ok) return part;
  const node = scope.nodes.largest(withGpu);
  if (node === null)
    return {
      ok: false,
      code: noNodeKnown,
      message: `${quote(text)} is a part of the largest node${withGpu ? ' with a GPU' : ''}, and Drover knows none yet; write an amount, or start Drover so that it finds out what its nodes have`,
    };
  const whole = node.capacity[name];
  if (whole === 0)
    return {
      ok: false,
      message: `${quote(text)} is a part of the largest node, ${node.name}, but how much ${what} it has is not known; write an amount`,
    };
  const scale = 10 ** digits;
  return { ok: true, value: Math.max(1, Math.floor(part.value * whole * scale + 1e-6)) / scale };
}

const mostNames = 50;

/** Names from all levels; an inner 0 takes back what an outer level asks for. */
function special(scope: Scope, levels: readonly Path[]): Readonly<Record<string, number>> {
  const amounts = new Map<string, number>();
  for (const level of levels) {
    const path = [...level, 'resources', 'uses'];
    const names = scope.document.names(path);
    if (names.length > mostNames)
      problemAt(scope, 'too-many', path, `${names.length} names stand here; allowed are ${mostNames}`);
    for (const name of names.slice(0, mostNames)) {
      const amount = readValue(
        scope,
        [...path, name],
        'bad-amount',
        parseCount(`amount of ${name}`, 0, 1_000_000),
      );
      if (amount === null || amount === 0) amounts.delete(name);
      else amounts.set(name, amount);
    }
  }
  return Object.fromEntries(amounts);
}
