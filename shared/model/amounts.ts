/** What work needs and what nodes have, in the units that the whole of Drover uses. */
export interface Amounts {
  /** Cores; a hundredth is the least. */
  readonly cpu: number;
  readonly memoryMiB: number;
  /** Devices; a ten-thousandth is the least. */
  readonly gpu: number;
  /** On each device that is used. */
  readonly gpuMemoryMiB: number;
  readonly storageMiB: number;
  readonly networkMbps: number;
}

export const amountNames = [
  'cpu',
  'memoryMiB',
  'gpu',
  'gpuMemoryMiB',
  'storageMiB',
  'networkMbps',
] as const satisfies readonly (keyof Amounts)[];
export type AmountName = (typeof amountNames)[number];

export const noAmounts: Amounts = {
  cpu: 0,
  memoryMiB: 0,
  gpu: 0,
  gpuMemoryMiB: 0,
  storageMiB: 0,
  networkMbps: 0,
};

/** shared: any cores, by number. pinned: cores of its own, which the agent binds it to. exclusive: the whole node. */
export const coreUses = ['shared', 'pinned', 'exclusive'] as const;
export type CoreUse = (typeof coreUses)[number];

/** What a task of a step needs while it runs. */
export interface Request extends Amounts {
  readonly cores: CoreUse;
  /** Named amounts: licences and locks of the farm, or what nodes have beside the usual. */
  readonly special: Readonly<Record<string, number>>;
}

export const noRequest: Request = { ...noAmounts, cores: 'shared', special: {} };

/** What a node has. */
export interface Capacity extends Amounts {
  readonly special: Readonly<Record<string, number>>;
}

export const noCapacity: Capacity = { ...noAmounts, special: {} };

export function eachAmount(amount: (name: AmountName) => number): Amounts {
  return {
    cpu: amount('cpu'),
    memoryMiB: amount('memoryMiB'),
    gpu: amount('gpu'),
    gpuMemoryMiB: amount('gpuMemoryMiB'),
    storageMiB: amount('storageMiB'),
    networkMbps: amount('networkMbps'),
  };
}

const cores = (n: number): string => `${round(n)} ${n === 1 ? 'core' : 'cores'}`;
const bytes = (mebibytes: number): string =>
  mebibytes < 1024 ? `${round(mebibytes)} MiB` : `${Number((mebibytes / 1024).toFixed(1))} GiB`;
const round = (n: number): number => Number(n.toFixed(4));

const words: Readonly<Record<AmountName, (n: number) => string>> = {
  cpu: cores,
  memoryMiB: bytes,
  gpu: (n) => `${round(n)} GPU`,
  gpuMemoryMiB: (n) => `${bytes(n)} of GPU memory`,
  storageMiB: (n) => `${bytes(n)} of disk`,
  networkMbps: (n) => `${round(n)} Mbit/s`,
};

export function amountInWords(name: AmountName, amount: number): string {
  return words[name](amount);
}

/** `4 cores, 8 GiB and 0.5 GPU`: what is not zero. */
export function amountsInWords(amounts: Amounts, special: Readonly<Record<string, number>> = {}): string {
  const parts = amountNames.filter((name) => amounts[name] > 0).map((name) => words[name](amounts[name]));
  for (const [name, amount] of Object.entries(special)) parts.push(`${round(amount)} ${name}`);
  const last = parts.pop();
  if (last === undefined) return 'nothing';
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}
