/** What an attempt used, as people say it. */
import { amountInWords } from './amounts';
import type { AttemptUsage } from './attempt';
import { exactDurationInWords } from './durations-in-words';

/** `ran 3 min 12 s on 7.6 cores on average, at most 2.1 GiB of memory` */
export function usageInWords(usage: AttemptUsage): string {
  const cores = averageCoresInWords(usage);
  const { peakMemoryMiB: peak, wallMs } = usage;
  return [
    `ran ${exactDurationInWords(wallMs)}${cores === null ? '' : ` on ${cores}`}`,
    ...(peak === null ? [] : [`${peakMemoryInWords(peak)} of memory`]),
  ].join(', ');
}

/** `7.6 cores on average`; null for what was over at once. */
export function averageCoresInWords({ cpuMs, wallMs }: AttemptUsage): string | null {
  if (wallMs <= 0) return null;
  const cores = cpuMs / wallMs;
  if (cores < 0.005) return 'less than 0.01 cores on average';
  return `${amountInWords('cpu', Number(cores.toFixed(cores < 0.1 ? 2 : 1)))} on average`;
}

/** `at most 2.1 GiB` */
export function peakMemoryInWords(mebibytes: number): string {
  return `at most ${amountInWords('memoryMiB', Math.ceil(mebibytes))}`;
}

/** `24 min 19 s of processor time` */
export function processorTimeInWords({ cpuMs }: AttemptUsage): string {
  return `${exactDurationInWords(cpuMs)} of processor time`;
}
