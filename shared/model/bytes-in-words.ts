const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;
const numbers = new Intl.NumberFormat('en-US');

/** `1.2 MB`. */
export function bytesInWords(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  const rounded = value < 10 && power > 0 ? Math.round(value * 10) / 10 : Math.round(value);
  return `${numbers.format(rounded)} ${units[power] ?? ''}`;
}
