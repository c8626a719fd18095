/** The small languages of sbatch: times, amounts of memory, arrays, devices. */
import { parseFrames } from '../values/frames';

/** In seconds; null: it is no time, 0: without a limit. */
export function parseSlurmTime(text: string): number | null {
  if (/^(?:unlimited|infinite)$/i.test(text)) return 0;
  const [, days, rest = ''] = /^(?:(\d{1,4})-)?(\d{1,7}(?::\d{1,4}){0,2})$/.exec(text) ?? [];
  if (rest === '') return null;
  const [a = 0, b = 0, c = 0] = rest.split(':').map(Number);
  if (days !== undefined) return Number(days) * 86_400 + a * 3600 + b * 60 + c;
  const parts = rest.split(':').length;
  return parts === 3 ? a * 3600 + b * 60 + c : a * 60 + b;
}

const kibibytes: Readonly<Record<string, number>> = { K: 1, M: 1024, G: 1024 ** 2, T: 1024 ** 3 };

/** In KiB; null: it is no amount. A bare number is MiB. */
export function parseSlurmMemory(text: string): number | null {
  const [, digits = '', unit = 'M'] = /^(\d{1,9})([KMGT])?B?$/i.exec(text) ?? [];
  return digits === '' ? null : Number(digits) * (kibibytes[unit.toUpperCase()] ?? 0);
}

export function memoryText(amount: number): string {
  if (amount % 1024 ** 2 === 0) return `${amount / 1024 ** 2} GiB`;
  return amount % 1024 === 0 ? `${amount / 1024} MiB` : `${Math.ceil(amount / 1024)} MiB`;
}

export interface SlurmArray {
  /** As recipes say it. */
  readonly frames: string;
  readonly first: number;
  readonly last: number;
  readonly step: number;
  readonly count: number;
  /** So many at once; null: any number. */
  readonly most: number | null;
}

/** `0-15:4%2`, `1,3,5-7`. The text says what is wrong. */
export function parseSlurmArray(text: string): SlurmArray | string {
  const [, list = '', most] = /^([\d,:-]+)(?:%(\d{1,7}))?$/.exec(text.trim()) ?? [];
  const pieces = list.split(',');
  if (list === '' || !pieces.every((piece) => /^\d{1,9}(?:-\d{1,9}(?::\d{1,9})?)?$/.test(piece)))
    return 'is no array; allowed are forms such as 0-99, 0-15:4%2 and 1,3,5-7';
  const frames = pieces.map((piece) => piece.replace(':', 'x')).join(',');
  const parsed = parseFrames([frames]);
  if (!parsed.ok) return `cannot be an array here: ${parsed.mistakes[0]?.message ?? ''}`;
  const numbers = parsed.ranges.flatMap(({ first, step, count }) => [first, first + step * (count - 1)]);
  const [only] = parsed.ranges;
  return {
    frames,
    first: numbers.reduce((a, b) => Math.min(a, b), Infinity),
    last: numbers.reduce((a, b) => Math.max(a, b), 0),
    step: parsed.ranges.length === 1 ? (only?.step ?? 1) : 1,
    count: parsed.ranges.reduce((sum, range) => sum + range.count, 0),
    most: most === undefined || Number(most) === 0 ? null : Number(most),
  };
}

export interface Device {
  readonly name: string;
  readonly type: string | null;
  readonly count: number;
}

/** `gpu:a100:2,shard:1`; null: it is none. */
export function parseDevices(text: string): readonly Device[] | null {
  const found: Device[] = [];
  for (const piece of text.replace(/\(S:[\d,-]*\)/g, '').split(',')) {
    const parts = piece.split(':');
    const [name = ''] = parts;
    const amount = parts.length > 1 && /^\d{1,6}$/.test(parts.at(-1) ?? '') ? Number(parts.pop()) : 1;
    if (!/^[\w./-]+$/.test(name) || parts.length > 2) return null;
    found.push({ name: name.replace(/^gres\//, ''), type: parts[1] ?? null, count: amount });
  }
  return found;
}

/** `2`, `a100:2` or `a100:2,v100:1` of --gpus. */
export const parseGpus = (text: string): readonly Device[] | null =>
  parseDevices(
    text
      .split(',')
      .map((piece) => `gpu:${piece}`)
      .join(','),
  );

/** `2026-12-01T18:00[:00]` as recipes say it; null: it is relative, or no time. */
export function momentText(text: string): string | null {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2})?$/.exec(text) ?? [];
  return day === undefined || time === undefined ? null : `${day} ${time}`;
}
