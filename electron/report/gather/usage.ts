/** What attempts used, added up. */
import type { AttemptUsage } from '../../../shared/model/attempt';

/** Of those attempts that were measured. */
export interface UsageSum {
  readonly attempts: number;
  /** Of all their cores together. */
  readonly cpuMs: number;
  /** Of the cores that they had asked for, the part that they kept busy; null: nothing was measured. */
  readonly efficiency: number | null;
  /** Of the attempt that held most. */
  readonly peakMemoryMiB: number | null;
}

export function createUsageSum(): {
  /** `cores`: so many were asked for. */
  add(usage: AttemptUsage | null, cores: number): void;
  result(): UsageSum;
} {
  let attempts = 0;
  let cpuMs = 0;
  let askedMs = 0;
  let peak: number | null = null;
  return {
    add(usage, cores) {
      if (usage === null) return;
      attempts++;
      cpuMs += usage.cpuMs;
      askedMs += usage.wallMs * cores;
      if (usage.peakMemoryMiB !== null) peak = Math.max(peak ?? 0, usage.peakMemoryMiB);
    },
    result: () => ({
      attempts,
      cpuMs,
      efficiency: askedMs === 0 ? null : cpuMs / askedMs,
      peakMemoryMiB: peak,
    }),
  };
}
