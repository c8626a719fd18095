import type { AmountName, Amounts } from '../../../shared/model/amounts';

/**
 * Amounts as whole numbers, so that adding and subtracting leaves no remainder: a row of a matrix.
 * GPU memory is not among them: it belongs to a device, not to a node.
 */
export const dimensions = [
  { name: 'cpu', scale: 100 },
  { name: 'memoryMiB', scale: 1 },
  { name: 'gpu', scale: 10_000 },
  { name: 'storageMiB', scale: 1 },
  { name: 'networkMbps', scale: 1 },
] as const satisfies readonly { readonly name: AmountName; readonly scale: number }[];

export const width = dimensions.length;
export type Vector = Int32Array;

const most = 2 ** 31 - 1;

/** Rounds up what is asked for. */
export const needVector = rememberedFor((amounts) =>
  Int32Array.from(dimensions, ({ name, scale }) => Math.min(most, Math.ceil(amounts[name] * scale - 1e-6))),
);

/** Rounds down what there is. */
export const limitVector = rememberedFor((amounts) =>
  Int32Array.from(dimensions, ({ name, scale }) =>
    Math.max(0, Math.min(most, Math.floor(amounts[name] * scale + 1e-6))),
  ),
);

/** Amounts never change, and a pass asks about the same quotas and reservations many times. */
function rememberedFor(make: (amounts: Amounts) => Vector): (amounts: Amounts) => Vector {
  const known = new WeakMap<Amounts, Vector>();
  return (amounts) => {
    const found = known.get(amounts) ?? make(amounts);
    known.set(amounts, found);
    return found;
  };
}

export function vectorAmounts(vector: Vector, offset = 0): Amounts {
  const amount = (name: AmountName): number => {
    const at = dimensions.findIndex((dimension) => dimension.name === name);
    return at < 0 ? 0 : (vector[offset + at] ?? 0) / (dimensions[at]?.scale ?? 1);
  };
  return {
    cpu: amount('cpu'),
    memoryMiB: amount('memoryMiB'),
    gpu: amount('gpu'),
    gpuMemoryMiB: 0,
    storageMiB: amount('storageMiB'),
    networkMbps: amount('networkMbps'),
  };
}

export const newVector = (): Vector => new Int32Array(width);
