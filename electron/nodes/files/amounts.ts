const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `1.2 of 4.0 GiB` */
export function partInWords(done: number, all: number): string {
  const { unit, size } = unitOf(all);
  return `${written(done / size, unit)} of ${written(all / size, unit)} ${unit}`;
}

/** `4.0 GiB` */
export function bytesInWords(bytes: number): string {
  const { unit, size } = unitOf(bytes);
  return `${written(bytes / size, unit)} ${unit}`;
}

function unitOf(bytes: number): { readonly unit: (typeof units)[number]; readonly size: number } {
  const power = bytes < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return { unit: units[power] ?? 'bytes', size: 1024 ** power };
}

const written = (amount: number, unit: string): string =>
  unit === 'bytes' ? `${amount}` : amount.toFixed(1);
